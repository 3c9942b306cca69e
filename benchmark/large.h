#pragma once
// ./bench --large: what people wait for, and what the operator waits for, over ledgers of very different sizes on both stores.
#include <cstdint>
#include <string>
#include <vector>

#include "app/rooms.h"
#include "store/postgres_server.h"

namespace yi::bench {

struct LargeOptions {
  std::string data_root;
  std::string directory;              // where the measured data lie, one size at a time
  std::vector<std::int64_t> sizes;    // of events, ascending
  store::PostgresServer* server = nullptr;  // none: SQLite
};

// Prints as it goes, and at the end every figure at every size side by side. Throws.
void measure_large(const app::Common& common, const LargeOptions& options);

}  // namespace yi::bench
