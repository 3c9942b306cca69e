// The counting rules and the evidence, through the engine.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <random>

#include "bulletin/counts.h"
#include "bulletin/declare.h"
#include "bulletin/lints.h"
#include "casework/events.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "enterprise/declare.h"
#include "hall/declare.h"
#include "onething/declare.h"
#include "staff/declare.h"

namespace yi::bulletin {

// n facts of one figure at once: what windows would record.
struct CountForTest {
  Figure figure = Figure::consulted;
  std::int32_t n = 0;
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(CountForTest, (), (figure, n, window))

// A wrong entry taken back: what the rules of casework.reverse would record.
struct ReverseForTest {
  std::int64_t fact = 0;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(ReverseForTest, (), (fact, name))

namespace {
using identity::Viewer;
constexpr CentreCode kCentre{510000};
const Viewer kOperator = Viewer::operator_named("test");
const KnownDepartment kKnown = [](const DepartmentCode& d) { return d.value == "swt"; };

Checked record(engine::Turn& turn, const CountForTest& c) {
  const DepartmentCode department{"swt"};
  for (int i = 0; i < c.n; ++i) switch (c.figure) {
      case Figure::consulted: turn.fact("consultation:test", casework::Consulted{department, c.window, {}, {}, {}}); break;
      case Figure::accepted: turn.fact("case:1", casework::Accepted{department, c.window, {}, {}, {}, {}, {}, {}, {}}); break;
      case Figure::issued: turn.fact("case:1", casework::Issued{department, c.window, {}, {}, {}, {}, {}, {}}); break;
      case Figure::transferred:  // either fact counts
        if (i % 2) turn.fact("case:1", casework::Transferred{department, c.window, {}, {}, "乙", {}, {}});
        else turn.fact("case:2", casework::ResultReceivedForIssue{"1", {"m"}, 1, department, c.window, "f", {}, {}, {}, "丙", {}});
        break;
      default: break;  // those of reports: reports_test.cpp
    }
  return Done{};
}

Checked reverse(engine::Turn& turn, const ReverseForTest& c) {
  casework::Reversed r;
  r.department = {"swt"};
  r.fact = c.fact;
  r.fact_name = Text<60>(c.name);
  turn.fact("case:1", r);
  return Done{};
}

engine::Registry rooms() {
  engine::Registry r;
  onething::declare(r, [](const catalog::BundleCode&) { return true; });
  enterprise::declare(r);
  hall::declare(r, kKnown);
  staff::declare(r, kKnown);
  declare(r, kKnown);
  r.commands.push_back(engine::command<CountForTest>("test.count", "", {}, record));
  r.commands.push_back(engine::command<ReverseForTest>("test.reverse", "", {}, reverse));
  return r;
}

class Figures : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::temp_directory_path() /
                 ("yi_figures_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(directory_);
    auto e = engine::Engine::open(directory_.string(), rooms, {kCentre, {true, at(CivilDay::of(2024, 1, 1), 9, 0)}});
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    engine_ = std::move(*e);
  }
  void TearDown() override {
    engine_.reset();
    std::filesystem::remove_all(directory_);
  }
  template <class C>
  Result<engine::Answer> give(const char* name, const C& c, Instant when) {
    auto a = engine_->run(name, json::write(c), {"test", "operator"}, when);
    if (a.ok()) position_ = a->position;
    return a;
  }
  void count(Figure f, int n, Instant when, const char* window = "W01") {
    ASSERT_TRUE(give("test.count", CountForTest{f, n, {window}}, when).ok());
  }
  void period(const char* from, const char* to, Instant when) {
    const auto a = give("bulletin.set_period", SetPeriod{*parse_day(from), *parse_day(to)}, when);
    ASSERT_TRUE(a.ok()) << a.error().sentence;
  }
  WeekFigures figures(const char* week) {
    EXPECT_TRUE(engine_->wait_followed(position_, std::chrono::seconds(10)));
    auto reader = engine_->reader();
    auto w = figures_of_week(*reader, kCentre, Viewer::anonymous(), *parse_day(week));
    EXPECT_TRUE(w.ok());
    return std::move(w).value();
  }
  static std::string shown(const WeekFigures& w, Figure f) {
    return std::to_string(of(w.week, f)) + "/" + std::to_string(of(w.year, f));
  }
  std::filesystem::path directory_;
  std::unique_ptr<engine::Engine> engine_;
  std::int64_t position_ = 0;
};

Instant moment(int year, unsigned month, unsigned day, int hour, int minute = 0, int second = 0, int ms = 0) {
  return at(CivilDay::of(year, month, day), hour, minute, second, ms);
}

TEST_F(Figures, AWeekRunsFromTheEndOfTheOneBefore) {
  ASSERT_TRUE(give("bulletin.enter_opening_balance", EnterOpeningBalance{CivilDay::of(2024, 6, 17), 100, 0, 0, 7, "原系统"},
                   moment(2024, 6, 15, 9)).ok());
  period("2024-06-17", "2024-06-21", moment(2024, 6, 15, 9));
  period("2024-06-24", "2024-06-28", moment(2024, 6, 15, 9));
  count(Figure::consulted, 50, moment(2024, 6, 16, 23, 59, 59, 999));  // before the first week: in the balance already
  count(Figure::consulted, 1, moment(2024, 6, 17, 0));
  count(Figure::transferred, 3, moment(2024, 6, 20, 12));
  count(Figure::consulted, 2, moment(2024, 6, 21, 23, 59, 59, 999));
  count(Figure::consulted, 4, moment(2024, 6, 22, 0));                 // a weekend's work falls into the next week
  count(Figure::accepted, 8, moment(2024, 6, 23, 12));
  count(Figure::consulted, 16, moment(2024, 6, 28, 23, 59, 59, 999));
  count(Figure::consulted, 32, moment(2024, 6, 29, 0));
  const auto first = figures("2024-06-17"), second = figures("2024-06-24");
  EXPECT_EQ(shown(first, Figure::consulted), "3/103");
  EXPECT_EQ(shown(first, Figure::transferred), "3/10");
  EXPECT_EQ(shown(second, Figure::consulted), "20/123");
  EXPECT_EQ(shown(second, Figure::accepted), "8/8");
  EXPECT_EQ(to_iso(second.counted_from), "2024-06-22");
  EXPECT_EQ(first.opening->source, "原系统");
  EXPECT_EQ(second.position, position_);
  // Years add up: this week's year less the last one's is this week.
  for (Figure f : kFigures) EXPECT_EQ(of(second.year, f) - of(first.year, f), of(second.week, f));
}

TEST_F(Figures, AcrossNewYearOnlyTheNewYearsDaysCount) {
  ASSERT_TRUE(give("bulletin.enter_opening_balance", EnterOpeningBalance{CivilDay::of(2024, 12, 23), 1000, 1, 1, 1, "原系统"},
                   moment(2024, 12, 22, 9)).ok());
  period("2024-12-23", "2024-12-27", moment(2024, 12, 22, 9));
  period("2024-12-30", "2025-01-03", moment(2024, 12, 22, 9));
  count(Figure::issued, 1, moment(2024, 12, 24, 9));
  count(Figure::issued, 2, moment(2024, 12, 31, 23, 59, 59, 999));
  count(Figure::issued, 4, moment(2025, 1, 1, 0));
  count(Figure::issued, 8, moment(2025, 1, 3, 9));
  EXPECT_EQ(shown(figures("2024-12-23"), Figure::issued), "1/2");
  const auto w = figures("2024-12-30");
  EXPECT_EQ(shown(w, Figure::issued), "14/12");
  EXPECT_FALSE(w.opening);
  EXPECT_EQ(to_iso(w.year_from), "2025-01-01");
}

TEST_F(Figures, TheEvidenceAddsUpToTheFigureAndIsPaged) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  count(Figure::issued, 5, moment(2024, 6, 14, 9));                // before the week: in the year alone
  count(Figure::transferred, 9, moment(2024, 6, 17, 9), "W02");
  count(Figure::issued, 3, moment(2024, 6, 18, 9), "W02");
  count(Figure::consulted, 9, moment(2024, 6, 18, 10));
  count(Figure::issued, 4, moment(2024, 6, 21, 9), "W01");
  count(Figure::issued, 2, moment(2024, 6, 22, 9));                // after it
  const CivilDay week = CivilDay::of(2024, 6, 17);
  EXPECT_EQ(shown(figures("2024-06-17"), Figure::issued), "7/12");
  auto reader = engine_->reader();
  auto parts = breakdown(*reader, kCentre, Viewer::anonymous(), week, Figure::issued, Reach::week);
  ASSERT_TRUE(parts.ok());
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].window.value + std::to_string((*parts)[0].n), "W014");
  EXPECT_EQ((*parts)[1].window.value + std::to_string((*parts)[1].n), "W023");
  for (auto [reach, all] : {std::pair{Reach::week, 7}, std::pair{Reach::year, 12}}) {
    int seen = 0, pages = 0;
    std::int64_t after = 0, last = 0;
    do {
      auto page = evidence(*reader, kCentre, kOperator, week, Figure::issued, reach, after, 3);
      ASSERT_TRUE(page.ok());
      for (const auto& row : page->rows) {
        EXPECT_GT(row.seq, last);
        EXPECT_EQ(civil_day(row.recorded_at), row.day);
        EXPECT_EQ(row.stream, "case:1");
        last = row.seq;
        ++seen;
      }
      after = page->next_after;
      ++pages;
    } while (after);
    EXPECT_EQ(seen, all);
    EXPECT_EQ(pages, (all + 2) / 3);
  }
}

