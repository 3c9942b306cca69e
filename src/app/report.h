#pragma once
#include "replay/replay.h"

namespace yi::app {

// Files in the order given; refusals of load_week.
Result<std::vector<replay::WeekFile>> load_weeks(const std::vector<std::string>& paths);
// What a replay did, on standard output; warnings on standard error.
void report(const replay::ReplayedWeek& week);

}  // namespace yi::app
