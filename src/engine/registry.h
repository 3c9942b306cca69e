#pragma once
// What the rooms bring: guards, reports and commands, each declared once.
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "engine/erasure.h"
#include "engine/guard.h"
#include "engine/report.h"

namespace yi::engine {

// What a room does by itself when a day has begun. The lane calls it before it decides any command of that day, on the
// lane's thread, and records its facts as a command of account "system". A call gives a bounded number of facts and says
// whether it wants to be called again for the same day; it must not look at anything but committed state and `turn`.
using DayTimer = std::function<bool(Turn& turn)>;

struct Registry {
  std::vector<DayTimer> timers;
  std::vector<std::unique_ptr<Guard>> guards;
  std::vector<std::unique_ptr<Report>> reports;
  std::vector<CommandSpec> commands;
  Erasure erasure;
  std::vector<AtStart> at_start;
  // Facts whose envelope names no account, nor that of any fact given with them: who gave them is sealed inside (a report about
  // a colleague). Names that live as long as the program.
  std::vector<std::string_view> nameless;

  template <class G, class... A>
  G& add_guard(A&&... a) {
    guards.push_back(std::make_unique<G>(std::forward<A>(a)...));
    return static_cast<G&>(*guards.back());
  }
  template <class R, class... A>
  void add_report(A&&... a) {
    reports.push_back(std::make_unique<R>(std::forward<A>(a)...));
  }
  const CommandSpec* find_command(std::string_view name) const {
    for (const auto& c : commands)
      if (c.name == name) return &c;
    return nullptr;
  }
};

// Makes a fresh registry: the lane has one, a rebuild has its own over copies of the tables.
using RegistryFactory = std::function<Registry()>;

}  // namespace yi::engine