TEST_F(Figures, WhatWasReversedIsSubtractedAndStaysInTheEvidence) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  count(Figure::accepted, 3, moment(2024, 6, 14, 9));  // before the week: in the year alone
  ASSERT_TRUE(give("test.reverse", ReverseForTest{position_, std::string(casework::Accepted::kName)}, moment(2024, 6, 14, 10)).ok());
  count(Figure::accepted, 4, moment(2024, 6, 18, 9), "W02");
  const auto wrong = position_;
  ASSERT_TRUE(give("test.reverse", ReverseForTest{wrong, std::string(casework::Accepted::kName)}, moment(2024, 6, 18, 10)).ok());
  // What no figure counts subtracts from none.
  ASSERT_TRUE(give("test.reverse", ReverseForTest{wrong, "casework.received/1"}, moment(2024, 6, 18, 11)).ok());
  const auto w = figures("2024-06-17");
  EXPECT_EQ(shown(w, Figure::accepted), "3/5");
  EXPECT_EQ(of(w.reversed_week, Figure::accepted), 1);
  EXPECT_EQ(of(w.reversed_year, Figure::accepted), 2);
  for (Figure f : {Figure::consulted, Figure::issued, Figure::transferred}) EXPECT_EQ(shown(w, f), "0/0");
  auto reader = engine_->reader();
  const CivilDay week = CivilDay::of(2024, 6, 17);
  const auto parts = breakdown(*reader, kCentre, Viewer::anonymous(), week, Figure::accepted, Reach::week);
  ASSERT_TRUE(parts.ok());
  std::int64_t net = 0;
  for (const auto& u : *parts) net += u.n;
  EXPECT_EQ(net, 3);
  const auto page = evidence(*reader, kCentre, kOperator, week, Figure::accepted, Reach::week, 0, 50);
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->rows.size(), 5u);  // four acceptances and the reversal of one
  EXPECT_EQ(page->rows.back().reverses, wrong);
  EXPECT_EQ(page->rows[3].seq, wrong);
}

