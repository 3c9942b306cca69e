// Week files that contradict themselves, the law or the ledger: refused with file and line, and no directory is left.
#include <gtest/gtest.h>

#include <filesystem>

#include "program.h"
#include "store/database.h"
#include "store/record.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::story {
namespace {

namespace fs = std::filesystem;
constexpr const char* kWeek = YI_SOURCE_DIR "/testdata/weeks/week-2024-06-17.yaml";
constexpr const char* kNext = YI_SOURCE_DIR "/testdata/weeks/week-2024-06-24.yaml";

// The text of a file with `from` replaced by `to`, and the line on which `line_of` then stands.
struct Changed {
  std::string text;
  int line = 0;
};
Changed changed(const char* file, const std::string& from, const std::string& to, const std::string& line_of) {
  Changed c{read_file(file), 0};
  const auto at = c.text.find(from);
  EXPECT_NE(at, c.text.npos) << from;
  if (at == c.text.npos) return c;
  c.text.replace(at, from.size(), to);
  const auto where = c.text.find(line_of);
  EXPECT_NE(where, c.text.npos) << line_of;
  c.line = static_cast<int>(std::count(c.text.begin(), c.text.begin() + static_cast<std::ptrdiff_t>(where), '\n')) + 1;
  return c;
}

void expect_refused(const Ended& e, const std::string& code, const std::string& place, const std::string& directory, const std::string& name) {
  EXPECT_EQ(e.code, 1) << "signal " << e.signal;
  EXPECT_NE(e.err.find("\n[" + code), e.err.npos) << e.err;
  EXPECT_NE(e.err.find(place), e.err.npos) << e.err << "\nshould name " << place;
  EXPECT_FALSE(fs::exists(directory + "/" + name)) << "a refused replay leaves no directory";
}

TEST(BadWeek, OneLineThatIsWrongInTheFirstFile) {
  const struct {
    const char* what;
    std::string from, to, line_of;  // line_of "": the replaced text itself
    const char* code;
  } rows[] = {
      {"week and opening are not the year", "year_to_date: {consulted: 37596", "year_to_date: {consulted: 37597", "", "replay.figures_contradict"},
      {"the year is below the week", "year_to_date: {consulted: 37596", "year_to_date: {consulted: 2000", "", "replay.figures_contradict"},
      {"an opening balance of another day", "opening_balance_before_2024-06-17", "opening_balance_before_2024-06-10", "", "replay.figures_contradict"},
      {"an opening balance of no day", "opening_balance_before_2024-06-17", "opening_balance_before_2024-06-31", "", "base.bad_date"},
      {"fewer plans than it says", "expect: {plans_issued: 13", "expect: {plans_issued: 14", "", "replay.expectation_failed"},
      {"fewer guides than it says", "guides_count: 4}", "guides_count: 5}", "", "replay.expectation_failed"},
      {"more guides listed than it says", "guides_count: 4}", "guides_count: 3}", "", "replay.figures_contradict"},
      {"categories that do not sum", "项目服务: 36", "项目服务: 37", "list_total: 136, plates", "replay.figures_contradict"},
      {"another total", "list_total: 136", "list_total: 135", "", "replay.figures_contradict"},
      {"plates that are not all there", "plates_count: 7", "plates_count: 8", "", "replay.figures_contradict"},
      {"chains that are not there", "chains_count: 4", "chains_count: 6", "", "replay.expectation_failed"},
      {"unknown department on duty", "{department: 商务厅,", "{department: 星际厅,", "", "replay.unknown_department"},
      {"unknown department in the news", "by: 交通运输厅", "by: 星际交通厅", "", "replay.unknown_department"},
      {"unknown department of a leave", "sick: [{department: 水利厅", "sick: [{department: 星际厅", "", "replay.unknown_department"},
      {"unknown guide", "guides: [开办餐饮店", "guides: [开办太空站", "", "replay.unknown_bundle"},
      {"from after to", "from: 2024-06-17, to: 2024-06-21", "from: 2024-06-21, to: 2024-06-17", "", "replay.bad_week"},
      {"30 February", "from: 2024-06-17, to: 2024-06-21", "from: 2024-02-30, to: 2024-06-21", "", "base.bad_date"},
      {"negative", "week: {consulted: 2230, accepted: 700", "week: {consulted: 2230, accepted: -700", "", "base."},
      {"not a number", "week: {consulted: 2230, accepted: 700", "week: {consulted: 2230, accepted: 七百", "", "base."},
      {"a figure is missing", "week: {consulted: 2230, accepted: 700,", "week: {consulted: 2230,", "", "base."},
      {"an unknown key", "copies: 100", "copys: 100", "", "base."},
      {"a key twice", "copies: 100", "copies: 100\ncopies: 101", "copies: 101", "base."},
      {"a slot that does not exist", "{plates}{plates_count}", "{plates}{plate_count}", "", "bulletin."},
      {"a leave of one day", "{department: 水利厅, name: 王五五}", "{department: 水利厅, name: 王五五, from: 2024-06-18, to: 2024-06-18}", "", "replay.bad_leave"},
      {"a leave that ends before it begins", "{department: 水利厅, name: 王五五}", "{department: 水利厅, name: 王五五, from: 2024-06-20, to: 2024-06-17}", "", "replay.bad_leave"},
      {"a guide twice", "guides: [开办餐饮店, 开办运输企业", "guides: [开办餐饮店, 开办餐饮店", "", "replay.repeated_name"},
      {"a quotation mark without its partner", "issuer: 四川省", "issuer: \"四川省", "", "base."},
  };
  store::TemporaryDirectory directory;
  for (const auto& r : rows) {
    SCOPED_TRACE(r.what);
    const auto c = changed(kWeek, r.from, r.to, r.line_of.empty() ? r.to : r.line_of);
    const auto file = directory.path() + "/week.yaml";
    write_file(file, c.text);
    const auto e = run({"replay", "--data", directory.path() + "/data", "--week-file", file});
    // An open quotation mark is noticed where the text ends or the next one stands, not where it was opened.
    const bool line_known = std::string(r.what).find("quotation") == std::string::npos;
    expect_refused(e, r.code, line_known ? "week.yaml:" + std::to_string(c.line) : "week.yaml:", directory.path(), "data");
  }
}

TEST(BadWeek, ASecondFileThatDoesNotContinueTheFirst) {
  const struct {
    const char* what;
    std::string from, to;
    const char* code;
  } rows[] = {
      {"a balance that is not the ledger's", "consulted: 39576", "consulted: 39577", "replay.balance_differs"},
      {"more issues than can lawfully be", "issued: 3700, transferred: 5200}\n  year_to_date: {consulted: 39576, accepted: 15254, issued: 99094",
       "issued: 9000, transferred: 5200}\n  year_to_date: {consulted: 39576, accepted: 15254, issued: 104394", "replay.not_lawful"},
      {"guides that are not there", "guides_count: 5", "guides_count: 6", "replay.expectation_failed"},
      {"unknown department", "department: 民政厅, post", "department: 星际厅, post", "replay.unknown_department"},
      {"it overlaps the first", "from: 2024-06-24, to: 2024-06-28", "from: 2024-06-21, to: 2024-06-28", "replay.out_of_order"},
  };
  store::TemporaryDirectory directory;
  for (const auto& r : rows) {
    SCOPED_TRACE(r.what);
    const auto c = changed(kNext, r.from, r.to, r.to);
    const auto file = directory.path() + "/next.yaml";
    write_file(file, c.text);
    const auto e = run({"replay", "--data", directory.path() + "/data", "--week-file", kWeek, "--week-file", file});
    const bool line_known = std::string(r.what) != "more issues than can lawfully be";  // the section's line
    expect_refused(e, r.code, line_known ? "next.yaml:" + std::to_string(c.line) : "next.yaml:", directory.path(), "data");
  }
  // The same file is lawful after the first, and as a first file of its own it is another story.
  EXPECT_EQ(run({"replay", "--data", directory.path() + "/data", "--week-file", kWeek, "--week-file", kNext}).code, 0);
}

TEST(BadWeek, ADirectoryWithALedgerIsKept) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data";
  const std::string quiet = YI_SOURCE_DIR "/testdata/weeks/quiet-2024-06-17.yaml";
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", kWeek}).code, 0);
  const auto before = run({"bulletin", "--data", data, "--week", "2024-06-17"}).out;
  const auto again = run({"replay", "--data", data, "--week-file", quiet});
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.err.find("\n[app.not_empty"), again.err.npos) << again.err;
  EXPECT_EQ(run({"bulletin", "--data", data, "--week", "2024-06-17"}).out, before);

  // --fresh with a file that is refused: the old one stays.
  const auto bad = directory.path() + "/week.yaml";
  write_file(bad, changed(kWeek, "plans_issued: 13", "plans_issued: 14", "plans_issued: 14").text);
  EXPECT_EQ(run({"replay", "--data", data, "--fresh", "--week-file", bad}).code, 1);
  EXPECT_EQ(run({"bulletin", "--data", data, "--week", "2024-06-17"}).out, before);
  EXPECT_FALSE(fs::exists(data + "/.yichuang-building"));

  EXPECT_EQ(run({"replay", "--data", data, "--fresh", "--week-file", quiet}).code, 0);
  EXPECT_NE(run({"bulletin", "--data", data, "--week", "2024-06-17"}).out, before);
}

