#pragma once
// How many warnings and errors the program has logged, so that an alert can say "look at the log".
#include <cstdint>

namespace yi::app {

struct LogLines {
  std::int64_t warnings = 0, errors = 0;  // since count_log_lines()
};

// Once, before there are threads. Where a supervisor keeps the time of each line (systemd's journal), lines are written to standard
// error without one and with the level as the journal reads it ("<4>"), unbuffered.
void count_log_lines();
LogLines log_lines();

}  // namespace yi::app
