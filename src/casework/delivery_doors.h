#pragma once
// The door at which the delivery of a paper is recorded.
#include "casework/paper_doors.h"

namespace yi::casework {

// POST /api/casework/cases/{id}/deliveries. All of `house` outlives the router's server.
void add_delivery_door(http::Router& router, const PaperHouse& house);

}  // namespace yi::casework
