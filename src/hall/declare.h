#pragma once
#include "engine/registry.h"
#include "hall/rules.h"

namespace yi::hall {

// Command hall.record_duty; view hall_duty.
void declare(engine::Registry& registry, KnownDepartment known);

}  // namespace yi::hall
