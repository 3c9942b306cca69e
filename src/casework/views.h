#pragma once
// What may be asked of the room.
#include <memory>

#include "casework/declare.h"
#include "identity/viewer.h"

namespace yi::casework {

// A case as a viewer may see it.
struct CaseView {
  CaseId case_id;
  std::string number;
  MatterCode matter;
  std::string matter_name;
  DepartmentCode department;
  std::string department_name;
  CaseType type = CaseType::promised;
  Stage stage = Stage::none;
  std::string stage_name;
  Holder holder = Holder::reception_window;
  std::int64_t version = 0;
  std::optional<CivilDay> received_on, accepted_on, decided_on, notice_due, correction_due, statutory_due, promised_due, step_due, delivery_due, resumes_by, next_due;
  std::optional<bool> provisional;         // a date rests on a calendar year without a notice
  std::optional<Closing> closing;
  std::optional<Light> light;
  std::vector<Act> allowed_acts;           // of the one who asks
};
BOOST_DESCRIBE_STRUCT(CaseView, (), (case_id, number, matter, matter_name, department, department_name, type, stage, stage_name, holder, version, received_on, accepted_on, decided_on, notice_due, correction_due, statutory_due, promised_due, step_due, delivery_due, resumes_by, next_due, provisional, closing, light, allowed_acts))

// Refusals: casework.unknown_case, identity.not_allowed.
Result<CaseView> get_case(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, const catalog::Catalog& catalog);

struct StageCount {
  Stage stage = Stage::none;
  std::string stage_name;
  std::int64_t cases = 0;
};
BOOST_DESCRIBE_STRUCT(StageCount, (), (stage, stage_name, cases))
// How many cases stand in each stage. It names nobody; its door is the operator's, since it reads all cases.
std::vector<StageCount> count_stages(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre);

struct QueueEntry {
  CaseId case_id;
  DepartmentCode department;
  Stage stage = Stage::none;
};
BOOST_DESCRIBE_STRUCT(QueueEntry, (), (case_id, department, stage))
// The cases of a stage, of one department or (empty code) of all, by case id after `after`; at most `limit`.
Result<std::vector<QueueEntry>> list_cases(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre,
                                           Stage stage, const DepartmentCode& department, CaseId after, int limit);

}  // namespace yi::casework
