#pragma once
#include <functional>

#include "engine/report.h"
#include "identity/viewer.h"
#include "staff/events.h"

namespace yi::staff {

// One row a leave, by its last day: a week asks for the leaves that end on or after its first day.
const store::View& leave_view();

class LeaveReport : public engine::Report {
 public:
  const store::View& view() const override { return leave_view(); }
  std::vector<std::string_view> listens_to() const override;
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override;
};

struct Leave {
  std::int64_t seq = 0;  // of its fact
  LeaveRecorded fact;
  Disclosure disclosure;  // as it was when it was recorded
};

// Leaves of at least min_days (whole approved length, in each leave's own mode) that touch [from, to], by entered rank,
// then by order of entry. A viewer without the right sees no leave that tells of somebody's health, and the
// public's eyes none that is not public.
std::vector<Leave> leaves_touching(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay from,
                                   CivilDay to, int min_days);

// Leaves of one person and kind that adjoin, with no working day between them, each too short by itself for min_days: together they
// reach it. A list by leaves has none of them, and whoever makes it may want to know (docs/decisions/0032, Limits).
struct AdjoiningLeaves {
  LeaveKind kind{};
  DepartmentCode department;
  std::string name;
  CivilDay from, to;        // of the first and the last of them
  std::int32_t days = 0;    // their sum
};
// Those that touch [from, to], for the viewer's eyes as leaves_touching, by department, name and kind. A person is an account; a leave
// that names none is of the one account that has its department and name among them, else of the name. Days that two leaves share
// count once. `works`: a working day.
std::vector<AdjoiningLeaves> short_leaves_adjoining(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay from, CivilDay to, int min_days,
                                                    const std::function<bool(CivilDay)>& works);

}  // namespace yi::staff
