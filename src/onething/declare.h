#pragma once
#include "engine/registry.h"
#include "onething/rules.h"

namespace yi::onething {

// Commands onething.record_plan and onething.record_guide; views onething_recorded (guard) and onething_fact.
void declare(engine::Registry& registry, KnownBundle known);

}  // namespace yi::onething
