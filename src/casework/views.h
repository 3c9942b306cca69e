#pragma once
// The room's guards, its report and what may be asked of them.
#include <memory>

#include "casework/rules.h"
#include "engine/registry.h"
#include "identity/viewer.h"

namespace yi::casework {

// One row a case: what `decide` looks at.
class CaseGuard : public engine::GuardTable<std::int64_t, CaseState> {
 public:
  std::int64_t cache_weight() const override { return 30; }
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
};

// The last serial given on a day; key 0 holds the centre's opening day instead.
struct DayState {
  std::int64_t last = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(last); }
  static DayState from(const store::Row& r) { return {r[2].i}; }
};
class DayGuard : public engine::GuardTable<std::int64_t, DayState> {
 public:
  static constexpr std::int64_t kOpeningDay = 0;
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  std::int64_t next_serial(CivilDay day);
  std::optional<CivilDay> opening_day();
};

// Numbers of departments' own systems that are known here: "scjgj/川市监2024-118".
struct ForeignState {
  std::int64_t case_id = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(case_id); }
  static ForeignState from(const store::Row& r) { return {r[2].i}; }
};
class ForeignGuard : public engine::GuardTable<std::string, ForeignState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  static std::string key(const DepartmentCode& department, std::string_view number);
};

// Brings the room to the engine: guards, the queue report and the commands casework.*.
void declare(engine::Registry& registry, std::shared_ptr<const catalog::Catalog> catalog,
             std::shared_ptr<const calendar::Calendar> calendar);

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
  std::optional<CivilDay> received_on, accepted_on, decided_on, notice_due, statutory_due, promised_due, delivery_due, next_due;
  std::vector<Act> allowed_acts;
};
BOOST_DESCRIBE_STRUCT(CaseView, (), (case_id, number, matter, matter_name, department, department_name, type, stage, stage_name, holder, version, received_on, accepted_on, decided_on, notice_due, statutory_due, promised_due, delivery_due, next_due, allowed_acts))

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
