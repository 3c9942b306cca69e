#pragma once
// What may be asked of conduct. Words come out of their sealed parts, for who may read them.
#include "conduct/conduct_rules.h"
#include "engine/registry.h"
#include "identity/viewer.h"
#include "store/key_vault.h"

namespace yi::conduct {

void add_reports(engine::Registry& registry);

struct ConductReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  const ConductGround& ground;
  CivilDay today;
  const store::KeyVault& keys;
};

struct ContactEntry {
  ContactId contact;
  std::string account, name;
  DepartmentCode department;
  CivilDay day;
  Occasion occasion{};
  std::string clause;
  std::optional<std::string> place;
  bool told_before = false;
  std::optional<std::string> costs, enterprise, uscc, with, about;  // none: erased
  std::int64_t running_cases = 0;  // of the enterprise, today
};
BOOST_DESCRIBE_STRUCT(ContactEntry, (), (contact, account, name, department, day, occasion, clause, place, told_before, costs, enterprise, uscc, with, about, running_cases))
struct GiftEntry {
  GiftId gift;
  std::string account, name;
  DepartmentCode department;
  CivilDay received;
  GiftKind kind{};
  std::int64_t value_yuan = 0;
  std::optional<std::string> from, what, how;
  std::optional<GiftEnd> end;
  std::optional<std::string> note, settled_by;
};
BOOST_DESCRIBE_STRUCT(GiftEntry, (), (gift, account, name, department, received, kind, value_yuan, from, what, how, end, note, settled_by))
struct ReportLine {
  ReportId report;
  ReportStage stage{};
  CivilDay made;
  std::string clause;
  ReportChannel channel{};
  std::optional<DepartmentCode> department;
  std::optional<std::string> taken_by;  // name
  std::optional<ReportEnd> end;
};
BOOST_DESCRIBE_STRUCT(ReportLine, (), (report, stage, made, clause, channel, department, taken_by, end))
struct ReportInFull {
  ReportLine line;
  std::optional<std::string> about, about_name, words, reporter, measure;
  bool yours = false;  // taken up by the viewer
};
BOOST_DESCRIBE_STRUCT(ReportInFull, (), (line, about, about_name, words, reporter, measure, yours))
struct PledgeLine {
  std::string account, name;
  DepartmentCode department;
  std::optional<CivilDay> on;  // none: not signed this year, or another version
};
BOOST_DESCRIBE_STRUCT(PledgeLine, (), (account, name, department, on))
struct TrainingEntry {
  CivilDay day;
  std::string title;
  std::optional<std::string> material;
  std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(TrainingEntry, (), (day, title, material, names))
struct RunningCases {
  std::int64_t all = 0, of_department = 0;  // of the viewer's department
};
BOOST_DESCRIBE_STRUCT(RunningCases, (), (all, of_department))
// What who works on a case is reminded of: contacts with its applicant, never whose.
struct CaseContacts {
  std::int64_t contacts = 0, yours = 0;  // within the rules' reminder_days; of them the viewer's own
  std::optional<CivilDay> last;
};
BOOST_DESCRIBE_STRUCT(CaseContacts, (), (contacts, yours, last))

// Of one account (its own), or of the viewer's reach: their department where they are bound to one. Newest first.
std::vector<ContactEntry> contacts(const ConductReader& h, const std::string& account, int limit);
std::vector<GiftEntry> gifts(const ConductReader& h, const std::string& account, int limit);
// Without those that are about or by the viewer, and without one whose sealed part is damaged (a line in the log names it).
std::vector<ReportLine> reports(const ConductReader& h, int limit);
// Refusal "conduct.unknown_report" also where it is about or by the viewer.
Result<ReportInFull> report(const ConductReader& h, ReportId id);
std::vector<PledgeLine> pledges(const ConductReader& h);
std::vector<TrainingEntry> trainings(const ConductReader& h, int limit);
// Of an enterprise by its credit code: none where nobody has it.
RunningCases running_cases(const ConductReader& h, const std::string& uscc);
// None where the case is over, or its applicant's number is not known. Refusals of casework::read_case.
Result<CaseContacts> case_contacts(const ConductReader& h, CaseId id);

}  // namespace yi::conduct
