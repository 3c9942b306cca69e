#pragma once
// A centre's ledger for whoever makes tables of it: without a gap, or not at all.
#include <string>

#include "store/database.h"

namespace yi::engine {

// Calls f for every record first <= seq <= last in order. Throws FailureKind::corrupt where one of them is not there: a year that was taken
// out (store/year_parts.h) must not be missing from a view without a word, nor its commands from those that have been done.
template <class F>
void every_record(store::Reader& reader, CentreCode centre, std::int64_t first, std::int64_t last, F f) {
  const auto missing = [](std::int64_t seq) {
    return store::Failure(store::FailureKind::corrupt, "record " + std::to_string(seq) + " is not in the ledger（账本缺少第 " + std::to_string(seq) +
                                                           " 条记录；卸下归档的年份要先用 yichuang schema --attach 装回）");
  };
  std::int64_t next = first;
  reader.events(centre, first, last, [&](const store::LedgerRow& row) {
    if (row.seq != next) throw missing(next);
    ++next;
    f(row);
    return true;
  });
  if (next <= last) throw missing(next);
}

}  // namespace yi::engine
