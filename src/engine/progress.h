#pragma once
// How far a centre's ledger is, and how far its reports have followed, as this node knows it; whoever leads writes it, or what is
// heard of the leader. Neither goes back. Thread safe.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace yi::engine {

class Progress {
 public:
  std::int64_t position() const {
    std::lock_guard lock(m_);
    return position_;
  }
  std::int64_t followed() const {
    std::lock_guard lock(m_);
    return followed_;
  }
  void reached(std::int64_t position) {
    std::lock_guard lock(m_);
    if (position <= position_) return;
    position_ = position;
    if (waiting_for_position_ > 0) changed_.notify_all();
  }
  void followed_up_to(std::int64_t position) {
    {
      std::lock_guard lock(m_);
      if (position <= followed_) return;
      followed_ = position;
      if (position > position_) position_ = position;
    }
    changed_.notify_all();
  }
  // True when it is so; waits at most so long.
  bool wait_position(std::int64_t position, std::chrono::milliseconds at_most) {
    std::unique_lock lock(m_);
    ++waiting_for_position_;
    const bool there = changed_.wait_for(lock, at_most, [&] { return position_ >= position; });
    --waiting_for_position_;
    return there;
  }
  bool wait_followed(std::int64_t position, std::chrono::milliseconds at_most) {
    std::unique_lock lock(m_);
    return changed_.wait_for(lock, at_most, [&] { return followed_ >= position; });
  }

 private:
  mutable std::mutex m_;
  std::condition_variable changed_;
  std::int64_t position_ = 0, followed_ = 0;
  int waiting_for_position_ = 0;
};

}  // namespace yi::engine