// The body with every "…sealed":"…" emptied.
std::string without_sealed(std::string body) {
  for (std::size_t at = 0; (at = body.find("sealed\":\"", at)) != body.npos;) {
    at += 9;
    body.erase(at, body.find('"', at) - at);
  }
  return body;
}

TEST(BadWeek, TheSameFilesGiveTheSameLedger) {
  store::TemporaryDirectory directory;
  std::string heads[2];
  for (int i = 0; i < 2; ++i) {
    const auto data = directory.path() + "/" + std::to_string(i);
    ASSERT_EQ(run({"replay", "--data", data, "--week-file", kWeek, "--seed", "42"}).code, 0);
    auto opened = store::open_sqlite(data, store::Mode::read);
    ASSERT_TRUE(opened.ok());
    auto reader = opened.value()->open_reader();
    for (const auto centre : store::centres(*reader))
      reader->events(centre, 1, 1'000'000, [&](const store::LedgerRow& row) {
        // What is sealed lies under keys that each centre makes for itself, and so does the command's digest beside it
        // (docs/decisions/0010); everything else is the same.
        store::Record r;
        EXPECT_TRUE(store::decode(row.record, r));
        heads[i] += std::string(r.name) + " " + std::string(r.stream) + " " + std::string(r.actor) + " " + std::to_string(r.effective_at.ms) + " " +
                    std::to_string(r.recorded_at.ms) + " " + (r.sealed_under ? "" : std::string(store::bytes(r.digest))) +
                    without_sealed(std::string(r.body)) + "\n";
        return true;
      });
  }
  EXPECT_GT(heads[0].size(), 100'000u);
  EXPECT_TRUE(heads[0] == heads[1]) << "the records differ";
}

// A week from Monday, 30 December 2024 to Friday, 3 January 2025.
std::string new_year_week(const std::string& year_to_date, const std::string& opening = "") {
  return "week: {from: 2024-12-30, to: 2025-01-03}\nissued_on: 2025-01-06\nissuer: 示例政务服务中心\nwindows:\n"
         "  week: {consulted: 60, accepted: 40, issued: 50, transferred: 70}\n" + year_to_date + opening;
}

TEST(NewYear, OnlyTheDaysFrom1JanuaryCountToTheYear) {
  store::TemporaryDirectory directory;
  const auto file = directory.path() + "/week.yaml", data = directory.path() + "/data";
  write_file(file, new_year_week(""));
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", file}).code, 0);

  // Counted here from the ledger's records: figure by figure, what was recorded on 1 January 2025 and after.
  std::int64_t n[4] = {};
  {
    auto opened = store::open_sqlite(data, store::Mode::read);
    ASSERT_TRUE(opened.ok());
    auto reader = opened.value()->open_reader();
    for (const auto centre : store::centres(*reader))
      reader->events(centre, 1, 1'000'000, [&](const store::LedgerRow& row) {
        store::Record r;
        EXPECT_TRUE(store::decode(row.record, r));
        if (civil_day(r.recorded_at) < CivilDay::of(2025, 1, 1)) return true;
        n[0] += r.name == "casework.consulted/1";
        n[1] += r.name == "casework.accepted/1";
        n[2] += r.name == "casework.issued/1";
        n[3] += r.name == "casework.transferred/1" || r.name == "casework.result_received_for_issue/1";
        return true;
      });
  }
  for (const auto k : n) EXPECT_GT(k, 0);
  EXPECT_LT(n[0], 60);
  const auto text = run({"bulletin", "--data", data, "--week", "2024-12-30"}).out;
  const auto year = "今年以来，累计咨询" + std::to_string(n[0]) + "人次、受理" + std::to_string(n[1]) + "件、颁发" + std::to_string(n[2]) + "件、流转" +
                    std::to_string(n[3]) + "次";
  EXPECT_NE(text.find(year), text.npos) << year << "\n" << text;
  EXPECT_NE(text.find("咨询60人次、受理40件、颁发50件、流转70件次"), text.npos) << text;

  const auto year_line = [&](std::int64_t more) {
    return "  year_to_date: {consulted: " + std::to_string(n[0] + more) + ", accepted: " + std::to_string(n[1]) + ", issued: " + std::to_string(n[2]) +
           ", transferred: " + std::to_string(n[3]) + "}\n";
  };
  const auto second = [&](const std::string& content) {
    write_file(file, content);
    return run({"replay", "--data", directory.path() + "/second", "--week-file", file});
  };
  // The file says how much of the week fell on which side of midnight: the replay gives exactly that.
  write_file(file, new_year_week(year_line(1)));
  const auto third = directory.path() + "/third";
  ASSERT_EQ(run({"replay", "--data", third, "--week-file", file}).code, 0);
  EXPECT_NE(run({"bulletin", "--data", third, "--week", "2024-12-30"}).out.find("今年以来，累计咨询" + std::to_string(n[0] + 1) + "人次"), std::string::npos);
  expect_refused(second(new_year_week(year_line(0), "  opening_balance_before_2024-12-30: {consulted: 1, accepted: 0, issued: 0, transferred: 0}\n")),
                 "replay.figures_contradict", "week.yaml:7", directory.path(), "second");
  expect_refused(second(new_year_week("  year_to_date: {consulted: 61, accepted: 1, issued: 1, transferred: 1}\n")), "replay.figures_contradict",
                 "week.yaml:6", directory.path(), "second");
  const auto good = second(new_year_week(year_line(0), "  opening_balance_before_2024-12-30: {consulted: 0, accepted: 0, issued: 0, transferred: 0}\n"));
  EXPECT_EQ(good.code, 0) << good.err;
}

}  // namespace
}  // namespace yi::story
