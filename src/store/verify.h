#pragma once
#include <functional>
#include <optional>
#include <string>

#include "store/database.h"

namespace yi::store {

struct Verified {
  std::int64_t events = 0;
  std::int64_t groups = 0;
  std::string head_hash;               // hex, when all is well
  std::optional<std::string> broken;   // Chinese sentence naming the first broken record or group
  std::int64_t broken_seq = 0;         // the record, 0 when it is not one record
};

// Reads a centre's whole ledger in one consistent state and recomputes every hash, on two threads. `progress` is
// called now and then with the records done and all records.
Verified verify(Reader& reader, CentreCode centre,
                const std::function<void(std::int64_t done, std::int64_t all)>& progress = {});

// The centres that have a ledger here.
std::vector<CentreCode> centres(Reader& reader);

}  // namespace yi::store
