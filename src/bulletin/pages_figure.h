#pragma once
// Inside the room: everything that stands behind one figure, for its page and its JSON.
#include <optional>
#include <string_view>
#include <vector>

#include "bulletin/material.h"

namespace yi::bulletin {

struct Evidence {
  const FigureInfo* info = nullptr;
  WeekFigures week;
  CivilDay from, to;           // days counted; of a counted figure alone
  std::int64_t count = 0;      // as printed: net, with the opening balance
  std::int64_t in_ledger = 0;  // counted figures: net, without the opening balance
  std::int64_t reversed = 0;   // counted figures: what was subtracted for wrong entries (冲正)
  std::optional<std::int64_t> opening;
  std::vector<UnitCount> units;  // add up to in_ledger
  std::vector<FactRow> facts;    // of the other figures
};
// Refusals "bulletin.unknown_week" and "bulletin.unknown_figure" (404). The caller holds the snapshot.
Result<Evidence> evidence_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week,
                             std::string_view id, const Names& names);

}  // namespace yi::bulletin
