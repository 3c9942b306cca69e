#include "calendar/calendar.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "calendar/clock.h"

using namespace yi;
using namespace yi::calendar;

namespace {

const Calendar& national() {
  static const Calendar c = [] {
    auto loaded = Calendar::load("data/calendar");
    if (!loaded) throw std::runtime_error(loaded.error().sentence + loaded.error().where);
    return *std::move(loaded);
  }();
  return c;
}

CivilDay day(const char* iso) { return *parse_day(iso); }

// What differs from Monday-to-Friday weeks, as "MM-DD MM-DD …".
std::string exceptions(int year, DayKind wanted) {
  std::string out;
  for (CivilDay d = CivilDay::of(year, 1, 1); d.year() == year; ++d) {
    const bool weekend = d.weekday() >= 6;
    if (*national().kind(d) == wanted && weekend == (wanted == DayKind::working))
      out += (out.empty() ? "" : " ") + to_iso(d).substr(5);
  }
  return out;
}

}  // namespace

// The table of casework.md 2.3, typed out day by day (ranges expanded).
TEST(Calendar, TheYears2024To2026AreTheNoticesDays) {
  EXPECT_EQ(national().working_days_of(2024), WorkingDays{251});
  EXPECT_EQ(national().working_days_of(2025), WorkingDays{248});
  EXPECT_EQ(national().working_days_of(2026), WorkingDays{248});
  EXPECT_EQ(exceptions(2024, DayKind::working), "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12");
  EXPECT_EQ(exceptions(2024, DayKind::rest),
            "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 10-01 10-02 10-03 "
            "10-04 10-07");
  EXPECT_EQ(exceptions(2025, DayKind::working), "01-26 02-08 04-27 09-28 10-11");
  EXPECT_EQ(exceptions(2025, DayKind::rest),
            "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 "
            "10-08");
  EXPECT_EQ(exceptions(2026, DayKind::working), "01-04 02-14 02-28 05-09 09-20 10-10");
  EXPECT_EQ(exceptions(2026, DayKind::rest),
            "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 "
            "10-06 10-07");
}

TEST(Calendar, TheYears2020To2023AreTheNoticesDays) {
  EXPECT_EQ(national().working_days_of(2020), WorkingDays{249});
  EXPECT_EQ(national().working_days_of(2021), WorkingDays{250});
  EXPECT_EQ(national().working_days_of(2022), WorkingDays{249});
  EXPECT_EQ(national().working_days_of(2023), WorkingDays{249});
  // 2020: the Saturday 02-01 was to be worked until 国办发明电〔2020〕1号 made it a day off.
  EXPECT_EQ(exceptions(2020, DayKind::working), "01-19 04-26 05-09 06-28 09-27 10-10");
  EXPECT_EQ(exceptions(2020, DayKind::rest),
            "01-01 01-24 01-27 01-28 01-29 01-30 01-31 04-06 05-01 05-04 05-05 06-25 06-26 10-01 10-02 10-05 10-06 "
            "10-07 10-08");
  EXPECT_EQ(exceptions(2021, DayKind::working), "02-07 02-20 04-25 05-08 09-18 09-26 10-09");
  EXPECT_EQ(exceptions(2022, DayKind::working), "01-29 01-30 04-02 04-24 05-07 10-08 10-09");
  EXPECT_EQ(exceptions(2023, DayKind::working), "01-28 01-29 04-23 05-06 06-25 10-07 10-08");
  EXPECT_EQ(exceptions(2023, DayKind::rest),
            "01-02 01-23 01-24 01-25 01-26 01-27 04-05 05-01 05-02 05-03 06-22 06-23 09-29 10-02 10-03 10-04 10-05 "
            "10-06");
}

TEST(Calendar, EveryYearNamesItsNotice) {
  EXPECT_EQ(national().years().front(), 2020);
  EXPECT_EQ(national().years().back(), 2040);
  EXPECT_EQ(national().years().size(), 21u);
  for (int year : national().years()) {
    EXPECT_EQ(national().provisional(year), year > 2026) << year;
    if (national().provisional(year)) continue;  // provisional_test.cpp
    const auto notices = national().notices(year);
    ASSERT_FALSE(notices.empty()) << year;
    for (const auto& n : notices) {
      EXPECT_TRUE(n.number.starts_with("国办发明电〔")) << n.number;
      EXPECT_TRUE(n.issued.year() == year - 1 || n.issued.year() == year) << n.number;
    }
  }
  EXPECT_EQ(national().notices(2020).size(), 2u);
  EXPECT_EQ(national().notices(2024).at(0).number, "国办发明电〔2023〕7号");
  EXPECT_TRUE(national().notices(2024).at(0).verified);
  EXPECT_TRUE(national().notices(2041).empty());
}

