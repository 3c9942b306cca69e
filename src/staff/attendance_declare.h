#pragma once
#include "engine/engine.h"
#include "http/router.h"
#include "identity/subjects.h"
#include "staff/attendance_rules.h"

namespace yi::staff {

// Commands staff.sign … staff.return_to_post, reports staff_attendance_words, staff_post_away, staff_work. `leaves`: what declare_leave gave.
void declare_attendance(engine::Registry& registry, const AttendanceGround& ground, const identity::Subjects& subjects, LeaveGuard& leaves);

// GET /api/staff/attendance/board, mine, days, figures, corrections, plan.
void add_attendance_doors(http::Router& router, engine::Engine& engine, const AttendanceGround& ground);

}  // namespace yi::staff
