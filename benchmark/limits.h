#pragma once
// The physical limits that ours is compared with, measured in the same run on the same disk.
#include <cstdint>
#include <string>

#include "store/postgres_connection.h"

namespace yi::bench {

enum class Pattern { create, step, whole_case };

struct RawShape {
  Pattern pattern = Pattern::create;
  int group = 64;              // commands a transaction, as ours formed
  std::int64_t record_bytes = 300;
  std::int64_t cases = 50'000; // step: rows to choose from
  double seconds = 3;
};

// Limit A: SQLite alone, one connection, WAL and synchronous=FULL, the rows and keys of our guard views by prepared
// statements. Each command: a record, its id, the case's row, its timer. A new person (create: each; whole case: one of six):
// a record, the person's row and blind index. Each transaction: a group, the head and, where cases begin, the day's serial.
// Neither reports nor keys are written. Returns commands a second.
double raw_sqlite(const std::string& directory, const RawShape& shape);

// Limit P: the same rows and transactions on PostgreSQL: one connection, prepared statements over arrays (unnest) in one pipeline a
// transaction, no HTTP, no JSON, no hash, no rule, no key. `url` names an empty database. Returns commands a second.
double raw_postgres(const std::string& url, const RawShape& shape);

// How libpq is told the same as by the URL.
store::PostgresOptions options_of(const std::string& url);

// Bulk load of a view's rows, sorted by key, into an empty table of the same declaration; returns seconds.
double bulk_load(const std::string& database_file, const std::string& view);

}  // namespace yi::bench
