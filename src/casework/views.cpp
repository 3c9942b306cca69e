#include "casework/views.h"

namespace yi::casework {

Result<CaseView> get_case(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, const catalog::Catalog& catalog) {
  YI_CHECK(viewer.require(identity::Question::read_cases));
  auto c = reader.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {centre.value, id.value});
  if (!c->next()) return refusal(Refused::unknown_case);
  const auto s = CaseState::from(store::read_row(CaseState::view(), *c));
  CaseView v;
  v.case_id = id;
  v.number = s.number;
  v.matter = s.matter;
  if (const auto* m = catalog.find_matter(s.matter)) v.matter_name = m->name;
  v.department = s.department;
  if (const auto* d = catalog.find_department(s.department)) v.department_name = d->short_name;
  v.type = s.type;
  v.stage = s.at.stage;
  v.stage_name = chinese_name(s.at.stage);
  v.holder = s.at.holder;
  v.version = s.version;
  v.received_on = s.received_on;
  v.accepted_on = s.accepted_on;
  v.decided_on = s.decided_on;
  v.notice_due = s.at.notice_due;
  v.correction_due = s.at.correction_due;
  v.statutory_due = s.at.statutory_due;
  v.promised_due = s.at.promised_due;
  v.step_due = s.at.step_due;
  v.delivery_due = s.at.delivery_due;
  v.resumes_by = s.at.resumes_by;
  v.next_due = s.next_due();
  v.provisional = s.at.provisional;
  v.closing = s.closing;
  v.allowed_acts = allowed_acts(s.position(), RoleSet(~0u));
  return v;
}

std::vector<StageCount> count_stages(store::Reader& reader, const identity::Viewer&, CentreCode centre) {
  std::vector<StageCount> out;
  auto c = reader.select("SELECT stage, count(*) FROM casework_queue WHERE centre=$1 GROUP BY stage ORDER BY stage", {centre.value});
  while (c->next()) {
    const auto stage = static_cast<Stage>(c->integer(0));
    out.push_back({stage, std::string(chinese_name(stage)), c->integer(1)});
  }
  return out;
}

Result<std::vector<QueueEntry>> list_cases(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, Stage stage,
                                           const DepartmentCode& department, CaseId after, int limit) {
  YI_CHECK(viewer.require(identity::Question::read_cases));
  std::vector<QueueEntry> out;
  const std::string columns = "SELECT case_id, department, stage FROM casework_queue WHERE centre=$1 AND stage=$2 ";
  auto c = department.empty()
               ? reader.select(columns + "AND case_id>$3 ORDER BY case_id LIMIT $4", {centre.value, static_cast<int>(stage), after.value, limit})
               : reader.select(columns + "AND case_id>$3 AND department=$5 ORDER BY case_id LIMIT $4",
                               {centre.value, static_cast<int>(stage), after.value, limit, department.value});
  while (c->next())
    out.push_back({CaseId{c->integer(0)}, {std::string(c->bytes(1))}, static_cast<Stage>(c->integer(2))});
  return out;
}

}  // namespace yi::casework
