#pragma once
#include "engine/engine.h"
#include "engine/registry.h"
#include "http/router.h"
#include "staff/rules.h"

namespace yi::staff {

// Commands staff.record_leave, staff.take_back_leave; views staff_leave, staff_leave_recorded.
void declare(engine::Registry& registry, RecordGround ground);
inline void declare(engine::Registry& registry, KnownDepartment known, WorkingDaysOf working_days = {}) { declare(registry, RecordGround{std::move(known), std::move(working_days)}); }

// GET /api/staff/leaves/recorded.
void add_record_doors(http::Router& router, engine::Engine& engine, std::shared_ptr<const LeaveRules> rules);

}  // namespace yi::staff
