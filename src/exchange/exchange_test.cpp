// Real cases, told through the real commands, that leave and arrive; and what is refused.
#include <atomic>
#include <fstream>

#include "base/text.h"
#include "casework/rules.h"
#include "exchange/test_centre.h"

namespace yi::exchange {
namespace {
using namespace casework;

const CivilDay kMonday = CivilDay::of(2024, 6, 17);
constexpr const char* kApplicant = "511302199003070014";
constexpr const char* kAgent = "51130219851212002X";

std::string about(int serial) { return R"({"case_id":")" + std::to_string(case_id(kMonday, serial).value) + R"(",)"; }

class Exchange : public testing::Test {
 protected:
  void told(const std::string& command, const std::string& body, CivilDay day, int hour, int minute = 0) {
    EXPECT_EQ(from.run("casework." + command, body, at(day, hour, minute)), "") << command;
  }
  void receive(const char* person, int minute) {
    told("receive", std::string(R"({"matter":"JA-AA-0001","window":"W01",)") + person + R"(,"materials":["申请表","证明"]})", kMonday, 9, minute);
  }
  // Case 1 carried over, 2 a result for issue, 3 with everything, 4 withdrawn, 5 not accepted, 6 corrected, 7 an error.
  void live() {
    told("carry_over", R"({"matter":"JA-AA-0001","window":"W01","foreign_number":"川甲2024-1","accepted_on":"2024-06-11"})", kMonday, 9, 1);
    told("receive_result", R"({"matter":"JA-AA-0001","window":"W03","foreign_number":"川甲2024-2","decided_on":"2024-06-14","handed_over":["许可证"],"signed_by":"丙某"})", kMonday, 9, 2);
    receive(R"("applicant_kind":"natural","applicant":"甲某","applicant_id":"511302199003070014","phone":"13900000001","address":"试验路1号","agent":{"name":"乙某","id_number":"51130219851212002X","phone":"13900000002"})", 3);
    receive(R"("applicant_kind":"natural","applicant":"丁某","applicant_id":"51130219770707003X")", 4);
    receive(R"("applicant_kind":"legal","applicant":"试验公司","legal_representative":"戊某")", 5);
    receive(R"("applicant_kind":"legal","applicant":"二号公司")", 6);
    receive(R"("applicant_kind":"legal","applicant":"三号公司")", 7);
    told("accept", about(3) + R"("window":"W01"})", kMonday, 10);
    told("reverse", about(3) + R"("reason":"点错了"})", kMonday, 10, 5);
    told("accept", about(3) + R"("window":"W01"})", kMonday, 10, 10);
    told("withdraw", about(4) + R"("window":"W01","reason":"不再需要"})", kMonday, 10, 20);
    told("refuse_acceptance", about(5) + R"("window":"W01","reason":"依法不需要许可","because":"no_permit_needed"})", kMonday, 10, 30);
    told("request_correction", about(6) + R"("window":"W01","defects":[{"material":"证明","wrong":"缺章","right":"加盖公章"}]})", kMonday, 10, 40);
    told("reverse", about(7) + R"("reason":"收错件"})", kMonday, 10, 50);
    told("issue", about(2) + R"("window":"W03","received_by":"己某","delivery":"post","tracking_number":"EMS1"})", kMonday, 11);
    told("transfer", about(3) + R"("window":"W01","to":"department","signed_by":"承办"})", kMonday + 1, 9);
    told("suspend", about(3) + R"("kind":"hearing","reason":"利害关系人要求","approver":"丙某","planned_end":"2024-06-24"})", kMonday + 1, 10);
    told("supply_materials", about(6) + R"("window":"W01","materials":["证明"]})", kMonday + 2, 9);
    told("resume", about(3) + R"("result":"已举行听证"})", kMonday + 4, 9);
    told("extend", about(3) + R"("days":10,"reason":"案情复杂","approver":"丙某"})", kMonday + 7, 9);
    told("decide", about(3) + R"("decision":"grant","certificate_number":"证字1号"})", kMonday + 8, 9);
    told("transfer", about(3) + R"("window":"W03","to":"issue_window","signed_by":"出件"})", kMonday + 9, 9);
    told("issue", about(3) + R"("window":"W03","received_by":"甲某","delivery":"window"})", kMonday + 9, 10);
    told("evaluate", about(3) + R"("level":2,"channel":"window","window":"W03","comment":"很快"})", kMonday + 9, 11);
  }
  // The rows of one case; `with` replaces text in them.
  static std::string rows_of(const std::string& lines, int serial, const std::string& what = {}, const std::string& with = {}) {
    std::string out;
    const auto kind = "9900002024061701" + std::string(6 - std::to_string(serial).size(), '0') + std::to_string(serial);
    for (const auto& line : split(lines, '\n'))
      if (line.find("\"project_no\":\"" + kind) != std::string::npos) out += line + "\n";
    return what.empty() ? out : replace_all(out, what, with);
  }
  static std::int64_t id(int serial) { return case_id(kMonday, serial).value; }