TEST_F(Figures, AnyDaysCountAsTheWeeksDo) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  period("2024-06-24", "2024-06-28", moment(2024, 6, 10, 9));
  count(Figure::accepted, 3, moment(2024, 6, 18, 9), "W02");
  const auto wrong = position_;
  ASSERT_TRUE(give("test.reverse", ReverseForTest{wrong, std::string(casework::Accepted::kName)}, moment(2024, 6, 18, 10)).ok());
  count(Figure::accepted, 2, moment(2024, 6, 20, 9), "W01");
  count(Figure::consulted, 4, moment(2024, 6, 20, 9), "");
  count(Figure::accepted, 5, moment(2024, 6, 22, 9), "W01");  // a Saturday: of the next week
  const auto first = figures("2024-06-17");
  auto reader = engine_->reader();
  const DaySpan week{CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21)};
  const auto counted = counts_of(*reader, kCentre, week);
  ASSERT_TRUE(counted.ok());
  EXPECT_EQ(counted->net, first.week);
  EXPECT_EQ(counted->reversed, first.reversed_week);
  EXPECT_EQ(to_iso(*counted->counted_from), "2024-06-18");
  EXPECT_EQ(counted->position, position_);
  Counts sum{};
  for (const auto& u : counted->units)
    for (Figure f : kFigures) of(sum, f) += of(u.net, f);
  EXPECT_EQ(sum, counted->net);

  const auto rows = [&](RecordsQuestion q) {
    q.days = week;
    const auto page = records_of(*reader, kCentre, kOperator, q);
    EXPECT_TRUE(page.ok());
    return page->rows.size();
  };
  EXPECT_EQ(rows({Figure::accepted, {}, {}, {}}), 6u);  // five and a reversal
  EXPECT_EQ(rows({Figure::accepted, {}, DepartmentCode{"swt"}, WindowCode{"W01"}}), 2u);
  EXPECT_EQ(rows({Figure::accepted, {}, DepartmentCode{"swt"}, WindowCode{}}), 1u);  // the reversal, at no window
  EXPECT_EQ(rows({Figure::accepted, {}, DepartmentCode{"gat"}, {}}), 0u);
  EXPECT_EQ(records_of(*reader, kCentre, Viewer::anonymous(), {Figure::accepted, week, {}, {}}).error().code, "identity.not_allowed");
  EXPECT_EQ(records_of(*reader, kCentre, kOperator, {Figure::accepted, week, {}, {}, 0, 201}).error().code, "bulletin.bad_page");
  EXPECT_EQ(counts_of(*reader, kCentre, {week.to, week.from}).error().code, "bulletin.bad_span");
  EXPECT_EQ(counts_of(*reader, kCentre, {week.from, week.from + kLongestSpanDays}).error().code, "bulletin.bad_span");

  const CivilDay today = CivilDay::of(2024, 6, 24);
  const auto periods = trend(*reader, kCentre, TrendBy::period, 12, today);
  ASSERT_EQ(periods.size(), 2u);
  EXPECT_EQ(periods[0].net, first.week);
  EXPECT_TRUE(periods[0].complete);
  EXPECT_FALSE(periods[1].complete);
  EXPECT_EQ(to_iso(periods[1].counted.from) + " " + to_iso(periods[1].counted.to), "2024-06-22 2024-06-24");
  EXPECT_EQ(of(periods[1].net, Figure::accepted), 5);
  const auto days = trend(*reader, kCentre, TrendBy::day, 7, today);
  ASSERT_EQ(days.size(), 7u);
  EXPECT_EQ(to_iso(days[0].named.from) + (days[0].recorded ? "" : " not recorded"), "2024-06-18");
  EXPECT_EQ(of(days[0].net, Figure::accepted), 2);
  EXPECT_EQ(of(days[4].net, Figure::accepted), 5);
  const auto months = trend(*reader, kCentre, TrendBy::month, 2, today);
  ASSERT_EQ(months.size(), 2u);
  EXPECT_FALSE(months[0].recorded);  // May: there was no ledger
  EXPECT_EQ(of(months[1].net, Figure::accepted), 9);
  EXPECT_EQ(to_iso(months[1].named.to), "2024-06-30");
}

