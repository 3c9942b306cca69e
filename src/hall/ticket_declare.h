#pragma once
#include "engine/registry.h"
#include "hall/ticket_rules.h"

namespace yi::hall {

// Commands, guards, reports and the day's timer of numbers and appointments.
void declare_tickets(engine::Registry& registry, const TicketGround& ground);

}  // namespace yi::hall
