#pragma once
// Inside the room: the table behind warning_changes.h.
#include <string>
#include <vector>

#include "base/time.h"
#include "store/database.h"

namespace yi::casework {

struct WarningRow {
  int version = 0;
  CivilDay since;
  std::string definition, reason, by;
  Instant at;
  std::int64_t seq = 0;  // of the fact
};
// In order of their version. None where the table is not there.
std::vector<WarningRow> warning_rows(store::Reader& reader, CentreCode centre);
std::vector<std::string> warning_refusals();

}  // namespace yi::casework
