#include "calendar/clock.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/limits.h"
#include "calendar/oracle.h"

using namespace yi;
using namespace yi::calendar;

namespace {

class Clock : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { calendar_ = new Calendar(*Calendar::load("data/calendar")); }
  static void TearDownTestSuite() { delete calendar_; }
  static const Calendar& calendar() { return *calendar_; }

 private:
  static inline Calendar* calendar_ = nullptr;
};

CivilDay day(const char* iso) { return *parse_day(iso); }
Pause pause(const char* from, const char* to, std::string reason = "专家评审") {
  return {day(from), to ? std::optional(day(to)) : std::nullopt, std::move(reason)};
}
const CountedDay& entry(const DueAnswer& a, const char* iso) {
  for (const auto& d : a.days)
    if (d.day == day(iso)) return d;
  throw std::runtime_error(std::string("no entry for ") + iso);
}

}  // namespace

TEST_F(Clock, TheDayOfTheEventIsNotCountedUnlessThePolicySaysSo) {
  auto q = DueQuestion::of(day("2024-06-17"), WorkingDays{1});
  EXPECT_EQ(due(calendar(), q)->due, day("2024-06-18"));
  q.count_from = CountFrom::same_day;
  EXPECT_EQ(due(calendar(), q)->due, day("2024-06-17"));
  q.from = day("2024-06-16");  // a Sunday cannot be day 1
  EXPECT_EQ(due(calendar(), q)->due, day("2024-06-17"));
  auto nature = DueQuestion::of(day("2024-06-17"), CalendarDays{1});
  nature.count_from = CountFrom::same_day;
  EXPECT_EQ(due(calendar(), nature)->due, day("2024-06-17"));
}

TEST_F(Clock, EveryDayOfTheExplanationHasItsReasonAndArticle) {
  auto q = DueQuestion::of(day("2025-09-26"), WorkingDays{20});
  q.basis = article::kExtension;
  q.pauses = {pause("2025-10-13", "2025-10-17", "听证"), pause("2025-10-15", "2025-10-16", "检验")};
  q.extensions = {Extension{10}};
  const auto a = due(calendar(), q, Explain::yes);
  ASSERT_TRUE(a.ok());
  EXPECT_EQ(a->due, day("2025-11-20"));
  EXPECT_EQ(a->total, 30);
  EXPECT_EQ(a->days.front().effect, DayEffect::event);
  EXPECT_EQ(a->days.front().basis, "民法典第二百零一条");
  EXPECT_EQ(entry(*a, "2025-09-27").reason, "周末");
  EXPECT_EQ(entry(*a, "2025-09-27").basis, "行政许可法第八十二条");
  EXPECT_EQ(entry(*a, "2025-09-28").number, 1);
  EXPECT_EQ(entry(*a, "2025-09-28").reason, "调休上班（国庆节、中秋节）");
  EXPECT_EQ(entry(*a, "2025-10-01").reason, "国庆节、中秋节放假");
  EXPECT_EQ(entry(*a, "2025-10-13").reason, "暂停计时（听证）");
  EXPECT_EQ(entry(*a, "2025-10-15").reason, "暂停计时（听证、检验）");
  EXPECT_EQ(entry(*a, "2025-10-15").basis, "行政许可法第四十五条");
  EXPECT_EQ(entry(*a, "2025-11-06").number, 20);
  EXPECT_EQ(entry(*a, "2025-11-06").effect, DayEffect::counted);
  EXPECT_EQ(entry(*a, "2025-11-07").effect, DayEffect::extended);
  EXPECT_EQ(entry(*a, "2025-11-07").reason, "工作日，延长的第1日");
  EXPECT_EQ(entry(*a, "2025-11-07").basis, "行政许可法第四十二条");
  EXPECT_EQ(a->days.back().day, day("2025-11-20"));
  EXPECT_EQ(a->days.back().number, 30);
  ASSERT_EQ(a->notices.size(), 1u);
  EXPECT_EQ(a->notices[0].number, "国办发明电〔2024〕12号");
}

TEST_F(Clock, OtherKindsOfMatterNameTheirOwnBasis) {
  auto q = DueQuestion::of(day("2024-06-20"), WorkingDays{2});
  q.rest_basis = "城市居民最低生活保障条例";
  q.pauses = {{day("2024-06-24"), day("2024-06-24"), "入户核查", "市办事规程第九条"}};
  const auto a = due(calendar(), q, Explain::yes);
  EXPECT_EQ(entry(*a, "2024-06-22").basis, "城市居民最低生活保障条例");
  EXPECT_EQ(entry(*a, "2024-06-24").basis, "市办事规程第九条");
}

TEST_F(Clock, TheEndMovesOverDaysOfRestInCalendarDaysOnly) {
  const auto a = due(calendar(), DueQuestion::of(day("2025-09-01"), CalendarDays{30}), Explain::yes);
  EXPECT_EQ(a->due, day("2025-10-09"));
  EXPECT_EQ(entry(*a, "2025-10-01").number, 30);
  EXPECT_EQ(entry(*a, "2025-10-01").reason, "自然日（国庆节、中秋节放假）");
  EXPECT_EQ(entry(*a, "2025-10-02").effect, DayEffect::postponed);
  EXPECT_EQ(entry(*a, "2025-10-09").effect, DayEffect::postponed_to);
  EXPECT_EQ(entry(*a, "2025-10-09").basis, "民法典第二百零三条");
  EXPECT_EQ(a->counted, 30);
}

