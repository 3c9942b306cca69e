#include "replay/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>

#include "casework/rules.h"
#include "casework/views.h"
#include "engine/engine.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::replay;

namespace {
const std::shared_ptr<const catalog::Catalog>& the_catalog() {
  static const auto c = std::make_shared<const catalog::Catalog>(catalog::Catalog::load(YI_SOURCE_DIR "/data/sichuan").value());
  return c;
}
const std::shared_ptr<const calendar::Calendar>& the_calendar() {
  static const auto c = std::make_shared<const calendar::Calendar>(calendar::Calendar::load(YI_SOURCE_DIR "/data/calendar").value());
  return c;
}
PlanRequest request(WindowFigures f, bool first = true) {
  PlanRequest q;
  q.figures = f;
  q.from = CivilDay::of(2024, 6, 17);
  q.to = CivilDay::of(2024, 6, 21);
  q.first_week = first;
  return q;
}
void expect_sums(const Mixture& m, const WindowFigures& f) {
  EXPECT_EQ(m.accepted(), f.accepted);
  EXPECT_EQ(m.issued(), f.issued);
  EXPECT_EQ(m.transferred(), f.transferred);
  for (auto n : {m.finished, m.instant, m.in_review, m.accepted_only, m.returned, m.results_issued, m.results_waiting,
                 m.carried_over, m.waiting_issued, m.review_finished, m.accepted_finished})
    EXPECT_GE(n, 0);
  EXPECT_LE(m.returned, m.finished + m.in_review);
}
}  // namespace

TEST(Mix, TheRealWeekIsLawfulWithoutCarriedOverCases) {
  const WindowFigures week{2230, 700, 3949, 5461};
  const auto m = mix(request(week), true).value();
  expect_sums(m, week);
  EXPECT_EQ(m.carried_over, 0);
  EXPECT_GT(m.finished, 200);
}

// Any figures of a first week are lawful; those of a later one exactly up to what transfers, decisions on the spot
// and results that waited can cover.
TEST(Mix, RandomFiguresFitOrAreRefusedForTheRightReason) {
  std::mt19937 random(3);
  const auto upto = [&](int n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n + 1)); };
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const WindowFigures f{upto(50), upto(40), upto(90), upto(90)};
    const auto first = mix(request(f), true);
    ASSERT_TRUE(first.ok());
    expect_sums(*first, f);
    auto q = request(f, false);
    const auto waiting = upto(30), reviewing = upto(10);
    for (std::int64_t k = 0; k < waiting; ++k) q.open_cases.push_back({{k + 1}, {"scjgj"}, casework::Stage::granted, casework::CaseType::promised, casework::Holder::issue_window, {}});
    for (std::int64_t k = 0; k < reviewing; ++k) q.open_cases.push_back({{k + 100}, {"scjgj"}, casework::Stage::in_review, casework::CaseType::promised, casework::Holder::department, {}});
    const auto later = mix(q, true);
    const bool possible = f.issued <= waiting + f.accepted + f.transferred;
    ASSERT_EQ(later.ok(), possible) << f.accepted << " " << f.issued << " " << f.transferred << " waiting " << waiting;
    if (!later.ok()) {
      EXPECT_EQ(later.error().code, "replay.not_lawful");
      ++refused;
      continue;
    }
    expect_sums(*later, f);
    EXPECT_EQ(later->carried_over, 0);
    EXPECT_LE(later->waiting_issued, waiting);
    EXPECT_LE(later->review_finished, reviewing);
  }
  EXPECT_GT(refused, 100);
}

// Every step is accepted by the real engine, in order, with the ids the plan foretold.
TEST(Plan, EveryStepIsLawful) {
  for (const WindowFigures f : {WindowFigures{40, 30, 60, 90}, WindowFigures{5, 12, 80, 20}, WindowFigures{0, 0, 7, 0}}) {
    auto q = request(f);
    const auto m = mix(q, true).value();
    const auto steps = plan(q, m, *the_catalog(), *the_calendar());
    ASSERT_TRUE(steps.ok()) << steps.error().sentence;
    store::TemporaryDirectory dir;
    engine::EngineOptions o;
    o.centre = {510000};
    o.clock_if_new = {true, at(CivilDay::of(2024, 6, 24), 9, 0)};
    auto e = engine::Engine::open(dir.path(), [] {
               engine::Registry r;
               casework::declare(r, casework::Ground{the_catalog(), the_calendar()}, identity::declare_subjects(r));
               return r;
             }, o).value();
    std::map<std::string, std::int64_t> facts;
    Instant last{};
    for (const auto& s : *steps) {
      EXPECT_GE(s.at, last);
      last = s.at;
      const auto a = e->run(s.command, s.body, {"replay", "operator"}, s.at);
      ASSERT_TRUE(a.ok()) << s.command << s.body << a.error().sentence;
      if (s.opens) {
        EXPECT_EQ(a->stream, casework::stream_of(s.opens));
      }
      ++facts[s.command];
    }
    EXPECT_EQ(facts["casework.consult"], f.consulted);
    EXPECT_EQ(facts["casework.accept"], f.accepted);
    EXPECT_EQ(facts["casework.issue"], f.issued);
    EXPECT_EQ(facts["casework.transfer"] + facts["casework.receive_result"], f.transferred);
    EXPECT_LT(last, start_of(CivilDay::of(2024, 6, 22)));
  }
}

