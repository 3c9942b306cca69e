#include "staff/recorded.h"

#include <fmt/format.h>

#include "base/text.h"

namespace yi::staff {
using store::Merge;
using store::Personal;
using store::Type;

std::string years_text(const std::vector<YearDays>& years) {
  std::string text;
  for (const auto& y : years) text += fmt::format("{}{}:{}", text.empty() ? "" : ",", y.year, y.days);
  return text;
}
std::vector<YearDays> years_from(const std::string& text) {
  std::vector<YearDays> years;
  if (text.empty()) return years;
  for (const auto& y : split(text, ',')) years.push_back({std::stoi(y), std::stoi(y.substr(y.find(':') + 1))});
  return years;
}

store::Value disclosure_value(const std::optional<Disclosure>& d) { return d ? store::Value((d->health ? 1 : 0) + (d->open ? 2 : 0)) : store::Value(); }
std::optional<Disclosure> disclosure_from(const store::Value& v) {
  if (v.kind == store::Value::Kind::null) return std::nullopt;
  return Disclosure{(v.i & 1) != 0, (v.i & 2) != 0};
}

const store::View& RecordedState::view() {
  static const store::View v{"staff_leave_recorded", 2, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"recorded", Type::integer}, {"department", Type::text}, {"name", Type::text, Merge::replace, Personal::name},
                              {"kind", Type::integer}, {"first_day", Type::integer}, {"last_day", Type::integer}, {"count_mode", Type::integer}, {"days", Type::integer},
                              {"leave", Type::integer}, {"account", Type::text}, {"entered_by", Type::text}, {"years", Type::text}, {"why", Type::integer}, {"taken_back_by", Type::text},
                              {"disclosure", Type::integer}},
                             {{"centre", "last_day"}}};
  return v;
}
void RecordedState::append_row(store::Row& r) const {
  r.emplace_back(department);
  r.emplace_back(name);
  r.emplace_back(static_cast<int>(kind));
  r.emplace_back(first.days);
  r.emplace_back(last.days);
  r.emplace_back(static_cast<int>(count_mode));
  r.emplace_back(days);
  r.emplace_back(leave);
  r.emplace_back(account);
  r.emplace_back(by);
  r.emplace_back(years_text(years));
  r.push_back(why ? store::Value(static_cast<int>(*why)) : store::Value());
  r.emplace_back(taken_back_by);
  r.push_back(disclosure_value(disclosure));
}
RecordedState RecordedState::from(const store::Row& r) {
  const auto day = [](const store::Value& v) { return CivilDay{static_cast<std::int32_t>(v.i)}; };
  RecordedState s{r[2].s, r[3].s, static_cast<LeaveKind>(r[4].i), day(r[5]), day(r[6]), static_cast<CountMode>(r[7].i), static_cast<std::int32_t>(r[8].i), r[9].i, r[10].s, r[11].s, years_from(r[12].s), {}, r[14].s, disclosure_from(r[15])};
  if (r[13].kind != store::Value::Kind::null) s.why = static_cast<WrongEntry>(r[13].i);
  return s;
}
void RecordedGuard::apply(const engine::RecordedFact& f) {
  if (f.record.name == LeaveRecorded::kName) {
    const auto r = f.as<LeaveRecorded>();
    change_new(f.seq) = {r.department.value, std::string(r.name), r.kind, r.from, r.to, r.count_mode, r.days, r.leave ? r.leave->value : 0,
                         r.account ? std::string(*r.account) : "", r.by ? std::string(*r.by) : "", r.years, {}, "", r.disclosure};
    return;
  }
  const auto t = f.as<LeaveTakenBack>();
  auto& s = change(t.taken_back.recorded.value);
  s.why = t.why;
  s.taken_back_by = std::string(t.by);
}

}  // namespace yi::staff
