#pragma once
#include "engine/engine.h"
#include "hall/ticket_rules.h"
#include "http/router.h"

namespace yi::hall {

// /api/hall/lines, /board, /tickets/{ticket}, /slots (public), /windows/{window}, /appointments, /appointments/mine.
void add_ticket_doors(http::Router& router, engine::Engine& engine, const TicketGround& ground);

}  // namespace yi::hall
