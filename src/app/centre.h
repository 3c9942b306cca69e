#pragma once
// Making a new data directory out of week files: beside its place, moved there only when it is whole.
#include <string>
#include <vector>

#include "app/rooms.h"
#include "replay/replay.h"

namespace yi::app {

struct NewCentre {
  std::string data_directory;
  bool replace = false;  // --fresh: what is there goes, once the new one is whole
  std::uint32_t seed = 1;
};

// Refusals: "app.not_empty" (the directory has a ledger and `replace` is not asked for), "app.foreign_files" (it has
// files that are not ours), "app.cannot_write", "store.locked", and those of replay::replay.
Result<std::vector<replay::ReplayedWeek>> make_centre(const NewCentre& request, const std::vector<replay::WeekFile>& files,
                                                      const Common& common, const replay::ReplayProgress& progress);
bool has_ledger(const std::string& data_directory);

}  // namespace yi::app
