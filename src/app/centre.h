#pragma once
// Making a new centre out of week files: in its data directory, beside what is there, which it replaces only when it is
// whole. The directory is locked from before the replay until the new centre is in.
#include <string>
#include <vector>

#include "app/data_directory.h"
#include "app/rooms.h"
#include "replay/hall.h"
#include "replay/replay.h"

namespace yi::app {

struct NewCentre {
  store::Place place;
  bool replace = false;  // --fresh: what is there goes, once the new one is whole
  std::uint32_t seed = 1;
  store::KeyOptions keys = {};
  // The demonstration's own hall, which lives beside the weeks and until the instant at which the centre opens; none: the weeks alone.
  const replay::HallScript* hall = nullptr;
  std::string roles_file = {};  // with a hall: whose people have these roles
};

// On a server it is built in a schema of its own, and nothing is replaced: Refusal "app.fresh_on_server".
// Refusals: "app.not_empty" (the directory has a ledger and `replace` is not asked for), "app.foreign_files" (it has
// files that are not ours), "app.cannot_write", "store.locked", and those of replay::replay.
Result<std::vector<replay::ReplayedWeek>> make_centre(const NewCentre& request, const std::vector<replay::WeekFile>& files,
                                                      const Common& common, const replay::ReplayProgress& progress);

}  // namespace yi::app
