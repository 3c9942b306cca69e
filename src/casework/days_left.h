#pragma once
// How long a case still has, in a word for a row of a list: counted by the calendar of the statutory clock, so that no page counts days.
#include <optional>
#include <string>

#include "casework/clocks.h"
#include "casework/warnings.h"

namespace yi::casework {

struct DaysLeft {
  // Until the nearest limit ends: 0 on its last day, below zero when it has passed. None while nothing runs, and where the calendar has no
  // such year.
  std::optional<std::int32_t> days_left;
  std::optional<calendar::Unit> days_unit;
  std::optional<std::string> paused_for;  // 听证, while a special procedure stops the clocks
  std::string days_words;                 // "剩 3 个工作日", "今日到期", "已超期 2 个工作日", "已暂停·听证"
};
BOOST_DESCRIBE_STRUCT(DaysLeft, (), (days_left, days_unit, paused_for, days_words))

// `light`: of the same day. `matter`: the version that the case began with; nullptr where the catalogue has lost it.
DaysLeft days_left_of(const CaseState& s, std::optional<Light> light, CivilDay today, const catalog::Matter* matter, const calendar::Calendar& calendar);

}  // namespace yi::casework
