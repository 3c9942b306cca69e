// What every rule begins with: the table's row, the actor's role, the window, the papers.
#include "casework/rules.h"

#include <charconv>

#include "base/identifiers.h"
#include "casework/rules_shared.h"

namespace yi::casework {
namespace {

std::string names_of(RoleSet roles) {
  std::string s;
  for (int i = 0; i < identity::kRoles; ++i)
    if (roles.has(static_cast<Role>(i))) s += (s.empty() ? "" : "、") + std::string(identity::chinese_name(static_cast<Role>(i)));
  return s;
}

Refusal illegal(const CaseState& s, Act act, RoleSet roles) {
  std::string allowed;
  for (Act a : allowed_acts(s.position(), roles)) allowed += (allowed.empty() ? "" : "、") + std::string(chinese_name(a, s.permit()));
  auto r = refusal(Refused::illegal_act, "办件为“" + std::string(chinese_name(s.at.stage, s.permit())) + "”，不能“" + std::string(chinese_name(act, s.permit())) + "”");
  r.next_step = is_end(s.at.stage) ? "这个办件已经办结。" : allowed.empty() ? "现在没有您可以办理的步骤。" : "现在可以：" + allowed + "。";
  return r;
}

}  // namespace

std::string case_number(CentreCode centre, CivilDay day, std::string_view kind_code, std::int64_t serial) {
  std::string s = std::to_string(centre.value);
  for (char c : to_iso(day))
    if (c != '-') s += c;
  s += kind_code;
  const auto digits = std::to_string(serial);
  s.append(6 - std::min<std::size_t>(digits.size(), 6), '0');
  s += digits;
  return s + mod37_36_check(s);
}

CaseId case_id(CivilDay day, std::int64_t serial) {
  return {((day.year() * 100LL + day.month()) * 100 + day.day()) * 1'000'000 + serial};
}
std::string stream_of(CaseId id) { return "case:" + std::to_string(id.value); }
std::optional<CaseId> case_of_stream(std::string_view stream) {
  CaseId id;
  if (!stream.starts_with("case:")) return std::nullopt;
  const auto digits = stream.substr(5);
  const auto r = std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
  if (r.ec != std::errc{} || r.ptr != digits.data() + digits.size()) return std::nullopt;
  return id;
}
// centre(6) yyyyMMdd kind(2) serial(6) check(1)
std::optional<CaseId> case_of_number(std::string_view number) {
  std::int64_t day = 0, serial = 0;
  const auto digits = [](std::string_view s, std::int64_t& v) {
    const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
    return r.ec == std::errc{} && r.ptr == s.data() + s.size();
  };
  if (number.size() < 22 || number.size() > 23 || !digits(number.substr(6, 8), day) || !digits(number.substr(16, 6), serial)) return std::nullopt;
  return CaseId{day * 1'000'000 + serial};
}

Result<Dues> dues_from_acceptance(const catalog::Matter& m, const calendar::Calendar& calendar, CivilDay accepted_on) {
  CaseState s;
  s.number = Text<24>(std::string("00000000000000") + std::string(catalog::kind_code(m.kind)) + "0000000");
  s.type = m.case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised;
  s.at.stage = Stage::accepted;
  s.accepted_on = accepted_on;
  YI_CHECK(set_dues(s, m, calendar));
  return Dues{s.at.statutory_due, s.at.promised_due};
}
Result<CivilDay> notice_due(const calendar::Calendar& calendar, CivilDay received_on) {
  return calendar.add_working_days(received_on, calendar::WorkingDays{5});
}
Result<std::optional<CivilDay>> delivery_due(const catalog::Matter& m, const calendar::Calendar& calendar, CivilDay decided_on) {
  const auto q = delivery_question(m, decided_on);
  if (!q) return std::optional<CivilDay>{};
  YI_TRY(const auto answer, calendar::due(calendar, *q));
  return answer.due;
}

Who who_of(const engine::Actor& actor) { return {actor.roles == ~0u, RoleSet(actor.roles), actor.department, actor.subject}; }

Checked check_who(RoleSet given_to, const CaseState& s, const Who& who) {
  switch (barred_from(given_to, s, who)) {
    case Barred::not_your_act: return refusal(Refused::not_your_act, "可由" + names_of(given_to) + "办理");
    case Barred::not_your_case: return refusal(Refused::not_your_case);
    case Barred::not_your_department: return refusal(Refused::not_your_department, s.department.value);
    case Barred::no: break;
  }
  return Done{};
}

Result<Permitted> permit(const CaseState* s, const AboutCase& about, Act act, const Context& x, std::optional<Holder> receiver) {
  if (!s) return refusal(Refused::unknown_case);
  const RoleSet roles(x.actor.roles);
  const bool of_all = x.actor.roles == ~0u;
  // The same as for a case that is not there, so that numbers cannot be tried.
  if (!of_all && roles == RoleSet{Role::applicant} && (!x.actor.subject || (x.actor.subject != s->subject && x.actor.subject != s->agent)))
    return refusal(Refused::unknown_case);
  if (!about.version && x.actor.at_page) return refusal(Refused::version_needed, "现在是版本 " + std::to_string(s->version));
  if (about.version && *about.version != s->version)
    return refusal(Refused::version_conflict, "最近一步：" + std::string(s->last_act) + "，版本 " + std::to_string(s->version));
  const auto* row = find_row(s->position(), act, receiver);
  if (!row) return illegal(*s, act, roles);
  YI_CHECK(check_who(row->roles, *s, who_of(x.actor)));
  const auto* m = matter_of(*s, x.catalog);
  if (!m) return refusal(Refused::unknown_matter, s->matter.value);
  Permitted p{row, m, *s};
  if (row->to) p.next.at.stage = *row->to;
  if (row->receiver) p.next.at.holder = *row->receiver;
  return p;
}

Result<Place> place_of(const MatterCode& matter, const WindowCode& window, bool issue, const Context& x) {
  Place p{x.catalog.find_matter_on(matter, x.today()), x.catalog.find_window_on(window, x.today())};
  if (!p.matter) return refusal(Refused::unknown_matter, matter.value);
  if (!p.window) return refusal(Refused::unknown_window, window.value);
  if (issue ? !p.window->issues(p.matter->department) : !p.window->receives(p.matter->department))
    return refusal(issue ? Refused::not_an_issue_window : Refused::window_not_for_department,
                   p.window->name + "、" + x.catalog.get_department(p.matter->department).short_name);
  return p;
}

Checked window_for(const CaseState& s, const WindowCode& window, bool issue, const Context& x) {
  const auto* w = x.catalog.find_window_on(window, x.today());
  if (!w) return refusal(Refused::unknown_window, window.value);
  if (issue ? w->issues(s.department) : w->receives(s.department)) return Done{};
  return refusal(issue ? Refused::not_an_issue_window : Refused::window_not_for_department, w->name);
}
Checked window_if_any(const CaseState& s, const std::optional<WindowCode>& window, const Context& x) {
  if (!window) return Done{};
  return window_for(s, *window, false, x);
}

Result<std::vector<std::int32_t>> places_of(const std::vector<Text<120>>& names, const catalog::Matter& m) {
  std::vector<std::int32_t> out;
  for (const auto& name : names) {
    const auto* found = m.find_material(name);
    if (!found) return refusal(Refused::unknown_material, name);
    const auto place = static_cast<std::int32_t>(found - m.materials.data());
    if (!has(out, place)) out.push_back(place);
  }
  return out;
}

std::string names_of(const std::vector<std::int32_t>& places, const catalog::Matter& m) {
  std::string s;
  for (auto i : places) s += (s.empty() ? "" : "、") + m.materials.at(static_cast<std::size_t>(i)).name;
  return s;
}

std::vector<std::int32_t> lacking_of(const std::vector<std::int32_t>& present, const catalog::Matter& m) {
  std::vector<std::int32_t> out;
  for (std::size_t i = 0; i < m.materials.size(); ++i) {
    const auto& paper = m.materials[i];
    const auto place = static_cast<std::int32_t>(i);
    if (paper.required && paper.provider != catalog::Provider::government && !has(present, place)) out.push_back(place);
  }
  return out;
}

Result<std::string> number_for(const catalog::Matter& m, std::int64_t serial, const Context& x) {
  if (serial > limits::kCaseSerial.value) return refusal(Refused::serials_exhausted);
  return case_number(x.centre, x.today(), catalog::kind_code(m.kind), serial);
}

Source channel_of(const std::optional<WindowCode>& window, const Context& x) {
  const bool applicant_alone = x.actor.roles != ~0u && RoleSet(x.actor.roles).has(Role::applicant);
  return !window && applicant_alone ? Source::online : Source::window;
}

Result<Consulted> decide(const Consult& c, const Context& x) {
  if (!x.catalog.find_department(c.department)) return refusal(Refused::unknown_department, c.department.value);
  if (!x.catalog.find_window_on(c.window, x.today())) return refusal(Refused::unknown_window, c.window.value);
  if (c.matter) {
    const auto* m = x.catalog.find_matter(*c.matter);
    if (!m) return refusal(Refused::unknown_matter, c.matter->value);
    if (m->department != c.department) return refusal(Refused::matter_of_other_department, m->name);
  }
  return Consulted{c.department, c.window, c.channel, c.matter, c.question};
}

}  // namespace yi::casework
