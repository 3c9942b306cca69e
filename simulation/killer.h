#pragma once
// Kills at a moment that does not hang on what was just answered.
#include <atomic>
#include <functional>
#include <thread>

#include "base/clock.h"

namespace yi::simulation {

// `act` is called on a thread of its own, `delay_us` after `ring`.
class Killer {
 public:
  Killer(std::function<void()> act, std::int64_t delay_us)
      : thread_([this, act = std::move(act), delay_us] {
          rung_.wait(false);
          if (called_off_) return;
          for (const auto until = monotonic_ns() + delay_us * 1'000; monotonic_ns() < until;) std::this_thread::yield();
          act();
        }) {}
  ~Killer() {
    if (!rung_) called_off_ = true;
    ring();
    thread_.join();
  }
  Killer(const Killer&) = delete;
  Killer& operator=(const Killer&) = delete;
  void ring() {
    rung_ = true;
    rung_.notify_all();
  }

 private:
  std::atomic<bool> rung_ = false, called_off_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace yi::simulation
