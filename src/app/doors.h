#pragma once
// Doors that belong to the program as a whole, and the bulletin's with what it needs of the catalogue.
#include "app/rooms.h"
#include "bulletin/routes.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::app {

// GET /api/health, /health/live, /health/ready and /api/openapi.json.
void add_service_doors(http::Router& router, engine::Engine& engine);
// Whether a door, by its name, is one of these: they read none of the centre's views.
bool speaks_of_node(std::string_view door_name);
// What the bulletin's doors need of the catalogue. Refusals of the templates' loader.
Result<bulletin::BulletinContext> bulletin_context(const Common& common, const std::string& data_root);

inline constexpr const char* kVersion = "0.1.0";

}  // namespace yi::app