TEST_F(Figures, EvidenceIsForThoseWithTheRight) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  ASSERT_TRUE(engine_->wait_followed(position_, std::chrono::seconds(10)));
  auto reader = engine_->reader();
  const CivilDay week = CivilDay::of(2024, 6, 17);
  EXPECT_EQ(evidence(*reader, kCentre, Viewer::anonymous(), week, Figure::issued, Reach::week, 0, 3).error().status, 403);
  EXPECT_EQ(evidence(*reader, kCentre, kOperator, week, Figure::issued, Reach::week, 0, 201).error().code, "bulletin.bad_page");
  EXPECT_EQ(evidence(*reader, kCentre, kOperator, week + 1, Figure::issued, Reach::week, 0, 3).error().status, 404);
  EXPECT_TRUE(evidence(*reader, kCentre, kOperator, week, Figure::issued, Reach::week, 0, 3)->rows.empty());
  EXPECT_EQ(fact_evidence(*reader, kCentre, kOperator, week, "consulted", {}).error().code, "bulletin.unknown_figure");
  EXPECT_EQ(latest_periods(*reader, kCentre, Viewer::anonymous(), 10).size(), 1u);
}

TEST_F(Figures, RefusalsOfTheRoomLeaveNothingBehind) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  const auto before = position_;
  const auto when = moment(2024, 6, 10, 10);
  EXPECT_EQ(give("bulletin.set_period", SetPeriod{CivilDay::of(2024, 6, 21), CivilDay::of(2024, 6, 27)}, when).error().code,
            "bulletin.period_overlaps");
  EXPECT_EQ(give("bulletin.enter_news", EnterNews{CivilDay::of(2024, 6, 18), {}, {}, "甲", 1}, when).error().code,
            "bulletin.unknown_week");
  ASSERT_TRUE(give("bulletin.enter_opening_balance", EnterOpeningBalance{CivilDay::of(2024, 6, 17), 1, 1, 1, 1, "甲"}, when).ok());
  EXPECT_EQ(give("bulletin.enter_opening_balance", EnterOpeningBalance{CivilDay::of(2024, 6, 17), 1, 1, 1, 1, "甲"},
                 when + 1).error().code, "bulletin.opening_balance_already_entered");
  EXPECT_EQ(engine_->position(), before + 1);
}

