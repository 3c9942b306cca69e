#pragma once
#include "staff/events.h"

namespace yi::staff {

// 登记已批准的请假. How its days count says the kind, and how many there are the calendar: given, both have to agree.
struct RecordLeave {
  DepartmentCode department;
  Text<60> name;
  LeaveKind kind = LeaveKind::annual;
  CivilDay from, to;
  std::optional<CountMode> count_mode = {};
  std::optional<std::int32_t> days = {};
  std::int32_t rank = 0;
  std::optional<Text<64>> account = {};  // whose leave it is, where they have one
};
BOOST_DESCRIBE_STRUCT(RecordLeave, (), (department, name, kind, from, to, count_mode, days, rank, account))
struct TakeBackLeave {
  RecordId recorded;
  WrongEntry why{};
};
BOOST_DESCRIBE_STRUCT(TakeBackLeave, (), (recorded, why))

}  // namespace yi::staff
