#pragma once
#include "engine/registry.h"
#include "hall/ticket_rules.h"
#include "identity/subjects.h"

namespace yi::hall {

// Whether a visit may be rated now; refusals of hall.rate_visit.
using MayRate = std::function<Checked(const engine::Turn&, TicketId)>;

// After identity::declare_subjects. Commands, guards, reports and the day's timer of numbers and appointments. What it gives lives as long as the registry.
MayRate declare_tickets(engine::Registry& registry, const TicketGround& ground, const identity::Subjects& subjects);

}  // namespace yi::hall
