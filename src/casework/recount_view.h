#pragma once
// What recounts have moved, for supervisors and departments; docs/decisions/0014.
#include <optional>
#include <string>
#include <vector>

#include "casework/clocks.h"
#include "http/router.h"
#include "engine/engine.h"
#include "identity/viewer.h"

namespace yi::casework {

// One limit of one case, or one case that could not be counted.
struct RecountEntry {
  CaseId case_id;
  std::string number;
  DepartmentCode department;
  std::optional<ClockKind> limit;        // none: no day moved, the mark alone; or the case was refused
  std::string limit_name;
  std::optional<CivilDay> from, to;      // none on one side: it did not run, or runs no longer
  bool provisional = false;              // the case's dates still rest on a year without a notice
  std::optional<std::string> code, reason;  // of a refusal; the case keeps its dates
};
BOOST_DESCRIBE_STRUCT(RecountEntry, (), (case_id, number, department, limit, limit_name, from, to, provisional, code, reason))

struct RecountPage {
  std::optional<CivilDay> counted_on;    // the day of the last recount that came to its end; none: there was none
  bool under_way = false;
  std::int64_t looked_at = 0, moved = 0, confirmed = 0, refused = 0;  // of that one, or the one under way; the whole centre's
  std::vector<RecountEntry> entries;     // the newest first, of every recount, of the viewer's part
  std::optional<std::string> next;       // pass it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(RecountPage, (), (counted_on, under_way, looked_at, moved, confirmed, refused, entries, next))

// limit: 1..limits::kPageRows. Refusals: identity.not_allowed (403) for who reads neither a department's nor the centre's
// cases, casework.bad_page (422).
Result<RecountPage> list_recounts(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, const std::optional<std::string>& after, int limit);

// GET /api/casework/recounts
void add_recount_door(http::Router& router, engine::Engine& engine);

}  // namespace yi::casework
