#pragma once
// The doors behind the editors of what is changed by facts.
#include "catalog/changes.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::catalog {

// GET /api/catalog/items, GET /api/catalog/items/{kind}/{code}, GET /api/catalog/proposals, POST /api/catalog/check_change. The engine
// outlives the router.
void add_doors(http::Router& router, engine::Engine& engine, std::shared_ptr<const Changes> changes);

}  // namespace yi::catalog
