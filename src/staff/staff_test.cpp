#include <gtest/gtest.h>

#include <filesystem>

#include "engine/engine.h"
#include "staff/declare.h"
#include "staff/views.h"

namespace yi::staff {
namespace {
const KnownDepartment kKnown = [](const DepartmentCode& d) { return d.value == "slt"; };
const WorkingDaysOf kAtMostEighty = [](CivilDay, CivilDay) { return std::optional<int>(80); };
RecordLeave leave(const char* from, const char* to, CountMode mode, int days) {
  return {{"slt"}, "王五五", LeaveKind::sick, *parse_day(from), *parse_day(to), mode, days, 1};
}

TEST(Leave, ARuleIsTestedWithTwoLines) {
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-20", CountMode::calendar, 11), kKnown).ok());
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-20", CountMode::calendar, 9), kKnown).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-20", CountMode::working, 12), kKnown).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-09", CountMode::working, 1), kKnown).error().code, "staff.span_reversed");
  EXPECT_EQ(decide(leave("2024-06-10", "2026-06-09", CountMode::working, 1), kKnown).error().code, "staff.span_too_long");
  auto c = leave("2024-06-10", "2024-06-12", CountMode::working, 3);
  c.department.value = "nobody";
  EXPECT_EQ(decide(c, kKnown).error().code, "staff.unknown_department");
  c = leave("2024-06-10", "2024-06-12", CountMode::working, 3);
  c.name = " ";
  EXPECT_EQ(decide(c, kKnown).error().code, "staff.name_missing");
  c.name = "王五五";
  c.rank = 0;
  EXPECT_EQ(decide(c, kKnown).error().code, "staff.bad_rank");
}

TEST(Leave, WorkingDaysAreBoundedByTheCalendar) {
  // Monday 2024-06-10 was the Dragon Boat Festival: ten days with seven working days.
  const WorkingDaysOf calendar = [](CivilDay from, CivilDay to) -> std::optional<int> {
    if (to.year() != 2024) return std::nullopt;
    return from == CivilDay::of(2024, 6, 10) && to == CivilDay::of(2024, 6, 19) ? 7 : 0;
  };
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 7), kKnown, calendar).ok());
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 1), kKnown, calendar).ok());
  EXPECT_EQ(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 8), kKnown, calendar).error().code,
            "staff.days_do_not_fit");
  EXPECT_EQ(decide(leave("2024-06-15", "2024-06-16", CountMode::working, 1), kKnown, calendar).error().where, "/days");
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::calendar, 10), kKnown, calendar).ok());
  EXPECT_TRUE(decide(leave("2029-06-10", "2029-06-19", CountMode::working, 10), kKnown, calendar).ok());  // no such year yet
  EXPECT_EQ(decide(leave("2029-06-10", "2029-06-19", CountMode::working, 11), kKnown, calendar).error().code,
            "staff.days_do_not_fit");
  EXPECT_TRUE(decide(leave("2024-06-10", "2024-06-19", CountMode::working, 8), kKnown).ok());
}

TEST(Leave, EveryReasonHasItsTextsInItsPlace) {
  const auto codes = refusal_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto r = refuse(static_cast<Reason>(i));
    EXPECT_EQ(r.code, codes[i]);
    EXPECT_FALSE(r.sentence.empty() || r.next_step.empty() || r.where.empty());
  }
}

class LeaveEngine : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::temp_directory_path() /
                 ("yi_staff_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(directory_);
    auto e = engine::Engine::open(directory_.string(), [] { engine::Registry r; declare(r, kKnown, kAtMostEighty); return r; },
                                  {kCentre, {true, at(CivilDay::of(2024, 6, 24), 9, 0)}});
    ASSERT_TRUE(e.ok()) << e.error().sentence;
    engine_ = std::move(*e);
  }
  void TearDown() override {
    engine_.reset();
    std::filesystem::remove_all(directory_);
  }
  Result<engine::Answer> give(const RecordLeave& c) {
    return engine_->run("staff.record_leave", json::write(c), {"t", "operator"});
  }
  static constexpr CentreCode kCentre{510000};
  std::filesystem::path directory_;
  std::unique_ptr<engine::Engine> engine_;
};

TEST_F(LeaveEngine, LeavesThatTouchTheWeekAreFoundAndHealthIsForTheOperator) {
  auto annual = [](const char* name, const char* from, const char* to, int days, int rank) {
    return RecordLeave{{"slt"}, name, LeaveKind::annual, *parse_day(from), *parse_day(to), CountMode::working, days, rank};
  };
  ASSERT_TRUE(give(annual("末日到", "2024-06-10", "2024-06-17", 5, 4)).ok());   // its last day touches
  ASSERT_TRUE(give(annual("早结束", "2024-06-10", "2024-06-16", 4, 3)).ok());   // ends the day before
  ASSERT_TRUE(give(annual("晚开始", "2024-06-22", "2024-06-28", 5, 2)).ok());   // begins the day after
  ASSERT_TRUE(give(annual("太短了", "2024-06-18", "2024-06-19", 2, 1)).ok());   // two days
  ASSERT_TRUE(give(annual("跨两头", "2024-05-01", "2024-08-30", 80, 2)).ok());
  auto last = give(leave("2024-06-20", "2024-06-30", CountMode::calendar, 11));  // sick, rank 1
  ASSERT_TRUE(last.ok());
  ASSERT_TRUE(engine_->wait_followed(last->position, std::chrono::seconds(5)));
  auto reader = engine_->reader();
  auto names = [&](const identity::Viewer& v) {
    std::string s;
    for (const auto& l : leaves_touching(*reader, kCentre, v, CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21), 3))
      s += l.fact.name + " ";
    return s;
  };
  EXPECT_EQ(names(identity::Viewer::operator_named("t")), "王五五 跨两头 末日到 ");
  EXPECT_EQ(names(identity::Viewer::anonymous()), "跨两头 末日到 ");
}

TEST_F(LeaveEngine, ARefusedLeaveLeavesNothing) {
  EXPECT_EQ(give(leave("2024-06-10", "2024-06-20", CountMode::calendar, 2)).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(give(leave("2024-05-01", "2024-08-30", CountMode::working, 81)).error().code, "staff.days_do_not_fit");
  EXPECT_EQ(engine_->position(), 0);
}
}  // namespace
}  // namespace yi::staff
