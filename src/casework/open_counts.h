#pragma once
// All open cases by how their nearest limit stands, counted from the queues' own order: what a screen shows and nobody's name is in.
#include "casework/declare.h"

namespace yi::casework {

// The five ways add up to `open`, and so do the three places.
struct OpenCounts {
  std::int64_t open = 0;
  std::int64_t overdue = 0;    // the light is red
  std::int64_t waiting = 0;    // else: stands still, for the applicant, a special procedure or the authority above
  std::int64_t due_today = 0;  // else: the nearest limit ends today
  std::int64_t due_soon = 0;   // else: within the next kSoonDays working days
  std::int64_t in_time = 0;    // everything else
  std::int64_t before_acceptance = 0, in_handling = 0, to_issue = 0;
};
BOOST_DESCRIBE_STRUCT(OpenCounts, (), (open, overdue, waiting, due_today, due_soon, in_time, before_acceptance, in_handling, to_issue))
inline constexpr int kSoonDays = 3;  // working days

// Of the whole centre; counts alone, so no viewer is asked. Refusal calendar.year_missing.
Result<OpenCounts> count_open(store::Reader& reader, CentreCode centre, const Ground& ground, CivilDay today);

}  // namespace yi::casework
