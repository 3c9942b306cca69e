#pragma once
#include "engine/registry.h"
#include "enterprise/rules.h"

namespace yi::enterprise {

// Commands enterprise.publish_list, enterprise.plan_zone, enterprise.list_chain; views enterprise_listed (guard) and
// enterprise_fact.
void declare(engine::Registry& registry);

}  // namespace yi::enterprise
