#pragma once
// Who makes a centre in a database (the schema of drop_building and take_in_building, place.h), and what is taken in of it.
#include <chrono>
#include <memory>
#include <string>

#include "store/place.h"

namespace yi::store {

class PostgresConnection;

// One process at a time makes a centre in a database: it holds this from before the building is dropped until it is in, by a session of its
// own, also while it has no store open there. It goes with that session, however the process ends.
class BuildersWord {
 public:
  // Refusals: "store.locked": another process has it; those of open_postgres.
  static Result<BuildersWord> take(const std::string& url);
  BuildersWord(BuildersWord&&) noexcept;
  BuildersWord& operator=(BuildersWord&&) noexcept;
  ~BuildersWord();
  Checked still_held();  // refusal "store.locked": the session is gone; the building may be another's by now

 private:
  explicit BuildersWord(std::unique_ptr<PostgresConnection> session);
  std::unique_ptr<PostgresConnection> session_;
};

// drop_building for whoever is told nothing of a COMMIT: a server that is still at it is waited for so long. Refusal "store.locked" afterwards.
inline constexpr std::chrono::milliseconds kCommitEnds{30'000};
Checked drop_building(const std::string& url, std::chrono::milliseconds wait);

// take_in_building of what was verified, and nothing else: refusal "store.other_building" where the building has another centre, or another
// head than this (its epoch may be any).
Checked take_in_building(const std::string& url, CentreCode centre, OldStore old, const HeadRow& verified);

// Whether take_in_building said this before its COMMIT was given: the centre has not come in then, and need not be looked for.
bool refused_before_commit(const Refusal& why);

}  // namespace yi::store
