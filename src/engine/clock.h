#pragma once
// The installation's clock. Rules, timers, figures and due dates use this one; log-in and tokens use the machine's.
#include <atomic>
#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace yi::engine {

// Fixed when the centre is made, and kept with it: in its data directory's database, or in its rows on a server.
//   system        the machine's clock
//   pinned(as_of) a demonstration: every start resumes at the later of as_of and the last recorded instant, then
//                 runs on with the process
struct ClockSetting {
  bool pinned = false;
  Instant as_of{};
  std::string text() const;  // "system" | "pinned 2024-06-24T09:00:00.000+08:00"
  static Result<ClockSetting> parse(std::string_view text);
};

// Thread safe. Never goes back behind an instant that it has given out or been told of.
class Clock {
 public:
  Clock(ClockSetting setting, Instant last_recorded);
  Instant now();
  // While a past week is replayed, its commands drive the clock: from then on `now` stands at the latest `t`.
  void drive(Instant t);
  // Somebody who keeps the same ledger has been at `t`.
  void told(Instant t);
  bool pinned() const { return setting_.pinned; }
  const ClockSetting& setting() const { return setting_; }

 private:
  ClockSetting setting_;
  std::atomic<std::int64_t> latest_;
  std::atomic<bool> driven_{false};
  std::int64_t base_ms_ = 0;      // pinned: the instant of the start
  std::int64_t start_ns_ = 0;     // and the process's own time then
};

}  // namespace yi::engine
