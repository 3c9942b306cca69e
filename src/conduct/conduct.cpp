#include "conduct/conduct.h"

namespace yi::conduct {
namespace {
using store::Type;
using store::ViewKind;
CivilDay day_of(const store::Value& v) { return {static_cast<std::int32_t>(v.i)}; }
template <class E>
store::Value enum_value(const std::optional<E>& e) {
  return e ? store::Value(static_cast<int>(*e)) : store::Value();
}
template <class E>
std::optional<E> enum_of(const store::Value& v) {
  return v.kind == store::Value::Kind::null ? std::nullopt : std::optional(static_cast<E>(v.i));
}
}  // namespace

const store::View& PledgeState::view() {
  static const store::View v{"conduct_pledge", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"account_year", Type::text}, {"version", Type::text}, {"day", Type::integer}}};
  return v;
}
void PledgeState::append_row(store::Row& r) const {
  r.emplace_back(version);
  r.emplace_back(day.days);
}
void PledgeGuard::apply(const engine::RecordedFact& f) {
  const auto p = f.as<PledgeSigned>();
  change(key(p.account, p.year)) = {std::string(p.version), civil_day(f.record.recorded_at)};
}

const store::View& GiftState::view() {
  static const store::View v{"conduct_gift", 2, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"gift", Type::integer}, {"account", Type::text}, {"department", Type::text}, {"received", Type::integer}, {"kind", Type::integer},
                              {"value_yuan", Type::integer}, {"ending", Type::integer}, {"note", Type::text}, {"settled_by", Type::text}, {"subject", Type::integer}},
                             {{"centre", "account", "gift"}}};
  return v;
}
void GiftState::append_row(store::Row& r) const {
  r.emplace_back(account);
  r.emplace_back(department);
  r.emplace_back(received.days);
  r.emplace_back(static_cast<int>(kind));
  r.emplace_back(value_yuan);
  r.push_back(enum_value(end));
  r.emplace_back(note);
  r.emplace_back(settled_by);
  r.emplace_back(subject);
}
GiftState GiftState::from(const store::Row& r) {
  return {r[2].s, r[3].s, day_of(r[4]), static_cast<GiftKind>(r[5].i), r[6].i, enum_of<GiftEnd>(r[7]), r[8].s, r[9].s, r[10].i};
}
void GiftGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == GiftHandedIn::kName) {
    const auto g = f.as<GiftHandedIn>();
    change_new(f.seq) = {std::string(g.account), g.department.value, g.received, g.kind, g.value_yuan, {}, "", "", g.subject.value};
  } else {
    const auto s = f.as<GiftSettled>();
    auto& state = change(s.gift.value);
    state.end = s.end;
    if (s.note) state.note = *s.note;
    state.settled_by = s.by;
  }
}

const store::View& ReportState::view() {
  static const store::View v{"conduct_report", 2, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"report", Type::integer}, {"made_by", Type::text}, {"about", Type::text}, {"department", Type::text}, {"clause", Type::text},
                              {"channel", Type::integer}, {"stage", Type::integer}, {"made", Type::integer}, {"taken_by", Type::text}, {"ending", Type::integer}, {"subject", Type::integer},
                              {"people", Type::text, store::Merge::replace, store::Personal::sealed}},
                             {{"centre", "stage", "report"}, {"centre", "subject"}}};
  return v;
}
void ReportState::append_row(store::Row& r) const {
  r.emplace_back(by);
  r.emplace_back(about);
  r.emplace_back(department);
  r.emplace_back(clause);
  r.emplace_back(static_cast<int>(channel));
  r.emplace_back(static_cast<int>(stage));
  r.emplace_back(made.days);
  r.emplace_back(taken_by);
  r.push_back(enum_value(end));
  r.emplace_back(subject);
  r.emplace_back(people);
}
ReportState ReportState::from(const store::Row& r) {
  return {r[2].s, r[3].s, r[4].s, r[5].s, static_cast<ReportChannel>(r[6].i), static_cast<ReportStage>(r[7].i), day_of(r[8]), r[9].s, enum_of<ReportEnd>(r[10]), r[11].i, r[12].s};
}
void ReportGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == ReportMade::kName) {
    const auto m = f.as<ReportMade>();
    change_new(f.seq) = {m.by ? std::string(*m.by) : "", m.about ? std::string(*m.about) : "", m.department ? m.department->value : "", std::string(m.clause), m.channel, ReportStage::made,
                         civil_day(f.record.recorded_at), "", {}, m.subject.value, m.people ? std::string(*m.people) : ""};
  } else if (f.record.name == ReportTaken::kName) {
    const auto t = f.as<ReportTaken>();
    auto& s = change(t.report.value);
    s.stage = ReportStage::taken;
    s.taken_by = t.by;
  } else {
    const auto t = f.as<ReportSettled>();
    auto& s = change(t.report.value);
    s.stage = ReportStage::settled;
    s.end = t.end;
  }
}
std::string report_stream(ReportId id) { return "report:" + std::to_string(id.value); }
std::optional<ReportPeople> people_of(ReportId id, const ReportState& s, const store::KeyVault& keys, CentreCode centre) {
  if (!s.people.empty()) return keys.open<ReportPeople>(s.people, {s.subject}, {centre, ReportMade::kName, report_stream(id), "people"});
  ReportPeople p;
  p.by = Text<64>(s.by);
  if (!s.about.empty()) p.about = Text<64>(s.about);
  if (!s.department.empty()) p.department = DepartmentCode{s.department};
  return p;
}
bool ReportGuard::is_open(SubjectId subject) {
  return select("SELECT report FROM conduct_report WHERE centre=$1 AND subject=$2 AND stage<>$3 LIMIT 1", {subject.value, static_cast<int>(ReportStage::settled)})->next();
}

}  // namespace yi::conduct
