#pragma once
#include "engine/registry.h"
#include "staff/rules.h"

namespace yi::staff {

// Command staff.record_leave; view staff_leave.
// Without `working_days` a leave in working days is bounded by its span alone.
void declare(engine::Registry& registry, KnownDepartment known, WorkingDaysOf working_days = {});

}  // namespace yi::staff
