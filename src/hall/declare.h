#pragma once
#include "engine/registry.h"
#include "hall/screens.h"

namespace yi::hall {

// Screens and leaders' duty. Without `known_window` every window is one.
void declare(engine::Registry& registry, KnownDepartment known, KnownWindow known_window = {});

}  // namespace yi::hall
