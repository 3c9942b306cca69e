#pragma once
#include "casework/views.h"
#include "engine/engine.h"
#include "http/router.h"

namespace yi::casework {

// Reading doors of the room; its commands get theirs from engine::add_command_doors. Both outlive the router.
void add_doors(http::Router& router, engine::Engine& engine, const catalog::Catalog& catalog);

}  // namespace yi::casework