TEST_F(Figures, WrittenAgainASectionReplacesAndNewsComesByRank) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  const CivilDay week = CivilDay::of(2024, 6, 17);
  const auto when = moment(2024, 6, 18, 9);
  ASSERT_TRUE(give("bulletin.write_section", WriteSection{week, Section::one_thing, {"旧的。"}, {}}, when).ok());
  ASSERT_TRUE(give("bulletin.write_section", WriteSection{week, Section::one_thing, {"新的。"}, {}}, when).ok());
  ASSERT_TRUE(give("bulletin.enter_news", EnterNews{week, {}, {}, "后。", 2}, when).ok());
  ASSERT_TRUE(give("bulletin.enter_news", EnterNews{week, DepartmentCode{"swt"}, {}, "汇总。", 1}, when).ok());
  ASSERT_TRUE(give("bulletin.enter_news", EnterNews{week, {}, CivilDay::of(2024, 6, 17), "前。", 1}, when).ok());
  ASSERT_TRUE(engine_->wait_followed(position_, std::chrono::seconds(10)));
  auto reader = engine_->reader();
  const auto templates = Templates::load("data/sichuan/templates/bulletin.yaml", "bulletin.yaml");
  ASSERT_TRUE(templates.ok());
  Names names;
  names.department = [](const DepartmentCode&) { return std::optional<std::string>("商务厅"); };
  names.bundle = [](const catalog::BundleCode&) { return std::optional<std::string>(); };
  const auto d = compose_week(*reader, kCentre, kOperator, Edition::internal, week, names, *templates);
  ASSERT_TRUE(d.ok()) << d.error().sentence;
  std::string text;
  for (const auto& p : d->body) text += p.text() + "\n";
  EXPECT_EQ(text, "一、政务工作动态\n（一）6月17日，前。\n（二）后。\n（三）本周，商务厅汇总。\n二、“高效办成一件事”专项行动\n新的。\n");
}

