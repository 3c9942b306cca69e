#pragma once
// Versions that a centre has made while its program runs, by code and number (docs/decisions/0028). The lane's guard publishes them; any
// thread reads. A version that was published stays readable for as long as the book lives, because a running case keeps it.
#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"

namespace yi::catalog {

template <class T>
class VersionBook {
 public:
  struct Version {
    int version = 0;
    CivilDay since;
    T value;
    std::string definition;  // as one JSON object
  };
  // nullptr when there is none. Pointers live as long as the book.
  const Version* find(const std::string& code, int version) const {
    return look(code, [&](const Of& of) -> const Version* {
      const auto it = of.find(version);
      return it == of.end() ? nullptr : it->second;
    });
  }
  const Version* newest(const std::string& code) const {
    return look(code, [](const Of& of) { return of.empty() ? nullptr : of.rbegin()->second; });
  }
  // The newest that had begun: a later one that begins earlier has taken the place of those before it.
  const Version* on(const std::string& code, CivilDay day) const {
    return look(code, [&](const Of& of) -> const Version* {
      for (auto it = of.rbegin(); it != of.rend(); ++it)
        if (it->second->since <= day) return it->second;
      return nullptr;
    });
  }
  std::vector<const Version*> all(const std::string& code) const {  // ascending
    std::vector<const Version*> out;
    look(code, [&](const Of& of) -> const Version* {
      for (const auto& [n, v] : of) out.push_back(v);
      return nullptr;
    });
    return out;
  }
  // Nothing where the version is there already: a rebuild publishes what the lane has.
  void put(const std::string& code, Version v) {
    std::unique_lock lock(m_);
    auto& of = versions_[code];
    if (of.contains(v.version)) return;
    kept_.push_back(std::move(v));
    of.emplace(kept_.back().version, &kept_.back());
    any_.store(true, std::memory_order_release);
  }
  // Its group could not be stored: there never was such a version.
  void forget(const std::string& code, int version) {
    std::unique_lock lock(m_);
    if (const auto of = versions_.find(code); of != versions_.end()) of->second.erase(version);
  }

 private:
  using Of = std::map<int, const Version*>;
  template <class F>
  const Version* look(const std::string& code, F f) const {
    if (!any_.load(std::memory_order_acquire)) return nullptr;
    std::shared_lock lock(m_);
    const auto of = versions_.find(code);
    return of == versions_.end() ? nullptr : f(of->second);
  }
  mutable std::shared_mutex m_;
  std::atomic<bool> any_{false};  // nearly every question is asked of a centre that has changed nothing: no lock for those
  std::deque<Version> kept_;      // never shrinks, so that pointers stay
  std::unordered_map<std::string, Of> versions_;
};

}  // namespace yi::catalog
