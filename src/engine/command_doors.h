#pragma once
#include "engine/engine.h"
#include "http/router.h"

namespace yi::engine {

// One door a command: POST /api/<room>/<command>, body and schema from the command's own descriptor, Idempotency-Key
// required. The reply comes after the commit, with the ledger position. The engine outlives the router.
void add_command_doors(http::Router& router, Engine& engine);

// `?after_position=<position>` of a reading door: waits until the reports have that position, so that one reads one's own
// writes. Refusals: "engine.bad_position", and "engine.reports_behind" (503) after two seconds. For worker doors.
Checked wait_for_position(Engine& engine, const http::Request& request);
http::Parameter after_parameter();

}  // namespace yi::engine
