#pragma once
// What was done at the windows, by account, window and day: counts of facts as they were recorded, for attendance_views.h.
#include "engine/registry.h"

namespace yi::staff {

enum class Work { consulted, received, accepted, transferred, issued };
inline constexpr int kWorks = 5;

// Report staff_work: one row an account, window ("" for none), and day.
void add_work_report(engine::Registry& registry);

}  // namespace yi::staff
