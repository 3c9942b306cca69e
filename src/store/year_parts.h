#pragma once
// A server's ledger by centre and year (docs/decisions/0024), for an administrator who archives a closed year.
#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace yi::store {

struct YearPart {
  CentreCode centre;
  std::int64_t year = 0;
  std::int64_t first_seq = 0, end_seq = 0;  // records [first, end); first 0: from the beginning, end 0: it is open
  bool attached = true;
};
// Of every centre, in order. The database is brought up first, where it is older. Refusals of open.
Result<std::vector<YearPart>> year_parts(const std::string& url);

// Takes a closed year out of the ledger, as tables of their own that pg_dump carries away; or puts it back, where its rows lie within
// its bounds. Nodes may run meanwhile: they wait for a moment. Further refusals: "store.no_such_part", "store.part_is_open", "store.part_in_use",
// "store.unusable" (what comes back does not fit).
Checked detach_year(const std::string& url, CentreCode centre, std::int64_t year);
Checked attach_year(const std::string& url, CentreCode centre, std::int64_t year);

}  // namespace yi::store