TEST_F(Clock, ThePausesOwnBasisComesFirst) {
  auto q = DueQuestion::of(*parse_day("2025-03-03"), WorkingDays{5});
  q.pauses = {pause("2025-03-05", "2025-03-05", "公示"), pause("2025-03-06", "2025-03-06", "听证")};
  q.pauses[0].basis = "该事项实施办法第九条";
  const auto a = due(calendar(), q, Explain::yes);
  ASSERT_TRUE(a.ok());
  EXPECT_EQ(entry(*a, "2025-03-05").basis, "该事项实施办法第九条");
  EXPECT_EQ(entry(*a, "2025-03-06").basis, "行政许可法第四十五条");
}

TEST_F(Clock, AnOpenPauseLeavesNoDueDate) {
  auto q = DueQuestion::of(day("2025-03-03"), WorkingDays{20});
  q.pauses = {pause("2025-03-17", nullptr)};
  const auto a = due(calendar(), q, Explain::yes);
  EXPECT_FALSE(a->due);
  EXPECT_EQ(a->paused_since, day("2025-03-17"));
  EXPECT_EQ(a->counted, 9);
  EXPECT_EQ(a->total, 20);
  EXPECT_EQ(a->days.back().effect, DayEffect::paused);
  q.pauses = {pause("2025-02-01", nullptr)};
  EXPECT_EQ(due(calendar(), q)->paused_since, day("2025-03-04")) << "paused before the clock began";
}

TEST_F(Clock, WrongQuestionsAreRefused) {
  auto q = DueQuestion::of(day("2025-03-03"), WorkingDays{0});
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.bad_days");
  q.days = static_cast<int>(limits::kDueDays.value) + 1;
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.bad_days");
  q.days = 20;
  q.extensions = {Extension{-5}};
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.bad_days");
  q.extensions = {Extension{2'000'000'000}, Extension{2'000'000'000}};
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.bad_days");
  q.extensions.clear();
  q.pauses = {pause("2025-03-10", "2025-03-09")};
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.pause_reversed");
  q.pauses.assign(static_cast<std::size_t>(limits::kDuePauses.value) + 1, pause("2025-03-10", "2025-03-10"));
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.too_many_pauses");
}

TEST_F(Clock, ALimitOfCalendarDaysNeedsOnlyTheNoticeOfItsEnd) {
  auto q = DueQuestion::of(day("2040-12-01"), CalendarDays{800});
  q.pauses = {pause("2042-01-03", nullptr)};
  const auto a = due(calendar(), q, Explain::yes);
  ASSERT_TRUE(a.ok()) << a.error().sentence;
  EXPECT_EQ(a->paused_since, day("2042-01-03"));
  EXPECT_FALSE(a->provisional) << "no day was judged by a calendar";
  q.pauses.clear();
  EXPECT_EQ(due(calendar(), q).error().code, "calendar.year_missing");
}

TEST_F(Clock, QuestionAndAnswerAreJson) {
  auto q = DueQuestion::of(day("2025-03-03"), WorkingDays{1});
  const auto back = json::read<DueQuestion>(json::write(q));
  ASSERT_TRUE(back.ok()) << back.error().where;
  EXPECT_EQ(due(calendar(), *back)->due, day("2025-03-04"));
  EXPECT_EQ(json::write(*due(calendar(), q)), R"({"due":"2025-03-04","total":1,"counted":1,"provisional":false,"days":[],"notices":[]})");
}

TEST_F(Clock, RandomHistoriesAgreeWithTheWalkDayByDay) { oracle::compare(7, 20'000); }

// Printed, not asserted: a time is the machine's affair. Budget: 20 us for a case with 20 pauses.
TEST_F(Clock, MeasureACaseWithTwentyPauses) {
  auto q = DueQuestion::of(day("2024-01-02"), WorkingDays{60});
  for (int i = 0; i < 20; ++i) q.pauses.push_back({q.from + (3 + 7 * i), q.from + (5 + 7 * i), "检验"});
  q.extensions = {Extension{10}};
  for (const auto explain : {Explain::no, Explain::yes}) {
    const int rounds = explain == Explain::no ? 20'000 : 500;
    std::int64_t sum = 0;
    const auto begin = monotonic_ns();
    for (int i = 0; i < rounds; ++i) sum += due(calendar(), q, explain)->due->days;
    const double us = static_cast<double>(monotonic_ns() - begin) / 1e3 / rounds;
    fmt::print("due() with 20 pauses, {}: {:.2f} us\n", explain == Explain::no ? "date only" : "explained", us);
    EXPECT_EQ(sum, std::int64_t{rounds} * due(calendar(), q)->due->days);
  }
}