TEST_F(Figures, AShortHealthLeaveIsKnownToTheInternalEditionAlone) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  const CivilDay week = CivilDay::of(2024, 6, 17);
  const auto when = moment(2024, 6, 18, 9);
  ASSERT_TRUE(give("staff.record_leave", staff::RecordLeave{{"swt"}, "甲乙", staff::LeaveKind::sick, week, week,
                                                            staff::CountMode::calendar, 1, 1}, when).ok());
  ASSERT_TRUE(give("bulletin.enter_news", EnterNews{week, {}, {}, "甲乙获得表扬。", 1}, when).ok());
  ASSERT_TRUE(engine_->wait_followed(position_, std::chrono::seconds(10)));
  auto reader = engine_->reader();
  const auto templates = Templates::load("data/sichuan/templates/bulletin.yaml", "bulletin.yaml");
  ASSERT_TRUE(templates.ok());
  Names names;
  names.department = [](const DepartmentCode&) { return std::optional<std::string>("商务厅"); };
  const auto warnings = [&](Edition e, const Viewer& v) {
    const auto c = compose_and_lint(*reader, kCentre, v, e, week, names, *templates);
    EXPECT_TRUE(c.ok());
    std::string s;
    for (const auto& w : c->warnings) s += w.code + " " + w.sentence;
    return s;
  };
  EXPECT_TRUE(warnings(Edition::internal, kOperator).starts_with("bulletin.lint.health_named 文中有“甲乙”"));
  EXPECT_EQ(warnings(Edition::public_, kOperator), "");
  EXPECT_EQ(warnings(Edition::public_, Viewer::anonymous()), "");
}

// Random work over random weeks, against a list that is scanned.
TEST_F(Figures, AScannedListSaysTheSame) {
  std::mt19937 random(20240617);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  CivilDay day = CivilDay::of(2024, 11, 4);
  const CivilDay opening = day;
  ASSERT_TRUE(give("bulletin.enter_opening_balance", EnterOpeningBalance{opening, 11, 22, 33, 44, "原系统"}, at(day - 1, 9, 0)).ok());
  struct Work { CivilDay day; Figure figure; int n; };
  std::vector<Work> list;
  std::vector<Span> weeks;
  while (day < CivilDay::of(2025, 3, 1)) {
    const Span week{day, day + below(9)};
    ASSERT_TRUE(give("bulletin.set_period", SetPeriod{week.from, week.to}, at(day, 8, 0)).ok());
    weeks.push_back(week);
    const CivilDay next = week.to + 1 + below(4);
    for (; day < next; ++day)
      if (below(3)) {
        list.push_back({day, kFigures[static_cast<std::size_t>(below(4))], 1 + below(5)});
        count(list.back().figure, list.back().n, at(day, 9 + below(8), below(60)));
      }
  }
  for (std::size_t i = 0; i < weeks.size(); ++i) {
    const CivilDay from = i ? weeks[i - 1].to + 1 : weeks[i].from, to = weeks[i].to;
    Counts week{}, year{};
    if (to.year() == 2024) year = {11, 22, 33, 44};
    for (const auto& w : list) {
      if (w.day >= from && w.day <= to) of(week, w.figure) += w.n;
      if (w.day.year() == to.year() && w.day <= to) of(year, w.figure) += w.n;
    }
    const auto w = figures(to_iso(weeks[i].from).c_str());
    EXPECT_EQ(w.week, week) << to_iso(weeks[i].from);
    EXPECT_EQ(w.year, year) << to_iso(weeks[i].from);
  }
}

