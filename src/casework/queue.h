#pragma once
// The room's report: where each case stands, for lists; and the chain of a case's facts.
#include <vector>

#include "casework/case_state.h"
#include "engine/registry.h"

namespace yi::casework {

inline constexpr std::int64_t kNoDue = 99'999;  // the due day of a case without a running limit: behind every day

void add_reports(engine::Registry& registry);

// Cases of an applicant that are not over; and how many of them a department has.
struct Running {
  std::int64_t all = 0, of_department = 0;
};
Running count_running(store::Reader& reader, CentreCode centre, SubjectId subject, const DepartmentCode& department);

// A fact of a case as it lies in the ledger.
struct KeptFact {
  std::int64_t seq = 0;
  std::string bytes;
  // Its views live as long as this. Throws store::Failure where the bytes do not read.
  engine::RecordedFact fact(CentreCode centre) const;
};
// A case's facts, oldest first: the chain from its last one (CaseState::last_fact). A chain that breaks off (a ledger
// written before facts were chained, a fact not yet stored) gives what there is behind the break.
std::vector<KeptFact> facts_of_case(store::Reader& reader, CentreCode centre, std::int64_t last_fact);

}  // namespace yi::casework
