#include "base/time.h"

#include <gtest/gtest.h>

using namespace yi;

TEST(Time, DaysThatDoNotExistAreRefused) {
  for (const char* bad : {"2024-02-30", "2023-02-29", "2024-13-01", "2024-6-17", "2024-06-17 ", "", "1899-12-31"}) {
    auto d = parse_day(bad);
    ASSERT_FALSE(d.ok()) << bad;
    EXPECT_EQ(d.error().code, "base.bad_date");
  }
  EXPECT_EQ(to_iso(*parse_day("2024-02-29")), "2024-02-29");
}

TEST(Time, WeekdaysAndChineseDates) {
  EXPECT_EQ(parse_day("2024-06-17")->weekday(), 1);
  EXPECT_EQ(parse_day("2024-06-23")->weekday(), 7);
  EXPECT_EQ(parse_day("1969-12-31")->weekday(), 3);
  EXPECT_EQ(to_chinese(CivilDay::of(2024, 6, 21), true), "2024年6月21日（周五）");
}

TEST(Time, AnInstantBelongsToItsDayAtUtcPlus8) {
  const auto t = *parse_instant("2024-06-16T16:00:00Z");
  EXPECT_EQ(to_iso(civil_day(t)), "2024-06-17");
  EXPECT_EQ(to_iso(t), "2024-06-17T00:00:00.000+08:00");
  EXPECT_EQ(civil_day(t + (-1)), CivilDay::of(2024, 6, 16));
  EXPECT_EQ(parse_instant(to_iso(t))->ms, t.ms);
  EXPECT_EQ(minute_of_day(at(CivilDay::of(2024, 6, 17), 9, 30)), 570);
  EXPECT_FALSE(parse_instant("2024-06-17T24:00:00+08:00").ok());
  EXPECT_FALSE(parse_instant("2024-06-17T09:00:00+09:00").ok());
}