  TestCentre from{kMonday};
};

TEST_F(Exchange, WholeLivesArriveEqualWithTheirPersons) {
  live();
  const auto leaving = from.exported();
  for (const char* word : {"甲某", kApplicant, kAgent, "13900000001", "试验路1号", "戊某", "己某", "\"special_type\":\"1\"", "\"special_name\":\"听证\"",
                           "\"promise_date\":\"20240", "\"is_delivery_results\":\"1\"", "\"satisfaction\":\"2\"", "\"result_cetr_no\":\"证字1号\"",
                           "\"accept_date\":\"20240617101000\"", "\"event_name\":\"退回\""})
    EXPECT_NE(leaving.find(word), std::string::npos) << word;
  EXPECT_EQ(leaving.find("sealed"), std::string::npos);
  EXPECT_EQ(leaving.find("previous"), std::string::npos);

  TestCentre into(CivilDay::of(2024, 7, 8));
  const auto report = into.import(leaving);
  EXPECT_EQ(into.refusals, std::vector<std::string>{});
  EXPECT_EQ(report.imported, 7);
  EXPECT_EQ(into.states(), from.states());
  EXPECT_TRUE(into.exported() == leaving);
  // The person is sealed here under a key of their own, found by their number.
  const auto s = into.state(id(3));
  EXPECT_TRUE(s.subject && s.agent);
  EXPECT_NE(s.subject, s.agent);
  EXPECT_FALSE(into.state(id(1)).subject);
  const auto kept = facts_of_case(*into.engine->reader(), {990000}, s.last_fact);
  ASSERT_EQ(static_cast<std::int64_t>(kept.size()), s.version);
  EXPECT_EQ(kept.front().bytes.find(kApplicant), std::string::npos);
  // The reversal names its fact by where that stands now.
  bool reversed = false;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (kept[i].fact({990000}).record.name == Reversed::kName) {
      reversed = true;
      EXPECT_EQ(kept[i].fact({990000}).as<Reversed>().fact, kept[i - 1].seq);
    }
  EXPECT_TRUE(reversed);
  into.expect_whole();
}

// The storage is away for a moment: the command that met it comes again, and the import goes on.
TEST_F(Exchange, AMomentWithoutStorageDoesNotEndAnImport) {
  receive(R"("applicant_kind":"legal","applicant":"试验公司")", 1);
  receive(R"("applicant_kind":"legal","applicant":"二号公司")", 2);
  const auto leaving = from.exported();
  TestCentre into(CivilDay::of(2024, 7, 8));
  into.engine.reset();
  engine::EngineOptions o;
  o.centre = {990000};
  const auto failed = std::make_shared<std::atomic<int>>(0);
  into.engine = engine::Engine::open(into.dir.path(), [rooms = into.rooms(), failed] {
    auto r = rooms();
    // Before the day's first command, as often as it is tried.
    r.timers.insert(r.timers.begin(), [failed](engine::Turn&) -> bool {
      if (++*failed <= 2) throw store::Failure(store::FailureKind::full, "the disk went away");
      return false;
    });
    return r;
  }, o).value();
  const auto report = into.import(leaving);
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.repeated, 0);
  EXPECT_GE(failed->load(), 3);
  EXPECT_EQ(into.states(), from.states());
}

// Whoever gives casework a new fact decides here how it leaves and arrives.
TEST(Portable, EveryFactOfACaseTravels) {
  for (const auto name : case_facts()) EXPECT_TRUE(travels(name)) << name;
  EXPECT_FALSE(travels("casework.timers_run/1"));
  EXPECT_FALSE(travels("casework.accepted/2"));
}

// A new holiday notice moved a date: the one fact with two standings.
TEST_F(Exchange, RecountedDatesTravel) {
  receive(R"("applicant_kind":"legal","applicant":"试验公司")", 1);
  const auto before = from.state(id(1));
  from.record(at(kMonday, 10, 0), [&](engine::Turn& turn) -> Checked {
    DuesRecounted f;
    f.department = {"aa"};
    f.before = f.after = before.at;
    f.after.notice_due = kMonday + 8;
    f.after.previous = before.last_fact;
    turn.fact(stream_of({id(1)}), f);
    return Done{};
  });
  told("accept", about(1) + R"("window":"W01"})", kMonday, 11);
  const auto leaving = from.exported();
  EXPECT_NE(leaving.find("重新计算"), std::string::npos);
  TestCentre into(CivilDay::of(2024, 7, 8));
  EXPECT_EQ(into.import(leaving).imported, 1);
  EXPECT_TRUE(into.exported() == leaving);
  EXPECT_EQ(into.states(), from.states());
}

TEST_F(Exchange, ACaseLargerThanAnyIsRefusedWithoutBeingHeld) {
  live();
  const auto leaving = from.exported();
  std::string flood, process = split(rows_of(leaving, 3), '\n').at(1);
  ASSERT_TRUE(process.starts_with("{\"table\":\"process\""));
  while (flood.size() <= static_cast<std::size_t>(limits::kExchangeCaseBytes.value + 100'000)) flood += process + "\n";
  TestCentre into(CivilDay::of(2024, 7, 8));
  const auto report = into.import(rows_of(leaving, 3) + flood + rows_of(leaving, 4) + std::string(static_cast<std::size_t>(limits::kExchangeCaseBytes.value) + 1, ' ') + "{}\n" + rows_of(leaving, 5));
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.refused, 1);
  EXPECT_NE(into.refusals.at(0).find("exchange.too_long"), std::string::npos) << into.refusals[0];
}

TEST_F(Exchange, AnErasedPersonLeavesAsBlanks) {
  live();
  ASSERT_EQ(from.run("identity.erase_subject", R"({"kind":"citizen","number":"51130219770707003X","basis":"purpose_achieved","reason":"保存期满"})", at(kMonday + 10, 9, 0)), "");
  const auto leaving = from.exported();
  EXPECT_EQ(leaving.find("丁某"), std::string::npos);
  const auto row = rows_of(leaving, 4);
  EXPECT_NE(row.find("\"applicant_erased\":true"), std::string::npos);
  EXPECT_NE(row.find("\"applyer_name\":\"\""), std::string::npos);
  TestCentre into(CivilDay::of(2024, 7, 8));
  EXPECT_EQ(into.import(leaving).imported, 7);
  EXPECT_TRUE(into.exported() == leaving);
  EXPECT_EQ(into.states(), from.states());
}

TEST_F(Exchange, AnErasureAfterTheArrivalBlanksTheCaseThereToo) {
  live();
  const auto leaving = from.exported();
  TestCentre into(CivilDay::of(2024, 7, 8));
  EXPECT_EQ(into.import(leaving).imported, 7);
  ASSERT_EQ(into.run("identity.erase_subject", R"({"kind":"citizen","number":"51130219770707003X","basis":"purpose_achieved","reason":"保存期满"})", at(CivilDay::of(2024, 7, 9), 9, 0)), "");
  EXPECT_EQ(into.exported().find("丁某"), std::string::npos);
  EXPECT_EQ(into.import(leaving).repeated, 7);  // the old file does not bring them back
  EXPECT_EQ(into.exported().find("丁某"), std::string::npos);
  into.expect_whole();
}

TEST_F(Exchange, ACaseGoesOnWhereItArrived) {
  live();
  TestCentre second(CivilDay::of(2024, 7, 1));
  ASSERT_EQ(second.import(from.exported()).refused, 0);
  const auto accept = about(6) + R"("window":"W01"})";
  // 6 was corrected and never accepted: by law it is, from the day of the correction, on the morning after it arrived.
  EXPECT_EQ(second.state(id(6)).at.stage, Stage::received);
  ASSERT_EQ(second.run("casework.consult", R"({"department":"aa","window":"W01","channel":"window"})", at(CivilDay::of(2024, 7, 2), 9, 0)), "");
  EXPECT_EQ(second.state(id(6)).at.stage, Stage::accepted);
  EXPECT_EQ(second.state(id(6)).accepted_on, CivilDay::of(2024, 6, 19));
  ASSERT_EQ(second.run("casework.transfer", about(6) + R"("window":"W01","to":"department","signed_by":"承办"})", at(CivilDay::of(2024, 7, 2), 10, 0)), "");
  // What was recorded elsewhere is taken back where it was recorded, whatever the day: no figure here counted it.
  EXPECT_TRUE(second.run("casework.reverse", about(5) + R"("reason":"录错"})", at(CivilDay::of(2024, 7, 2), 10, 30)).starts_with("casework.reversed_elsewhere "));
  const auto leaving = second.exported();
  TestCentre third(CivilDay::of(2024, 7, 8));
  EXPECT_EQ(third.import(leaving).imported, 7);
  EXPECT_TRUE(third.exported() == leaving);
  EXPECT_EQ(third.states(), second.states());
}

// The day's timers of a centre that has long been at work do not pass an arriving case over.
TEST_F(Exchange, TheMorningAfterLooksAtLimitsThatHaveEnded) {
  receive(R"("applicant_kind":"legal","applicant":"试验公司")", 1);
  TestCentre into(kMonday + 18);
  for (int d = 18; d < 22; ++d)
    ASSERT_EQ(into.run("casework.receive", R"({"matter":"JA-AA-0001","window":"W01","applicant_kind":"legal","applicant":"四号公司","materials":["申请表","证明"]})", at(kMonday + d, 9, 0)), "");
  ASSERT_EQ(into.import(from.exported()).imported, 1);
  ASSERT_EQ(into.run("casework.consult", R"({"department":"aa","window":"W01","channel":"window"})", at(kMonday + 22, 9, 0)), "");
  EXPECT_EQ(into.state(id(1)).at.stage, Stage::accepted);
  EXPECT_EQ(into.state(id(1)).accepted_on, kMonday);
  into.expect_whole();
}

TEST_F(Exchange, NumbersOfTheDayNeverCollide) {
  for (int i = 1; i <= 5; ++i) receive(R"("applicant_kind":"legal","applicant":"试验公司")", i);
  const auto leaving = from.exported();
  TestCentre into(kMonday);
  const auto mine = R"({"matter":"JA-AA-0001","window":"W01","applicant_kind":"legal","applicant":"五号公司","materials":["申请表","证明"]})";
  // The later number first, then the earlier ones; then this centre's own.
  ASSERT_EQ(into.run("casework.consult", R"({"department":"aa","window":"W01","channel":"window"})", at(kMonday, 12, 0)), "");
  EXPECT_EQ(into.import(rows_of(leaving, 4)).imported, 1);
  EXPECT_EQ(into.import(rows_of(leaving, 2)).imported, 1);
  // An arrived case does not open the centre: cases may still be carried over on its own first day.
  ASSERT_EQ(into.run("casework.carry_over", R"({"matter":"JA-AA-0001","window":"W01","foreign_number":"川甲2024-1","accepted_on":"2024-06-11"})", at(kMonday, 12, 30)), "");
  ASSERT_EQ(into.run("casework.receive", mine, at(kMonday, 13, 0)), "");
  const auto states = into.states();
  EXPECT_TRUE(states.contains(id(5)) && states.contains(id(6)));
  EXPECT_EQ(states.size(), 4U);
  // 5 is taken by a case of this centre.
  EXPECT_EQ(into.import(rows_of(leaving, 5)).refused, 1);
  EXPECT_NE(into.refusals.at(0).find("exchange.case_exists accept 第1行 project_no"), std::string::npos) << into.refusals[0];
}

struct Bad {
  const char* what;
  int serial;
  const char* text;
  const char* with;
  const char* refused;
};
std::ostream& operator<<(std::ostream& o, const Bad& b) { return o << b.what; }
class BadRows : public Exchange, public testing::WithParamInterface<Bad> {};

TEST_P(BadRows, AreNamedByTableRowAndColumn) {
  live();
  const auto leaving = from.exported();
  const auto& bad = GetParam();
  const auto rows = rows_of(leaving, bad.serial, bad.text, bad.with);
  ASSERT_NE(rows, rows_of(leaving, bad.serial)) << "the text stands in the file";
  TestCentre into(CivilDay::of(2024, 7, 8));
  const auto before = into.engine->position();
  const auto report = into.import(rows);
  EXPECT_EQ(report.imported, 0);
  ASSERT_FALSE(into.refusals.empty());
  EXPECT_NE((into.refusals.back() + "$").find(bad.refused), std::string::npos) << into.refusals.back();
  EXPECT_EQ(into.engine->position(), before);  // nothing of it
}

INSTANTIATE_TEST_SUITE_P(
    All, BadRows,
    testing::Values(Bad{"a national column changed alone", 3, "\"accept_date\":\"20240617101000\"", "\"accept_date\":\"20240618101000\"", "exchange.broken_row accept 第1行 accept_date$"},
                    Bad{"a special procedure made longer", 3, "\"start_time\":\"20240618100000\"", "\"start_time\":\"20240617100000\"", "exchange.broken_row special 第1行 start_time$"},
                    Bad{"the applicant exchanged in one place", 3, "\"applyer_name\":\"甲某\"", "\"applyer_name\":\"庚某\"", "exchange.broken_row accept 第1行 applyer_name$"},
                    Bad{"a wrong check character", 3, "511302199003070014", "511302199003070015", "exchange.broken_row accept 第1行 applyer_page_code$"},
                    Bad{"a paper renamed", 3, "{\"table\":\"material\"", "{\"table\":\"materials\"", "exchange.broken_row material 第1行（缺少）$"},
                    Bad{"an unknown matter", 3, "JA-AA-0001", "JA-ZZ-0001", "exchange.unknown_matter accept 第1行 task_code$"},
                    Bad{"a restored state that never was", 3, "matter_version\":1", "matter_version\":9", "exchange.broken_row process 第2行 yc_extension/body/restored$"},
                    Bad{"an unknown version of an ordinary case", 5, "\"matter_version\":1", "\"matter_version\":9", "exchange.unknown_matter accept 第1行 task_code$"},
                    Bad{"an unknown department", 5, "\"department\":\"aa\"", "\"department\":\"zz\"", "exchange.unknown_department accept 第1行 yc_extension/body/department$"},
                    Bad{"an unknown column", 3, "\"event_state\":", "\"state\":\"2\",\"event_state\":", "base.unknown_field process 第1行 state$"},
                    Bad{"a word that is none", 3, "\"to\":\"department\"", "\"to\":\"elsewhere\"", "process 第4行 yc_extension/body/to$"},
                    Bad{"an unknown fact", 3, "casework.suspended/1", "casework.paused/1", "process 第5行 yc_extension/name$"},
                    Bad{"a reversal of what comes later", 3, "\"fact\":2,", "\"fact\":9,", "process 第2行 yc_extension/body/fact$"},
                    Bad{"a step taken out of order", 3, "\"order\":3,", "\"order\":4,", "process 第2行 yc_extension/order$"},
                    Bad{"a case that does not begin", 3, "{\"table\":\"accept\"", "{\"table\":\"begin\"", "exchange.broken_row accept$"},
                    Bad{"no extension", 1, "\"yc_extension\":{\"fact\":", "\"yc_extension\":{\"not_exported\":\"太旧\"},\"old\":{\"fact\":", "base.unknown_field accept 第1行 old$"},
                    Bad{"a time after its record", 1, "\"effective_at\":\"2024-06-17T09:01", "\"effective_at\":\"2024-06-17T10:01", "accept 第1行 yc_extension/effective_at$"},
                    Bad{"a number of another day", 1, "\"recorded_at\":\"2024-06-17", "\"recorded_at\":\"2024-06-18", "accept 第1行 project_no$"},
                    Bad{"a day that has not come", 5, "\"recorded_at\":\"2024-06-17", "\"recorded_at\":\"2025-06-17", "exchange.in_future process 第1行 yc_extension/recorded_at$"}),
    [](const auto& p) { return "row" + std::to_string(p.index); });

TEST_F(Exchange, WhatIsNoRowIsNamedAndTheRestGoesOn) {
  live();
  const auto leaving = from.exported();
  TestCentre into(CivilDay::of(2024, 7, 8));
  const auto report = into.import("not json\n\n{\"table\":\"accept\"}\n" + rows_of(leaving, 1) + rows_of(leaving, 2).substr(0, 200) + "\n" + rows_of(leaving, 4));
  EXPECT_EQ(report.imported, 2);
  EXPECT_EQ(report.refused, 3);
  ASSERT_EQ(into.refusals.size(), 3U);
  EXPECT_EQ(into.refusals[0], "1  exchange.not_a_row ");
  EXPECT_EQ(into.refusals[1], "3  exchange.not_a_row ");
}

TEST_F(Exchange, ACaseThatIsThereIsNeverOverwritten) {
  live();
  const auto leaving = from.exported();
  TestCentre into(CivilDay::of(2024, 7, 8));
  ASSERT_EQ(into.import(leaving).imported, 7);
  const auto states = into.states();
  EXPECT_EQ(into.import(leaving).repeated, 7);
  EXPECT_EQ(into.import(rows_of(leaving, 4, "不再需要", "改了主意")).refused, 1);
  EXPECT_NE(into.refusals.at(0).find("exchange.case_exists"), std::string::npos);
  EXPECT_EQ(into.states(), states);
}

TEST_F(Exchange, ADepartmentsNumberEntersOnce) {
  live();
  const auto leaving = from.exported();
  TestCentre into(CivilDay::of(2024, 7, 8));
  ASSERT_EQ(into.run("casework.carry_over", R"({"matter":"JA-AA-0001","window":"W01","foreign_number":"川甲2024-1","accepted_on":"2024-06-11"})", at(CivilDay::of(2024, 7, 8), 10, 0)), "");
  EXPECT_EQ(into.import(rows_of(leaving, 1)).refused, 1);
  EXPECT_NE(into.refusals.at(0).find("exchange.number_taken accept 第1行 yc_extension/body/foreign_number"), std::string::npos) << into.refusals[0];
}

TEST_F(Exchange, ExportsByPeriodTableAndFormat) {
  live();
  told("receive", R"({"matter":"JA-AA-0001","window":"W01","applicant_kind":"legal","applicant":"=后来公司","materials":["申请表","证明"]})", kMonday + 10, 9);
  ExportQuestion q;
  q.from = q.to = kMonday + 10;
  const auto later = from.exported(q);
  EXPECT_NE(later.find("=后来公司"), std::string::npos);
  EXPECT_EQ(later.find("甲某"), std::string::npos);
  q.to = kMonday;
  auto reader = from.engine->reader();
  const Sources sources{&*reader, &from.engine->keys(), {990000}, &life::world().catalog};
  const auto code = [&](const ExportQuestion& asked, const identity::Viewer& viewer) {
    const auto made = export_cases(sources, viewer, asked);
    return made ? "" : made.error().code;
  };
  const auto operator_ = identity::Viewer::operator_named("test");
  EXPECT_EQ(code(q, operator_), "exchange.bad_period");
  EXPECT_EQ(code({}, identity::Viewer::anonymous()), "identity.not_allowed");
  ExportQuestion csv;
  csv.format = Format::csv;
  EXPECT_EQ(code(csv, operator_), "exchange.table_required");
  csv.table = Table::special;
  const auto special = from.exported(csv);
  EXPECT_TRUE(special.starts_with("\xEF\xBB\xBFproject_no,special_type,special_name,")) << special;
  EXPECT_NE(special.find(",2,听证,"), std::string::npos) << special;
  EXPECT_NE(special.find(",1,延长审批,"), std::string::npos) << special;
  csv.table = Table::accept;
  EXPECT_NE(from.exported(csv).find("'=后来公司"), std::string::npos);  // no formula for a spreadsheet
  ExportQuestion zip;
  zip.format = Format::zip;
  const auto packed = from.exported(zip);
  EXPECT_TRUE(packed.starts_with("PK"));
  for (const auto table : kTables) EXPECT_NE(packed.find(std::string(json::enum_name(table)) + ".csv"), std::string::npos);
  ExportQuestion one;
  one.table = Table::result;
  for (const auto& line : split(from.exported(one), '\n'))
    if (!line.empty()) {
      EXPECT_TRUE(line.starts_with("{\"table\":\"result\"")) << line;
    }
}

// A case whose chain does not lead to its beginning says so instead of leaving in part.
TEST_F(Exchange, WhatCannotLeaveWholeSaysSo) {
  receive(R"("applicant_kind":"legal","applicant":"试验公司")", 1);
  from.record(at(kMonday, 10, 0), [&](engine::Turn& turn) -> Checked {
    Accepted f;  // as the first releases recorded it
    f.department = {"aa"};
    turn.fact(stream_of({id(1)}), f);
    return Done{};
  });
  ASSERT_EQ(from.run("casework.consult", R"({"department":"aa","window":"W01","channel":"window"})", at(kMonday, 11, 0)), "");
  const auto leaving = from.exported();
  EXPECT_NE(leaving.find("not_exported"), std::string::npos) << leaving;
  TestCentre into(CivilDay::of(2024, 7, 8));
  EXPECT_EQ(into.import(leaving).refused, 1);
  EXPECT_NE(into.refusals.at(0).find("exchange.not_exported"), std::string::npos);
}

}  // namespace
}  // namespace yi::exchange
