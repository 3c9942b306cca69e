#pragma once
// Inside the room: the doors of the four figures over any days, for the centre's pages.
#include "bulletin/routes.h"

namespace yi::bulletin {

// /api/bulletin/counts[/{figure}/records], /api/bulletin/trend.
void add_count_doors(http::Router& router, engine::Engine& engine, const BulletinContext& context);

}  // namespace yi::bulletin