TEST(Plan, OfficeHoursAndHolidays) {
  auto q = request({50, 0, 0, 0});
  q.from = CivilDay::of(2024, 6, 8);
  q.to = CivilDay::of(2024, 6, 11);  // Dragon Boat Festival on Monday 10 June: only the 11th is worked
  const auto steps = plan(q, mix(q, true).value(), *the_catalog(), *the_calendar()).value();
  ASSERT_EQ(steps.size(), 50u);
  for (const auto& s : steps) {
    EXPECT_EQ(to_iso(civil_day(s.at)), "2024-06-11");
    const int minute = minute_of_day(s.at);
    EXPECT_TRUE((minute >= 540 && minute < 720) || (minute >= 780 && minute < 1020)) << minute;
  }
  q.to = CivilDay::of(2024, 6, 10);
  EXPECT_EQ(plan(q, mix(q, true).value(), *the_catalog(), *the_calendar()).error().code, "replay.no_working_day");
}

// The days that the law and the promise give are kept by every life of the plan, and nothing is overdue on the morning
// the demonstration opens: also in a month, and in a second week that takes the first one's open cases on.
TEST(Plan, LivesKeepTheirLimits) {
  const auto& all = *the_catalog();
  for (const auto& [from, to, figures] : {std::tuple{"2024-06-17", "2024-06-21", WindowFigures{10, 300, 500, 900}},
                                          std::tuple{"2024-07-01", "2024-07-31", WindowFigures{10, 300, 900, 1400}},
                                          std::tuple{"2024-09-29", "2024-10-12", WindowFigures{10, 200, 600, 300}}})
    for (std::uint32_t seed : {1u, 7u, 99u}) {
      PlanRequest q;
      q.figures = figures;
      q.from = *parse_day(from);
      q.to = *parse_day(to);
      q.seed = seed;
      const auto steps = plan(q, mix(q, true).value(), all, *the_calendar()).value();
      struct Life {
        const catalog::Matter* matter = nullptr;
        std::optional<CivilDay> received, accepted, decided, issued;
      };
      std::map<std::string, Life> lives;
      const auto field = [](const std::string& body, const std::string& name) {
        const auto at = body.find("\"" + name + "\":\"");
        return at == body.npos ? std::string() : body.substr(at + name.size() + 4, body.find('"', at + name.size() + 4) - at - name.size() - 4);
      };
      for (const auto& s : steps) {
        const std::string command = s.command;
        if (command == "casework.consult") continue;
        auto& life = lives[s.opens ? std::to_string(s.opens.value) : field(s.body, "case_id")];
        const auto day = civil_day(s.at);
        if (s.opens) life.matter = all.find_matter({field(s.body, "matter")});
        if (command == "casework.receive") life.received = day;
        if (command == "casework.accept") life.accepted = day;
        if (command == "casework.decide") life.decided = day;
        if (command == "casework.issue") life.issued = day;
        if (command == "casework.receive_result" || command == "casework.carry_over") life.decided = *parse_day(field(s.body, "decided_on"));
        if (command == "casework.carry_over") life.accepted = *parse_day(field(s.body, "accepted_on"));
      }
      int checked = 0;
      for (const auto& [id, life] : lives) {
        ASSERT_NE(life.matter, nullptr) << id;
        const CivilDay open_until = q.to + 1;  // what is open must not be due before the next day
        if (life.accepted) {
          if (life.received) { EXPECT_LE(*life.accepted, *casework::notice_due(*the_calendar(), *life.received)); }
          const auto dues = casework::dues_from_acceptance(*life.matter, *the_calendar(), *life.accepted).value();
          const auto done = life.decided.value_or(open_until);
          if (dues.statutory) { EXPECT_LE(done, *dues.statutory) << id << life.matter->name << seed; }
          if (dues.promised) { EXPECT_LE(done, *dues.promised) << id << life.matter->name << seed; }
          ++checked;
        }
        if (life.decided) {
          const auto due = casework::delivery_due(*life.matter, *the_calendar(), *life.decided).value();
          if (due) { EXPECT_LE(life.issued.value_or(open_until), *due) << id << life.matter->name << seed; }
          checked += due.has_value();
        }
      }
      EXPECT_GT(checked, 400);
    }
}
