#pragma once
#include "engine/engine.h"
#include "hall/follow_up_rules.h"
#include "http/router.h"

namespace yi::hall {

// GET /api/hall/follow_ups, /api/hall/follow_ups/figures.
void add_follow_up_doors(http::Router& router, engine::Engine& engine, const FollowUpGround& ground);

}  // namespace yi::hall
