#pragma once
#include "staff/events.h"

namespace yi::staff {

// 登记请假. The same fields as the fact; rules.h says what is refused.
struct RecordLeave {
  DepartmentCode department;
  Text<60> name;
  LeaveKind kind = LeaveKind::annual;
  CivilDay from, to;
  CountMode count_mode = CountMode::working;
  std::int32_t days = 0;
  std::int32_t rank = 0;
};
BOOST_DESCRIBE_STRUCT(RecordLeave, (), (department, name, kind, from, to, count_mode, days, rank))

}  // namespace yi::staff
