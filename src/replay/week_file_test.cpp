#include "replay/week_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/limits.h"
#include "base/text.h"

namespace yi::replay {
namespace {
std::string example() {
  std::ifstream in("testdata/weeks/week-2024-06-17.yaml");
  std::stringstream s;
  s << in.rdbuf();
  return s.str();
}
// The example with one piece of its text replaced; the piece must be there.
std::string with(const std::string& from, const std::string& to) {
  const auto all = example();
  EXPECT_NE(all.find(from), std::string::npos) << from;
  return replace_all(all, from, to);
}
// The line, from 1, on which a text first stands.
std::string line_of(const std::string& all, const std::string& text) {
  const auto at = all.find(text);
  EXPECT_NE(at, std::string::npos) << text;
  return "w.yaml:" + std::to_string(std::count(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
}
void refused(const std::string& text, const char* code, const std::string& where) {
  const auto r = parse_week(text, "w.yaml");
  ASSERT_FALSE(r.ok()) << code;
  EXPECT_EQ(r.error().code, code) << r.error().sentence;
  EXPECT_EQ(r.error().where, where) << r.error().sentence;
  EXPECT_FALSE(r.error().next_step.empty());
}

TEST(WeekFile, TheExampleIsRead) {
  const auto r = load_week("testdata/weeks/week-2024-06-17.yaml", "week-2024-06-17.yaml");
  ASSERT_TRUE(r.ok()) << r.error().where << r.error().sentence;
  EXPECT_EQ(to_iso(r->week.from), "2024-06-17");
  EXPECT_EQ(r->news.size(), 9u);
  EXPECT_FALSE(r->news[0].department);
  EXPECT_EQ(r->news[8].department, "省林草局");
  EXPECT_EQ(r->duties.size(), 4u);
  EXPECT_EQ(r->leaves.size(), 19u);
  EXPECT_EQ(r->leaves[0].days, 5);
  EXPECT_EQ(r->guides.size(), 4u);
  EXPECT_EQ(r->categories.size(), 10u);
  EXPECT_EQ(r->categories[5].name, "科创服务");
  EXPECT_EQ(r->value_added->entries.size(), 2u);
  EXPECT_EQ(of(r->windows->week, bulletin::Figure::transferred), 5461);
  EXPECT_EQ(of(*r->windows->opening, bulletin::Figure::consulted), 35366);
  EXPECT_EQ(r->layout_hints.size(), 2u);
  EXPECT_EQ(r->distribute_to[2].size(), 2u);
}

TEST(WeekFile, OurOwnWeeksAreRead) {
  for (const char* name : {"week-2024-09-29.yaml", "week-2025-03-10.yaml"}) {
    const auto r = load_week("testdata/weeks/" + std::string(name), name);
    EXPECT_TRUE(r.ok()) << r.error().where << " " << r.error().sentence;
  }
}

TEST(WeekFile, SectionsMayBeAbsent) {
  const auto r = parse_week("week: {from: 2024-06-17, to: 2024-06-21}\nissued_on: 2024-07-04\nissuer: 中心\n", "w.yaml");
  ASSERT_TRUE(r.ok()) << r.error().sentence;
  EXPECT_FALSE(r->windows || r->one_thing || r->value_added);
  EXPECT_TRUE(r->leaves.empty() && r->news.empty());
}

TEST(WeekFile, FiguresThatContradictEachOtherAreRefusedWithTheirLine) {
  const auto plain = example();
  refused(with("consulted: 37596", "consulted: 37597"), "replay.figures_contradict", line_of(plain, "  year_to_date:"));
  refused(with("accepted: 14614", "accepted: 699"), "replay.figures_contradict", line_of(plain, "  year_to_date:"));
  refused(with("list_total: 136", "list_total: 137"), "replay.figures_contradict", line_of(plain, "list_total: 136"));
  refused(with("安全生产服务: 18", "安全生产服务: 19"), "replay.figures_contradict", line_of(plain, "list_total: 136"));
  refused(with("plates_count: 7", "plates_count: 8"), "replay.figures_contradict", line_of(plain, "plates_count: 7"));
  refused(with("chains_count: 4", "chains_count: 3"), "replay.figures_contradict", line_of(plain, "chains_count: 4"));
  refused(with("guides_count: 4", "guides_count: 3"), "replay.figures_contradict", line_of(plain, "guides_count: 4"));
  refused(with("before_2024-06-17: {", "before_2024-06-18: {"), "replay.figures_contradict",
          line_of(plain, "  opening_balance_before_"));
  refused(with("before_2024-06-17: {", "before_2024-06-31: {"), "base.bad_date", line_of(plain, "  opening_balance_before_"));
}

TEST(WeekFile, AcrossNewYearTheBalanceIsZeroAndTheYearIsBelowTheWeek) {
  const auto week = [](const char* from, const char* to, int year, int opening) {
    return "week: {from: " + std::string(from) + ", to: " + to + "}\nissued_on: 2025-01-10\nissuer: 中心\nwindows:\n" +
           "  week: {consulted: 50, accepted: 10, issued: 10, transferred: 20}\n" +
           "  year_to_date: {consulted: " + std::to_string(year) + ", accepted: 4, issued: 4, transferred: 8}\n" +
           "  opening_balance_before_" + from + ": {consulted: " + std::to_string(opening) + ", accepted: 0, issued: 0, transferred: 0}\n";
  };
  EXPECT_TRUE(parse_week(week("2024-12-30", "2025-01-03", 20, 0), "w.yaml").ok());
  refused(week("2024-12-30", "2025-01-03", 51, 0), "replay.figures_contradict", "w.yaml:6");
  refused(week("2024-12-30", "2025-01-03", 20, 5), "replay.figures_contradict", "w.yaml:7");
  refused(week("2025-01-01", "2025-01-03", 50, 5), "replay.figures_contradict", "w.yaml:7");
}

TEST(WeekFile, DatesAndNumbersThatCannotBeAreRefusedWithTheirLine) {
  const auto plain = example();
  const auto week = line_of(plain, "week: {from");
  refused(with("to: 2024-06-21", "to: 2024-06-16"), "replay.bad_week", week);
  refused(with("to: 2024-06-21", "to: 2024-07-18"), "replay.bad_week", week);
  refused(with("to: 2024-06-21", "to: 2024-06-31"), "base.bad_date", week);
  const auto negative = parse_week(with("week: {consulted: 2230", "week: {consulted: -2230"), "w.yaml");
  ASSERT_FALSE(negative.ok());
  EXPECT_EQ(negative.error().where, line_of(plain, "  week: {consulted"));
  refused(with("name: 钱一明}", "name: 钱一明, on: 2024-06-22}"), "replay.bad_week", line_of(plain, "name: 钱一明"));
}

TEST(WeekFile, LeavesThatWouldNotBeListedAreRefused) {
  const auto where = line_of(example(), "  annual:");
  const auto span = [](const char* more) { return with("name: 张三}", "name: 张三, " + std::string(more) + "}"); };
  EXPECT_TRUE(parse_week(span("from: 2024-05-01, to: 2024-08-31"), "w.yaml").ok());
  EXPECT_TRUE(parse_week(span("from: 2024-06-20, to: 2024-06-25, count_mode: working, days: 4"), "w.yaml").ok());
  refused(span("from: 2024-06-20, to: 2024-06-21"), "replay.bad_leave", where);
  refused(span("from: 2024-06-20"), "replay.bad_leave", where);
  refused(span("from: 2024-06-22, to: 2024-06-28"), "replay.bad_leave", where);
  refused(span("from: 2024-06-20, to: 2024-06-18"), "replay.bad_leave", where);
  refused(span("from: 2024-06-20, to: 2024-06-25, days: 4"), "replay.bad_leave", where);
}

TEST(WeekFile, WorkingDaysThatAreNotGivenAreLeftToTheCalendar) {
  const auto days = [](const char* more) {
    const auto r = parse_week(with("name: 张三}", "name: 张三, " + std::string(more) + "}"), "w.yaml");
    EXPECT_TRUE(r.ok()) << more << " " << r.error().sentence;
    return r.ok() ? r->leaves[0].days : -1;
  };
  EXPECT_EQ(days("from: 2024-06-10, to: 2024-06-28, count_mode: working"), 0);
  EXPECT_EQ(days("from: 2024-06-10, to: 2024-06-28, count_mode: working, days: 14"), 14);
  EXPECT_EQ(days("count_mode: working"), 0);
  EXPECT_EQ(days("from: 2024-06-10, to: 2024-06-28, count_mode: calendar"), 19);
  EXPECT_EQ(days("from: 2024-06-10, to: 2024-06-28"), 19);
  const auto where = line_of(example(), "  annual:");
  refused(with("name: 张三}", "name: 张三, from: 2024-06-20, to: 2024-06-21, count_mode: working}"), "replay.bad_leave", where);
  refused(with("name: 张三}", "name: 张三, from: 2024-06-10, to: 2024-06-28, count_mode: working, days: 0}"), "replay.bad_leave",
          where);
}

TEST(WeekFile, AWeeksCountHasALimit) {
  const auto most = std::to_string(limits::kWeekCount.value), more = std::to_string(limits::kWeekCount.value + 1);
  const auto week = [](const std::string& issued) {
    return "week: {from: 2024-06-17, to: 2024-06-21}\nissued_on: 2024-07-04\nissuer: 中心\nwindows:\n  week:\n" +
           ("    {consulted: 1, accepted: 1, issued: " + issued + ", transferred: 1}\n") +
           "  year_to_date: {consulted: 1, accepted: 1, issued: 5000000, transferred: 1}\n";  // a year may have more
  };
  const auto r = parse_week(week(most), "w.yaml");
  EXPECT_TRUE(r.ok()) << r.error().sentence;
  const auto refusal = parse_week(week(more), "w.yaml").error();
  EXPECT_EQ(refusal.code, "replay.count_too_large");
  EXPECT_EQ(refusal.sentence, limits::kWeekCount.message);
  EXPECT_EQ(refusal.where, "w.yaml:6");
}

TEST(WeekFile, SlotsAndListsAreChecked) {
  const auto plain = example();
  const auto text = line_of(plain, "  text: \"落实");
  refused(with("{plans_issued}", "{plans}"), "bulletin.unknown_slot", text);
  refused(with("{plans_issued}", "{plans_issued"), "bulletin.bad_slot", text);
  refused(with("  pushed: [退休, 社保卡, 破产]\n", ""), "base.bad_yaml", text);
  refused(with("guides: [开办餐饮店,", "guides: [教育入学,"), "replay.repeated_name", line_of(plain, "  guides:"));
}

TEST(WeekFile, FactsHaveTheirDayWithinReach) {
  const auto facts = [](const char* item) { return example() + "\nfacts:\n  - " + item + "\n"; };
  const auto r = parse_week(facts("{kind: plan_issued, name: 退休, on: 2024-03-01}"), "w.yaml");
  ASSERT_TRUE(r.ok()) << r.error().sentence;
  EXPECT_EQ(to_iso(r->facts[0].on), "2024-03-01");
  const auto late = facts("{kind: plan_issued, name: 退休, on: 2024-06-22}");
  refused(late, "replay.bad_fact", line_of(late, "{kind: plan_issued"));
  const auto unknown = parse_week(facts("{kind: plan_made, name: 退休, on: 2024-06-01}"), "w.yaml");
  ASSERT_FALSE(unknown.ok());
}

TEST(WeekFile, ExpectationsAreAssertedAgainstTheFacts) {
  const auto r = parse_week(example(), "w.yaml");
  ASSERT_TRUE(r.ok());
  EXPECT_TRUE(check_expected(*r, {13, 4, 136, 7, 4}).ok());
  const auto wrong = check_expected(*r, {12, 4, 136, 7, 4});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, "replay.expectation_failed");
  EXPECT_EQ(wrong.error().where, line_of(example(), "plans_issued: 13"));
  EXPECT_FALSE(check_expected(*r, {13, 5, 136, 7, 4}).ok());
  EXPECT_FALSE(check_expected(*r, {13, 4, 135, 7, 4}).ok());
  EXPECT_FALSE(check_expected(*r, {13, 4, 136, 6, 4}).ok());
  EXPECT_FALSE(check_expected(*r, {13, 4, 136, 7, 5}).ok());
}

// Whatever a hand does to the file, the answer is a week or a line.
TEST(WeekFile, ALineLostOrCutIsReadOrRefusedWithItsLine) {
  const auto lines = split(example(), '\n');
  int refused_count = 0;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const bool cut : {false, true}) {
      std::string text;
      for (std::size_t k = 0; k < lines.size(); ++k) {
        if (k != i) text += lines[k] + "\n";
        else if (cut) text += to_utf8(to_utf32(lines[k]).substr(0, count_code_points(lines[k]) / 2)) + "\n";
      }
      const auto r = parse_week(text, "w.yaml");
      if (r.ok()) continue;
      ++refused_count;
      EXPECT_TRUE(r.error().where.starts_with("w.yaml:")) << "line " << i + 1 << " " << r.error().code << " " << r.error().where;
      EXPECT_FALSE(r.error().sentence.empty() || r.error().next_step.empty());
    }
  EXPECT_GT(refused_count, 20);
}
}  // namespace
}  // namespace yi::replay
