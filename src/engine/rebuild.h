#pragma once
// Every view again from the ledger: beside the old ones, compared, swapped.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/registry.h"

namespace yi::engine {

struct RebuildOptions {
  bool compare = true;                          // a difference leaves the old views in place
  bool swap_on_difference = false;              // --repair
  std::int64_t state_cache_bytes = 256LL << 20;
  const store::KeyVault* keys = nullptr;        // facts with sealed fields cannot be read without
  std::function<void(std::string_view stage, std::int64_t done, std::int64_t all)> progress = {};
};

struct RebuiltView {
  std::string name;
  std::int64_t rows = 0;
  double write_seconds = 0;                     // upserting its rows
  std::optional<std::string> difference;        // Chinese sentence with the row, the old and the new value
};

struct Rebuilt {
  std::int64_t facts = 0;
  double fold_seconds = 0;                      // reading, decoding and applying facts, all views together
  double write_seconds = 0;
  double compare_seconds = 0;
  bool swapped = false;
  std::vector<RebuiltView> views;
};

// Whether other centres of this store have the view, and in which version: a table of the same one is not exchanged as a whole.
enum class Others { none, same, another };
Others others_of(store::Reader& reader, CentreCode centre, const store::View& view);
// In the open transaction: a table that others have in another version goes, and each of them is noted to rebuild it when it is
// opened next. Throws FailureKind::busy while a node leads one of them.
void displace(store::Writer& writer, CentreCode centre, const store::View& view);

// Throws store::Failure. The lane must not run on the same writer meanwhile.
Rebuilt rebuild(store::Writer& writer, const RegistryFactory& rooms, CentreCode centre, const RebuildOptions& options);

}  // namespace yi::engine
