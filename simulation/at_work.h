#pragma once
// Visitors at work on a thread of their own, while something is done to what they work on.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/clock.h"
#include "load.h"

namespace yi::simulation {

class AtWork {
 public:
  AtWork(story::Hall& hall, std::vector<story::Server*> nodes)
      : hall_(hall), thread_([this, nodes = std::move(nodes)] { result_ = hall_.visit(nodes, 0, [this] { return over_.load(); }); }) {}
  ~AtWork() { end(); }
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

  // Until so many more are acknowledged; the seconds that it took, at most `patience`.
  double until(std::int64_t more, double patience = 60) const {
    const auto start = monotonic_ns(), from = hall_.answered.load();
    const auto seconds = [&] { return static_cast<double>(monotonic_ns() - start) / 1e9; };
    while (hall_.answered < from + more && seconds() < patience) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return seconds();
  }
  // Until somebody is told to come again, at most 30 s.
  void until_put_off() const {
    const auto start = monotonic_ns(), before = hall_.put_off.load();
    while (hall_.put_off == before && monotonic_ns() - start < 30'000'000'000) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_GT(hall_.put_off, before) << "nobody was told that nothing can be stored";
  }
  // Two hundred more within five seconds: what was in the way is gone.
  void expect_on(const char* after) const { EXPECT_LT(until(200, 30), 5) << after; }
  // Everybody leaves, with an answer or without.
  bench::LoadResult end() {
    over_ = true;
    if (thread_.joinable()) thread_.join();
    return result_;
  }

 private:
  story::Hall& hall_;
  std::atomic<bool> over_ = false;
  bench::LoadResult result_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace yi::simulation
