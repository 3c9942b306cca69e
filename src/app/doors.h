#pragma once
// Doors that belong to the program as a whole, and the bulletin's with what it needs of the catalogue.
#include "app/rooms.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::app {

// GET /api/health and GET /api/openapi.json.
void add_service_doors(http::Router& router, engine::Engine& engine);
// Refusals of the templates' loader.
Checked add_bulletin_doors(http::Router& router, engine::Engine& engine, const Common& common, const std::string& data_root);

inline constexpr const char* kVersion = "0.1.0";

}  // namespace yi::app
