#pragma once
// Years whose notice (放假通知) is not published yet: Saturdays, Sundays and the 13 statutory days of
// 全国年节及纪念日放假办法 (revision of 2024, in force from 2025-01-01), each made up when it falls on a weekend. Such a year is
// provisional (暂定): the notice will move weekends, and everything computed from the year says so.
#include <string>
#include <string_view>
#include <vector>

#include "calendar/calendar.h"

namespace yi::calendar {

// The festivals of one year that follow the moon, and 清明, the sun's term.
struct LunarYear {
  int year = 0;
  CivilDay spring_festival;  // 正月初一
  CivilDay qingming;
  CivilDay dragon_boat;      // 五月初五
  CivilDay mid_autumn;       // 八月十五
};

// lunar.yaml: the law behind provisional years and the festivals' days, year by year without gaps.
struct LunarTable {
  Notice rule;
  int from_year = 0;  // the law's present text holds from here on
  std::vector<LunarYear> years;
};

// Codes: those of base/yaml.h and calendar.bad_file (a day outside the weeks in which its festival can fall, a year out
// of order, a day of another year).
Result<LunarTable> parse_lunar(std::string_view text, const std::string& file_name);

// The year as the law alone gives it:
//   §2  元旦 1 · 春节 4 (除夕、初一至初三) · 清明节 1 · 劳动节 2 (5月1日、2日) · 端午节 1 · 中秋节 1 · 国庆节 3 (10月1日至3日)
//   §6  a day off for all citizens that falls on Saturday or Sunday is made up on a working day: here the next one that
//       is not off already, a convention of this program. So is 中秋 when it falls on 国庆, as the notice of 2020 did.
YearFile provisional_year(const LunarTable& table, const LunarYear& year);

}  // namespace yi::calendar
