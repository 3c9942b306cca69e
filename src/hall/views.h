#pragma once
#include "engine/report.h"
#include "hall/events.h"
#include "identity/viewer.h"

namespace yi::hall {

// One row a duty, by its last day.
const store::View& duty_view();

class DutyReport : public engine::Report {
 public:
  const store::View& view() const override { return duty_view(); }
  std::vector<std::string_view> listens_to() const override { return {DutyRecorded::kName, DutyTakenBack::kName}; }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override;
};

struct Duty {
  std::int64_t seq = 0;  // of its fact
  DutyRecorded fact;
};

// Duties that touch [from, to], by entered rank, then by order of entry. Leaders on duty are published by name and
// post; every viewer sees them.
std::vector<Duty> duties_touching(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay from,
                                  CivilDay to);

}  // namespace yi::hall
