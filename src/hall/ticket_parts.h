#pragma once
// What the rules of numbers and those of appointments share.
#include "hall/ticket_rules.h"

namespace yi::hall {

// As a board may show it: the mask, of which the mask is itself. A star that was typed behind a name ("张三*") masks nothing.
std::optional<HolderName> masked(const std::optional<HolderName>& name);
Checked matters_exist(const std::vector<MatterCode>& matters, const TicketContext& x);
// Refusals hall.hall_closed, and `rest` where the day is none of the line's days.
Checked opens_on(const Line& line, CivilDay day, TicketRefused rest, const TicketContext& x);
// The place behind the last of a lane of today.
Place end_of(const LineCode& line, std::int32_t lane, CivilDay day, const TicketContext& x);
// The next number of the line's day, at the end of the lane.
TicketTaken taken(const Line& line, TicketClass kind, std::int32_t lane, const TicketContext& x);

}  // namespace yi::hall
