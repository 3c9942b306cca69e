#include "casework/views.h"

#include <algorithm>

#include "casework/reversal.h"

namespace yi::casework {
namespace {

// Whether a row of the table is for this viewer, by the question that refuses in the rules (check_who).
bool is_for(const ActRow& row, const CaseState& s, const identity::Viewer& v) {
  return barred_from(row.roles, s, {v.kind == identity::Viewer::Kind::operator_, v.roles, v.department, v.subject}) == Barred::no;
}

ClockSummary summary_of(const CaseClock& clock, const calendar::DueAnswer& a) {
  ClockSummary s;
  s.kind = clock.kind;
  s.name = chinese_name(clock.kind);
  s.from = clock.question.from;
  s.days = clock.question.days;
  s.unit = clock.question.unit;
  s.basis = clock.question.basis;
  s.due = a.due;
  s.paused_since = a.paused_since;
  s.total = a.total;
  s.counted = a.counted;
  s.provisional = a.provisional;
  return s;
}

MaterialView material(std::int32_t place, const catalog::Matter* m) {
  const auto i = static_cast<std::size_t>(place);
  return {place, m && i < m->materials.size() ? m->materials[i].name : std::string(), {}};
}

void put_detail(CaseView& v, const CaseState& s, const catalog::Matter* m) {
  const auto& d = s.detail;
  v.pauses = d.pauses;
  v.extension_days = d.extension_days;
  for (const auto i : d.lacking) v.lacking.push_back(material(i, m));
  for (const auto& x : d.deferred) {
    v.deferred.push_back(material(x.material, m));
    v.deferred.back().by = x.by;
  }
  for (const auto i : d.commitments) v.commitments.push_back(material(i, m));
  for (const auto i : d.wished.value_or(std::vector<std::int32_t>{}))  // until the acceptance settles it, or the paper comes after all
    if (!s.accepted_on && std::find(d.lacking.begin(), d.lacking.end(), i) != d.lacking.end()) v.wished_commitments.push_back(material(i, m));
  v.notices = d.notices;
  v.review_notices = d.review_notices;
  v.step = d.step;
  if (m && static_cast<std::size_t>(d.step) < m->steps.size()) v.step_name = m->steps[static_cast<std::size_t>(d.step)].name;
  for (const auto& c : d.cards) v.cards.emplace_back(std::string_view(c));
  if (d.red_cards)
    for (const auto& c : *d.red_cards) v.red_cards.emplace_back(std::string_view(c));
  v.supervision = d.supervision;
  v.evaluated = d.evaluated;
  v.third_party_informed = d.third_party_informed;
}

void put_days(CaseView& v, const CaseState& s) {
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
}

void put_names(CaseView& v, const CaseState& s, const catalog::Matter* m, const catalog::Catalog& catalog) {
  v.number = std::string_view(s.number);
  v.version = s.version;
  v.matter = s.matter;
  v.matter_version = s.matter_version;
  if (m) v.matter_name = m->name;
  v.department = s.department;
  if (const auto* d = catalog.find_department(s.department)) v.department_name = d->short_name;
  v.type = s.type;
  v.source = s.source;
  v.applicant_kind = s.applicant_kind;
  v.has_agent = static_cast<bool>(s.agent);
  v.permit = s.permit();
  v.stage = s.at.stage;
  v.stage_name = chinese_name(s.at.stage, s.permit());
  v.holder = s.at.holder;
  v.holder_name = chinese_name(s.at.holder);
  v.last_act = std::string_view(s.last_act);
  v.closing = s.closing;
  if (s.closing) v.closing_name = std::string(chinese_name(*s.closing));
}

}  // namespace

std::vector<Act> acts_for(const CaseState& s, const identity::Viewer& viewer) {
  std::vector<Act> out;
  for (const auto& r : kActs)
    if (r.from.has(s.at.stage) && fits(r, s.type, s.at.holder, s.permit()) && is_for(r, s, viewer) && std::find(out.begin(), out.end(), r.act) == out.end())
      out.push_back(r.act);
  return out;
}

Result<CaseState> read_case(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id) {
  YI_CHECK(viewer.require(identity::Question::read_cases));
  auto c = reader.select(store::select_row_sql(CaseState::view(), CaseState::view().name), {centre.value, id.value});
  if (!c->next()) return refusal(Refused::unknown_case);
  auto s = CaseState::from(store::read_row(CaseState::view(), *c));
  if (viewer.is_applicant_of(s.subject) || viewer.is_applicant_of(s.agent) || viewer.may(identity::Question::read_cases, s.department)) return s;
  if (!viewer.is_staff()) return refusal(Refused::unknown_case);
  return identity::not_allowed(identity::right_of(identity::Question::read_cases));
}

Checked may_hold_papers(const identity::Viewer& viewer, const CaseState& s) {
  if (!viewer.is_staff() || viewer.may_see_personal_of(s.department)) return Done{};
  return identity::not_allowed(identity::right_of(identity::Question::read_personal));
}

Result<CaseView> get_case(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, CaseId id, const Ground& ground, CivilDay today) {
  YI_TRY(const auto s, read_case(reader, viewer, centre, id));
  const auto* m = matter_of(s, *ground.catalog);
  CaseView v;
  v.case_id = id;
  put_names(v, s, m, *ground.catalog);
  put_days(v, s);
  put_detail(v, s, m);
  static_cast<People&>(v) = people_of(reader, keys, viewer, centre, s);
  if (may_hold_papers(viewer, s)) v.files = files_of_case(reader, keys, viewer, centre, id, m);
  v.as_of = today;
  v.overdue = s.overdue_on(today);
  v.overdue_explained = s.detail.explained && std::none_of(v.overdue.begin(), v.overdue.end(), [](const Overdue& o) { return o.waits(); });
  if (auto light = light_of(s, today, ground.warnings_on(today), *ground.catalog, *ground.calendar)) {
    v.light = *light;
    v.light_name = std::string(chinese_name(*light));
  }
  static_cast<DaysLeft&>(v) = days_left_of(s, v.light, today, m, *ground.calendar);
  if (m)
    for (const auto& clock : clocks_of(s, *m))
      if (const auto a = calendar::due(*ground.calendar, clock.question)) v.clocks.push_back(summary_of(clock, *a));
  v.allowed_acts = acts_for(s, viewer);
  if (const auto at = std::find(v.allowed_acts.begin(), v.allowed_acts.end(), Act::reverse); at != v.allowed_acts.end() && !(m && reversal_offered(reader, viewer, centre, s, *m, today)))
    v.allowed_acts.erase(at);
  return v;
}

Result<Unmasked> unmask_case(store::Reader& reader, const store::KeyVault& keys, const identity::Viewer& viewer, CentreCode centre, CaseId id) {
  YI_TRY(const auto s, read_case(reader, viewer, centre, id));
  if (!viewer.may(identity::Question::unmask, s.department)) return identity::not_allowed(identity::right_of(identity::Question::unmask));
  return Unmasked{s, whole_people_of(reader, keys, centre, s)};
}

Result<std::vector<ClockView>> get_clocks(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, CaseId id, const Ground& ground,
                                          calendar::Explain explain) {
  YI_TRY(const auto s, read_case(reader, viewer, centre, id));
  std::vector<ClockView> out;
  const auto* m = matter_of(s, *ground.catalog);
  if (!m) return out;
  for (const auto& clock : clocks_of(s, *m)) {
    YI_TRY(auto a, calendar::due(*ground.calendar, clock.question, explain));
    out.push_back({summary_of(clock, a), std::move(a.days), std::move(a.notices)});
  }
  return out;
}

}  // namespace yi::casework
