#pragma once
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::exchange {

// GET /api/exchange/cases. Engine and catalogue outlive the router.
void add_doors(http::Router& router, engine::Engine& engine, const catalog::Catalog& catalog);

}  // namespace yi::exchange
