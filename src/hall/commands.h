#pragma once
#include "hall/events.h"

namespace yi::hall {

// 登记领导值守. The same fields as the fact.
struct RecordDuty {
  DepartmentCode department;
  Text<120> post;
  Text<60> name;
  CivilDay from, to;
  std::int32_t rank = 0;
};
BOOST_DESCRIBE_STRUCT(RecordDuty, (), (department, post, name, from, to, rank))

}  // namespace yi::hall
