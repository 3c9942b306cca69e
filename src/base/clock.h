#pragma once
// The only place that reads the machine's clocks (a test holds this). The engine's clock, which may be pinned to a
// past week, is engine/clock.h; this one serves log-in, tokens, log lines and measurement.
#include <cstdint>

#include "base/time.h"

namespace yi {
Instant system_now();
std::int64_t monotonic_ns();  // for measuring and time-outs only
}  // namespace yi
