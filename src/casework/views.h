#pragma once
// What may be asked about one case: where it stands, how its limits are counted, what happened to it. Lists are in
// case_list.h.
#include <optional>
#include <string>
#include <vector>

#include "casework/days_left.h"
#include "casework/declare.h"
#include "casework/material_files.h"
#include "casework/persons.h"
#include "identity/viewer.h"

namespace yi::casework {

// A paper of the matter's list, by its place there and by its name.
struct MaterialView {
  std::int32_t place = 0;
  std::string name;
  std::optional<CivilDay> by;  // 容缺: it comes until this day
};
BOOST_DESCRIBE_STRUCT(MaterialView, (), (place, name, by))

// A limit that runs or stands still, in short; how it is counted, is ClockView's.
struct ClockSummary {
  ClockKind kind{};
  std::string name;
  CivilDay from;                        // the day of the event, itself not counted
  std::int32_t days = 0;                // of the limit without extensions
  calendar::Unit unit{};
  std::string basis;
  std::optional<CivilDay> due;          // none: an open pause stops it
  std::optional<CivilDay> paused_since;
  std::int32_t total = 0, counted = 0;  // with extensions; `counted` is less than `total` only while it stands still
  bool provisional = false;             // a calendar year without a notice is in it
};
BOOST_DESCRIBE_STRUCT(ClockSummary, (), (kind, name, from, days, unit, basis, due, paused_since, total, counted, provisional))

// 条例 §36: the limits that were passed, and whether none of them waits for its public explanation.
struct PassedLimits {
  std::vector<Overdue> overdue;
  bool overdue_explained = false;
};
BOOST_DESCRIBE_STRUCT(PassedLimits, (), (overdue, overdue_explained))

// Papers that have not come, and what stands in their place.
struct OpenPapers {
  std::vector<MaterialView> lacking, deferred, commitments;
  std::vector<MaterialView> wished_commitments;  // of `lacking`: the applicant chose 告知承诺 when applying
};
BOOST_DESCRIBE_STRUCT(OpenPapers, (), (lacking, deferred, commitments, wished_commitments))

// A case as a viewer may see it, its people masked by who looks (persons.h).
struct CaseView : People, PassedLimits, DaysLeft, OpenPapers {
  CaseId case_id;
  std::string number;
  std::int64_t version = 0;                // facts so far; the ETag
  MatterCode matter;
  std::int32_t matter_version = 1;
  std::string matter_name;
  DepartmentCode department;
  std::string department_name;
  CaseType type = CaseType::promised;
  Source source = Source::window;
  ApplicantKind applicant_kind = ApplicantKind::legal;
  bool has_agent = false;                  // 代办
  bool permit = false;                     // 行政许可: whether the Permit Law's limits bind it
  Stage stage = Stage::none;
  std::string stage_name;
  Holder holder = Holder::reception_window;
  std::string holder_name;
  std::string last_act;
  std::optional<CivilDay> received_on, accepted_on, decided_on;
  std::optional<CivilDay> notice_due, correction_due, statutory_due, promised_due, step_due, delivery_due, resumes_by, next_due;
  std::optional<bool> provisional;         // a date rests on a calendar year without a notice
  std::optional<Closing> closing;
  std::optional<std::string> closing_name;
  CivilDay as_of;                          // the day of the light and of the clocks
  std::optional<Light> light;              // none where the calendar has no such year
  std::optional<std::string> light_name;
  std::vector<ClockSummary> clocks;
  std::vector<Paused> pauses;
  std::int32_t extension_days = 0;
  std::int32_t notices = 0, review_notices = 0;
  std::int32_t step = 0;
  std::optional<std::string> step_name;
  std::vector<std::string> cards;          // numbers of the broken rules
  std::vector<std::string> red_cards;      // of them, those whose card was red
  SupervisionState supervision = SupervisionState::none;
  bool evaluated = false, third_party_informed = false;
  std::vector<MaterialFile> files;         // none for who may not hold the case's papers
  std::vector<Act> allowed_acts;           // of the one who asks; 冲正 only where there is something of today's to take back
};
BOOST_DESCRIBE_STRUCT(CaseView, (People, PassedLimits, DaysLeft, OpenPapers), (case_id, number, version, matter, matter_version, matter_name, department, department_name, type, source, applicant_kind, has_agent,
  permit, stage, stage_name, holder, holder_name, last_act, received_on, accepted_on, decided_on, notice_due, correction_due, statutory_due, promised_due, step_due,
  delivery_due, resumes_by, next_due, provisional, closing, closing_name, as_of, light, light_name, clocks, pauses, extension_days,
  notices, review_notices, step, step_name, cards, red_cards, supervision, evaluated, third_party_informed, files, allowed_acts))

// The acts that the table offers to this viewer here and now: by role, for a handler by department, for an applicant by whose
// case it is. What else an act asks for (papers, days) its rule checks. Empty for who may not act.
std::vector<Act> acts_for(const CaseState& s, const identity::Viewer& viewer);

// The case, for a viewer who may read it. Refusals: casework.unknown_case (404; the same for an applicant who asks for the case of
// somebody else, so that numbers cannot be tried), identity.not_allowed (403) for staff of another department.
Result<CaseState> read_case(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id);
// Whether somebody who may read the case may also hold what names its people in full, its papers and files: staff with view.personal
// of the department, and whose own case it is. Refusal identity.not_allowed.
Checked may_hold_papers(const identity::Viewer& viewer, const CaseState& s);
// Further refusals of both: none.
Result<CaseView> get_case(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, CaseId id, const Ground& ground, CivilDay today);

// The people of a case, unmasked: for who has identity.unmask for the case's department. Whoever calls has written the look and its
// reason into the access audit before anything leaves. Refusals of read_case; identity.not_allowed (403).
struct Unmasked {
  CaseState state;
  People people;
};
Result<Unmasked> unmask_case(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, CaseId id);

// A limit with how it is counted, day by day, each day with its article.
struct ClockView {
  ClockSummary clock;
  std::vector<calendar::CountedDay> days;  // from the day of the event to its end; only where it was asked for
  std::vector<calendar::Notice> notices;   // the years' holiday notices behind them
};
BOOST_DESCRIBE_STRUCT(ClockView, (), (clock, days, notices))
// Every clock of the case's present stage. Refusals of read_case, and calendar.year_missing.
Result<std::vector<ClockView>> get_clocks(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, const Ground& ground,
                                          calendar::Explain explain);

}  // namespace yi::casework
