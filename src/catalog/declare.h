#pragma once
#include "catalog/changes.h"
#include "engine/registry.h"

namespace yi::catalog {

// Commands catalog.propose_change, approve_change, refuse_change, withdraw_change; guard catalog_change, one row a proposal, which
// publishes to `changes`: what the table has when the lane is opened, then each change. Declared before the rooms that read the
// catalogue, so that a rebuild knows a version before the first case under it. `changes` knows all its kinds by now.
void declare(engine::Registry& registry, std::shared_ptr<Changes> changes);

}  // namespace yi::catalog