TEST(Calendar, ADaySaysWhyItIsWhatItIs) {
  EXPECT_EQ(national().describe(day("2024-10-01"))->reason, "国庆节放假");
  EXPECT_EQ(national().describe(day("2024-09-29"))->reason, "调休上班（国庆节）");
  EXPECT_EQ(national().describe(day("2024-09-28"))->reason, "周末");
  EXPECT_EQ(national().describe(day("2024-09-27"))->reason, "工作日");
  EXPECT_EQ(national().describe(day("2025-10-06"))->reason, "国庆节、中秋节放假");
  EXPECT_EQ(national().describe(day("2024-09-29"))->kind, DayKind::working);
}

TEST(Calendar, AYearWithoutNoticeIsRefused) {
  for (const char* iso : {"2019-12-31", "2041-01-01"}) {
    const auto k = national().kind(day(iso));
    ASSERT_FALSE(k.ok()) << iso;
    EXPECT_EQ(k.error().code, "calendar.year_missing");
    EXPECT_NE(k.error().sentence.find(std::string(iso).substr(0, 4)), std::string::npos) << k.error().sentence;
  }
  EXPECT_EQ(national().add_working_days(day("2040-12-31"), WorkingDays{1}).error().code, "calendar.year_missing");
  EXPECT_EQ(*national().add_working_days(day("2040-12-30"), WorkingDays{1}), day("2040-12-31"));
  EXPECT_EQ(national().count_working_days(day("2040-12-30"), day("2041-01-01")).error().code, "calendar.year_missing");
  EXPECT_EQ(national().next_working_day(day("2019-12-31")).error().code, "calendar.year_missing");
}

TEST(Calendar, AddingNothingGivesTheDayItselfAndANegativeNumberIsRefused) {
  EXPECT_EQ(*national().add_working_days(day("2024-06-22"), WorkingDays{0}), day("2024-06-22"));
  EXPECT_EQ(national().add_working_days(day("2024-06-22"), WorkingDays{-1}).error().code, "calendar.bad_days");
  EXPECT_EQ(*national().count_working_days(day("2024-06-22"), day("2024-06-22")), WorkingDays{0});
  EXPECT_EQ(*national().count_working_days(day("2024-06-22"), day("2024-06-01")), WorkingDays{0});
  EXPECT_EQ(*national().next_working_day(day("2024-06-21")), day("2024-06-21"));
  EXPECT_EQ(*national().next_working_day(day("2024-06-22")), day("2024-06-24"));
}

// Every pair (day, n up to 300) of all years against a walk on foot.
TEST(Calendar, AddAndCountAgreeWithAWalkDayByDay) {
  const CivilDay begin = day("2019-12-31"), end = day("2040-12-31");
  std::vector<CivilDay> working;
  for (CivilDay d = begin + 1; d <= end; ++d)
    if (*national().kind(d) == DayKind::working) working.push_back(d);
  std::size_t next = 0;  // index of the first working day after `from`
  for (CivilDay from = begin; from < end; ++from) {
    while (next < working.size() && working[next] <= from) ++next;
    for (int n : {1, 2, 5, 20, 45, 60, 249, 300}) {
      const auto got = national().add_working_days(from, WorkingDays{n});
      const std::size_t at = next + static_cast<std::size_t>(n) - 1;
      if (at >= working.size()) {
        ASSERT_FALSE(got.ok()) << to_iso(from) << "+" << n;
        continue;
      }
      ASSERT_EQ(*got, working[at]) << to_iso(from) << "+" << n;
      ASSERT_EQ(*national().count_working_days(from, *got), WorkingDays{n}) << to_iso(from);
      ASSERT_EQ(*national().count_working_days(from, *got - 1), WorkingDays{n - 1}) << to_iso(from);
    }
  }
}

// Different units do not add up; a unit adds up with itself.
template <class A, class B>
concept Addable = requires(A a, B b) { a + b; };
static_assert(!Addable<WorkingDays, CalendarDays>);
static_assert(!Addable<CalendarDays, WorkingDays>);
static_assert(!Addable<CivilDay, WorkingDays>, "a working day needs a calendar");
static_assert(!std::is_convertible_v<int, WorkingDays> && !std::is_convertible_v<WorkingDays, CalendarDays>);

TEST(Calendar, UnitsAddUpOnlyWithThemselves) {
  EXPECT_EQ(WorkingDays{20} + WorkingDays{10}, WorkingDays{30});
  EXPECT_EQ(day("2024-02-28") + CalendarDays{2}, day("2024-03-01"));
}