TEST_F(Figures, EveryViewEqualsItsRebuild) {
  period("2024-06-17", "2024-06-21", moment(2024, 6, 10, 9));
  period("2024-06-24", "2024-06-28", moment(2024, 6, 10, 9));
  const CivilDay week = CivilDay::of(2024, 6, 17);
  for (int i = 0; i < 20; ++i) count(kFigures[static_cast<std::size_t>(i % 4)], i + 1, at(week + i % 5, 9, i), i % 3 ? "W01" : "W02");
  const auto when = moment(2024, 6, 23, 9);
  ASSERT_TRUE(give("bulletin.enter_opening_balance", EnterOpeningBalance{week, 1, 2, 3, 4, "甲"}, when).ok());
  ASSERT_TRUE(give("bulletin.write_section", WriteSection{week, Section::one_thing, {"旧的。"}, {}}, when).ok());
  ASSERT_TRUE(give("bulletin.write_section", WriteSection{week, Section::one_thing, {"新的。"}, {}}, when).ok());
  ASSERT_TRUE(give("bulletin.enter_news", EnterNews{week, {}, {}, "甲。", 2}, when).ok());
  ASSERT_TRUE(give("bulletin.set_imprint", SetImprint{week, week + 9, "甲", 1, {}, {}, {}, {}, {}, {}}, when).ok());
  ASSERT_TRUE(give("onething.record_plan", onething::RecordPlan{{"TX"}, week, "甲", true}, when).ok());
  ASSERT_TRUE(give("onething.record_guide", onething::RecordGuide{{"TX"}, week, "甲", true, {}}, when).ok());
  ASSERT_TRUE(give("enterprise.list_chain", enterprise::ListChain{week, "甲"}, when).ok());
  ASSERT_TRUE(give("enterprise.plan_zone", enterprise::PlanZone{week, {"甲"}}, when).ok());
  ASSERT_TRUE(give("hall.record_duty", hall::RecordDuty{{"swt"}, "甲", "乙", week, week, 1}, when).ok());
  ASSERT_TRUE(give("hall.plan_duty", hall::PlanDuty{{"swt"}, "甲", "乙", week + 9}, when).ok());
  ASSERT_TRUE(give("hall.open_screen", hall::OpenScreen{"甲", Text<64>(std::string(64, '0'))}, when).ok());
  ASSERT_TRUE(give("staff.record_leave", staff::RecordLeave{{"swt"}, "乙", staff::LeaveKind::sick, week, week + 3,
                                                            staff::CountMode::calendar, 4, 1}, when).ok());
  ASSERT_TRUE(engine_->wait_followed(position_, std::chrono::seconds(10)));
  engine_.reset();
  auto store = store::open_sqlite(directory_.string(), store::Mode::write);
  ASSERT_TRUE(store.ok());
  const auto rebuilt = engine::rebuild((*store)->writer(), rooms, kCentre, {});
  EXPECT_EQ(rebuilt.facts, position_);
  const auto declared = rooms();
  EXPECT_EQ(rebuilt.views.size(), declared.guards.size() + declared.reports.size() + 1);  // and the engine's command ids
  for (const auto& v : rebuilt.views) {
    if (v.name != "bulletin_issue") {  // desk_test.cpp fills that one
      EXPECT_GT(v.rows, 0) << v.name;
    }
    EXPECT_FALSE(v.difference) << *v.difference;
  }
}
}  // namespace
}  // namespace yi::bulletin
