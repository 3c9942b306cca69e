#pragma once
// Whether a case that arrives in the five tables is whole and may enter.
#include "exchange/commands.h"
#include "exchange/portable.h"

namespace yi::exchange {

// A case ready to be recorded.
struct Arriving {
  CaseId id;
  std::vector<PortableFact> facts;
};
// What the rule asks of the centre.
struct Here {
  const catalog::Catalog& catalog;
  Instant now;
  std::function<bool(CaseId)> known;
  std::function<bool(const DepartmentCode&, std::string_view)> foreign_number_known;
};
// Refusals: broken_row with table, row and column in `where`, unknown_matter, unknown_department, in_future, case_exists,
// number_taken, not_exported, too_long.
Result<Arriving> decide(const ImportCase& wish, const Here& here);

}  // namespace yi::exchange
