#pragma once
// Inside the room: the four figures as a file.
#include "bulletin/routes.h"

namespace yi::bulletin {

// GET /api/bulletin/counts/export.
void add_count_export_door(http::Router& router, engine::Engine& engine, const BulletinContext& context);

}  // namespace yi::bulletin
