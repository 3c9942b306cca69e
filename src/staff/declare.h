#pragma once
#include "engine/registry.h"
#include "staff/rules.h"

namespace yi::staff {

// Command staff.record_leave; view staff_leave.
void declare(engine::Registry& registry, KnownDepartment known);

}  // namespace yi::staff
