#pragma once
// Published weeks through the real engine: every figure becomes commands, nothing writes a counter.
#include <functional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "replay/plan.h"
#include "replay/week_file.h"

namespace yi::replay {

struct ReplayedWeek {
  std::string file;
  CivilDay from, to;
  Mixture mixture;
  std::int64_t commands = 0;
  std::vector<std::string> warnings;  // Chinese; unknown names in `pushed` and the like
};

// What happens in the same centre besides the weeks, each act at its own time. Whoever is asked to run does so before the week's
// next act, so that the ledger has all of them in order of time.
class Meanwhile {
 public:
  virtual ~Meanwhile() = default;
  virtual bool due(Instant until) const = 0;  // whether something happens at or before the instant
  virtual Checked run_until(Instant until) = 0;
};

using ReplayProgress = std::function<void(std::int64_t done, std::int64_t all)>;

// Replays the files in order of their dates into an engine with an empty ledger and a pinned clock. The first file
// enters the opening balance and carries cases over; from the second on the file's balance must equal the ledger.
// Refusals name file and line where there is one: those of mix and plan, "replay.out_of_order",
// "replay.unknown_department", "replay.unknown_bundle", "replay.balance_differs", "replay.counts_differ",
// "replay.expectation_failed", and those of the commands. A refused replay leaves a half-filled ledger: the caller
// throws the directory away.
Result<std::vector<ReplayedWeek>> replay(engine::Engine& engine, const std::vector<WeekFile>& files, const catalog::Catalog& catalog,
                                         const calendar::Calendar& calendar, std::uint32_t seed, const ReplayProgress& progress = {}, Meanwhile* meanwhile = nullptr);

// 09:00 of the first working day after the last week: where the clock of a replayed centre stands.
Result<Instant> as_of(const std::vector<WeekFile>& files, const calendar::Calendar& calendar);

}  // namespace yi::replay
