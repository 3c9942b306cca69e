#pragma once
#include "casework/drafts.h"
#include "http/router.h"

namespace yi::casework {

// GET /api/casework/drafts and /drafts/{id}, POST /api/casework/drafts and /drafts/{id}/discard: each account its own. `drafts` outlives
// the doors.
void add_draft_doors(http::Router& router, Drafts& drafts);

}  // namespace yi::casework
