#pragma once
#include "engine/registry.h"
#include "hall/rules.h"

namespace yi::hall {

// Commands hall.record_duty, hall.open_screen, hall.close_screen; views hall_duty, hall_screen.
void declare(engine::Registry& registry, KnownDepartment known);

}  // namespace yi::hall
