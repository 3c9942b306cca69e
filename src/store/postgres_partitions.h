#pragma once
// The ledger's tables on PostgreSQL in parts: by hash of the centre, and within a bucket one part a centre and year
// (docs/decisions/0024). Parts are made and cut by whoever writes; a closed year may be taken out and put back.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/postgres_connection.h"
#include "store/view.h"

namespace yi::store {

inline constexpr int kBuckets = 8;  // of centres; a database keeps the number that it was made with

// Which parts there are, so that a year that was taken out can come back within its bounds. The newest of a centre is open
// (`end_seq` and `end_number` 0); `year` is that of its records but for those that a busy moment let slip over New Year.
const View& part_table();

// In the open transaction of `c`: the partitioned tables where there are none, and an unpartitioned ledger (of a program before
// them) becomes the first parts of its centres. Reading and writing by name stays as it was, for the older program too.
void partition_ledger(PostgresConnection& c);

// In the open transaction of `c`: a centre's parts move from one schema into the other (which has its buckets), in place of those
// that it has there. Both know them by store_part, whose rows the caller moves.
void move_parts(PostgresConnection& c, CentreCode centre, const std::string& from_schema, const std::string& to_schema);

struct LedgerPart {
  std::int64_t year = 0, first_seq = 0, end_seq = 0, first_number = 0, end_number = 0;  // [first, end) of records and of groups
  bool attached = true;
};

class PostgresPartitions {
 public:
  explicit PostgresPartitions(PostgresConnection& c) : c_(&c) {}
  // Before records behind `from` are written: makes the centre's first part; at the first group of a year closes the part of the
  // years before. `alone`: no transaction is open. A cut is tried again later where a reader holds the tables.
  void prepare(CentreCode centre, const HeadRow& from, const HeadRow& to, bool alone);
  void forget() { open_.clear(); }  // after a transaction that failed

  std::vector<LedgerPart> parts(CentreCode centre);
  // Takes a closed year's records and groups out of the ledger, as tables of their own that pg_dump can carry away, or puts
  // them back, whole and within their bounds. Refusals "store.no_such_part", "store.part_is_open", "store.part_in_use"
  // (somebody reads it; nobody is made to stand behind that).
  Checked detach(CentreCode centre, std::int64_t year);
  Checked attach(CentreCode centre, std::int64_t year);

 private:
  struct Open {
    std::int64_t year = 0, not_before_ns = 0;
  };
  void begin_first(CentreCode centre, std::int64_t year);
  bool cut(CentreCode centre, const HeadRow& from, std::int64_t year);
  PostgresConnection* c_;
  std::map<std::int32_t, Open> open_;
};

}  // namespace yi::store
