#pragma once
// Looking people up by a number or phone is for finding the person at the counter. Whoever has a masked number in front of them and
// tries out the hidden digits finds nothing many times: after limits::kFruitlessLookups the account has to wait.
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/limits.h"
#include "base/time.h"

namespace yi::casework {

// Any thread. In memory: a restart forgets, which a guesser cannot cause.
class LookupLimit {
 public:
  // Whether the account may look up now. `now_ms`: a monotonic clock.
  bool open(const std::string& account, std::int64_t now_ms) {
    std::lock_guard lock(m_);
    const auto it = fruitless_.find(account);
    if (it == fruitless_.end()) return true;
    drop_old(it->second, now_ms);
    if (it->second.empty()) fruitless_.erase(it);
    else return static_cast<std::int64_t>(it->second.size()) < limits::kFruitlessLookups.value;
    return true;
  }
  void found_nothing(const std::string& account, std::int64_t now_ms) {
    std::lock_guard lock(m_);
    auto& times = fruitless_[account];
    drop_old(times, now_ms);
    times.push_back(now_ms);
  }

 private:
  static void drop_old(std::deque<std::int64_t>& times, std::int64_t now_ms) {
    while (!times.empty() && now_ms - times.front() >= limits::kLookupMinutes.value * 60'000) times.pop_front();
  }
  std::mutex m_;
  std::unordered_map<std::string, std::deque<std::int64_t>> fruitless_;  // by account: when, the oldest first
};

}  // namespace yi::casework
