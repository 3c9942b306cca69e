#pragma once
// The doors behind the catalogue's editor.
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::catalog {

// GET /api/catalog/settings, GET /api/catalog/matters, GET /api/catalog/matters/{code}/versions, POST /api/catalog/check_change. Engine and catalogue outlive the
// router.
void add_doors(http::Router& router, engine::Engine& engine, const Catalog& catalog);

}  // namespace yi::catalog
