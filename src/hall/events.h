#pragma once
// Facts of the hall itself. Stream: "hall:duty".
#include "base/json.h"

namespace yi::hall {

// 厅（局）长进大厅: a leader of a department stood duty at the windows.
struct DutyRecorded {
  static constexpr std::string_view kName = "hall.duty_recorded/1";
  DepartmentCode department;
  Text<120> post;            // several posts of one person join with 、: "党组成员、副厅长"
  Text<60> name;
  CivilDay from, to;         // both included; one day is the rule, a week where the day was not kept
  std::int32_t rank = 0;     // the order in lists, entered: 1 stands first
};
BOOST_DESCRIBE_STRUCT(DutyRecorded, (), (department, post, name, from, to, rank))

}  // namespace yi::hall
