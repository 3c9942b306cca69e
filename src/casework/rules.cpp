#include "casework/rules.h"

#include <algorithm>
#include <charconv>

#include "base/identifiers.h"
#include "base/text.h"
#include "calendar/clock.h"

namespace yi::casework {
namespace {

struct Texts {
  Refused what;
  const char* code;
  const char* sentence;
  const char* next_step;
  int status;
};
constexpr Texts kTexts[] = {
    {Refused::unknown_matter, "casework.unknown_matter", "没有这个事项。", "请从事项目录中选择。", 422},
    {Refused::unknown_window, "casework.unknown_window", "没有这个窗口。", "请核对窗口编号。", 422},
    {Refused::unknown_department, "casework.unknown_department", "没有这个部门。", "请从部门目录中选择。", 422},
    {Refused::window_not_for_department, "casework.window_not_for_department", "这个窗口不受理该部门的事项。", "请引导到综合窗口或该部门的专业窗口。", 422},
    {Refused::not_an_issue_window, "casework.not_an_issue_window", "这个窗口不颁发该部门的结果。", "请到出件窗口办理。", 422},
    {Refused::unknown_case, "casework.unknown_case", "没有这个办件。", "请核对办件编号。", 404},
    {Refused::illegal_act, "casework.illegal_act", "办件目前的状态不能做这一步。", "请刷新页面，按可办步骤继续。", 409},
    {Refused::reason_required, "casework.reason_required", "这一步必须写明理由（行政许可法第三十八条、第三十二条）。", "请填写理由后重新提交。", 422},
    {Refused::unknown_material, "casework.unknown_material", "材料清单中有该事项没有的材料。", "请按事项的材料目录勾选。", 422},
    {Refused::decided_in_future, "casework.decided_in_future", "决定日期晚于今天，或早于受理日期。", "请核对日期。", 422},
    {Refused::foreign_number_taken, "casework.foreign_number_taken", "该部门的这个办件编号已经登记过。", "请查询原办件，不要重复登记。", 409},
    {Refused::serials_exhausted, "casework.serials_exhausted", limits::kCaseSerial.message, "明日零时起可继续收件。", 503},
    {Refused::not_opening_day, "casework.not_opening_day", "只有中心启用当天才能接续以前的办件。", "请按新收件或代颁结果登记。", 409},
    {Refused::not_open_before, "casework.not_open_before", "接续的办件应在启用日之前受理，决定不早于受理。", "请核对日期；尚未受理的，请按新收件登记。", 422},
    {Refused::matter_of_other_department, "casework.matter_of_other_department", "这个事项不属于所填的部门。", "请核对部门或事项。", 422},
    {Refused::text_required, "casework.text_required", "有必填的文字是空的。", "请填写后重新提交。", 422},
};

bool blank(std::string_view s) { return trim(s).empty(); }

struct Place {
  const catalog::Matter* matter = nullptr;
  const catalog::Window* window = nullptr;
};
// The matter and a window that receives for its department.
Result<Place> place_of(const MatterCode& matter, const WindowCode& window, bool issue, const Context& x) {
  Place p{x.catalog.find_matter(matter), x.catalog.find_window(window)};
  if (!p.matter) return refusal(Refused::unknown_matter, matter.value);
  if (!p.window) return refusal(Refused::unknown_window, window.value);
  if (issue ? !p.window->issues(p.matter->department) : !p.window->receives(p.matter->department))
    return refusal(issue ? Refused::not_an_issue_window : Refused::window_not_for_department,
                   p.window->name + "、" + x.catalog.get_department(p.matter->department).short_name);
  return p;
}

// A window that receives (or hands out) for the case's department.
Result<const catalog::Window*> window_for(const CaseState& s, const WindowCode& window, bool issue, const Context& x) {
  const auto* w = x.catalog.find_window(window);
  if (!w) return refusal(Refused::unknown_window, window.value);
  if (issue ? w->issues(s.department) : w->receives(s.department)) return w;
  return refusal(issue ? Refused::not_an_issue_window : Refused::window_not_for_department, w->name);
}

Result<const catalog::Window*> window_of(const WindowCode& window, const Context& x) {
  if (const auto* w = x.catalog.find_window(window)) return w;
  return refusal(Refused::unknown_window, window.value);
}

// The row that permits the act, or the refusal that says what is allowed instead.
Result<const ActRow*> row_for(const CaseState* s, Act act, std::optional<Holder> receiver = {}) {
  if (!s) return refusal(Refused::unknown_case);
  if (const auto* row = find_row(s->stage, act, s->type, s->holder, receiver)) return row;
  std::string allowed;
  for (Act a : allowed_acts(s->stage, s->type, s->holder))
    allowed += (allowed.empty() ? "" : "、") + std::string(chinese_name(a));
  auto r = refusal(Refused::illegal_act, "办件为“" + std::string(chinese_name(s->stage)) + "”，不能“" +
                                             std::string(chinese_name(act)) + "”");
  r.next_step = allowed.empty() ? "这个办件已经办结，没有下一步。" : "现在可以：" + allowed + "。";
  return r;
}

Result<CivilDay> end_of(const catalog::Limit& limit, const calendar::Calendar& calendar, CivilDay from) {
  calendar::DueQuestion q = limit.unit == catalog::Unit::working
                                ? calendar::DueQuestion::of(from, calendar::WorkingDays{limit.days})
                                : calendar::DueQuestion::of(from, calendar::CalendarDays{limit.days});
  YI_TRY(const auto answer, calendar::due(calendar, q));
  return *answer.due;
}

Checked check_applicant(const Receive& c, CivilDay today) {
  if (blank(c.applicant)) return refusal(Refused::text_required, "申请人");
  if (!c.applicant_id) return Done{};
  if (c.applicant_kind == ApplicantKind::natural) {
    if (auto r = check_citizen(*c.applicant_id, today); !r) return std::move(r).error();
  } else if (auto r = check_uscc(*c.applicant_id); !r) {
    return std::move(r).error();
  }
  return Done{};
}

Result<std::string> number_for(const catalog::Matter& m, std::int64_t serial, const Context& x) {
  if (serial > limits::kCaseSerial.value) return refusal(Refused::serials_exhausted);
  return case_number(x.centre, x.today, catalog::kind_code(m.kind), serial);
}

}  // namespace

Refusal refusal(Refused what, std::string detail) {
  for (const auto& t : kTexts)
    if (t.what == what)
      return {t.code, detail.empty() ? t.sentence : std::string(t.sentence) + "（" + detail + "）", t.next_step, t.status, ""};
  return {"casework.illegal_act", "", "", 409, ""};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& t : kTexts) out.emplace_back(t.code);
  return out;
}

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

Result<Dues> dues_from_acceptance(const catalog::Matter& m, const calendar::Calendar& calendar, CivilDay accepted_on) {
  Dues d;
  if (m.statutory) {
    YI_TRY(d.statutory, end_of(*m.statutory, calendar, accepted_on));
  }
  if (m.case_type == catalog::CaseType::instant) d.promised = accepted_on;
  else if (m.promised) {
    YI_TRY(d.promised, end_of(*m.promised, calendar, accepted_on));
  }
  return d;
}

Result<CivilDay> notice_due(const calendar::Calendar& calendar, CivilDay received_on) {
  return calendar.add_working_days(received_on, calendar::WorkingDays{5});
}

Result<std::optional<CivilDay>> delivery_due(const catalog::Matter& m, const calendar::Calendar& calendar, CivilDay decided_on) {
  // 行政许可法 §44: within 10 working days from the grant; permits alone.
  static const catalog::Limit kPermit{10, catalog::Unit::working, "行政许可法第四十四条", false};
  const catalog::Limit* limit = m.kind == catalog::MatterKind::permit ? &kPermit : m.delivery ? &*m.delivery : nullptr;
  if (!limit) return std::optional<CivilDay>{};
  YI_TRY(const auto day, end_of(*limit, calendar, decided_on));
  return std::optional<CivilDay>(day);
}

Result<Consulted> decide(const Consult& c, const Context& x) {
  if (!x.catalog.find_department(c.department)) return refusal(Refused::unknown_department, c.department.value);
  YI_CHECK(window_of(c.window, x));
  if (c.matter) {
    const auto* m = x.catalog.find_matter(*c.matter);
    if (!m) return refusal(Refused::unknown_matter, c.matter->value);
    if (m->department != c.department) return refusal(Refused::matter_of_other_department, m->name);
  }
  return Consulted{c.department, c.window, c.channel, c.matter, c.question};
}

Result<Received> decide(const Receive& c, std::int64_t serial, const Context& x) {
  YI_TRY(const auto p, place_of(c.matter, c.window, false, x));
  YI_CHECK(check_applicant(c, x.today));
  for (const auto& name : c.materials) {
    bool known = false;
    for (const auto& m : p.matter->materials) known |= m.name == name;
    if (!known) return refusal(Refused::unknown_material, name);
  }
  YI_TRY(const auto number, number_for(*p.matter, serial, x));
  Received f;
  f.number = number;
  f.matter = c.matter;
  f.department = p.matter->department;
  f.window = c.window;
  f.type = p.matter->case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised;
  f.applicant_kind = c.applicant_kind;
  f.applicant = c.applicant;
  f.applicant_id = c.applicant_id;
  f.materials = c.materials;
  std::int32_t missing = 0;
  for (const auto& m : p.matter->materials)
    missing += m.required && m.provider == catalog::Provider::applicant && std::find(c.materials.begin(), c.materials.end(), m.name) == c.materials.end();
  if (missing > 0) f.missing = missing;
  YI_TRY(f.notice_due, notice_due(x.calendar, x.today));
  return f;
}

Result<Accepted> decide(const CaseState* s, const Accept& c, const Context& x) {
  YI_CHECK(row_for(s, Act::accept));
  YI_TRY(const auto p, place_of(s->matter, c.window, false, x));
  // Nobody told the applicant in time: accepted by law, from the day the papers were received (§32(1)(4)).
  const bool by_law = s->notice_due && x.today > *s->notice_due;
  YI_TRY(const auto dues, dues_from_acceptance(*p.matter, x.calendar, by_law ? *s->received_on : x.today));
  return Accepted{s->department, c.window, dues.statutory, dues.promised, by_law ? std::optional(true) : std::nullopt};
}

Result<AcceptanceRefused> decide(const CaseState* s, const RefuseAcceptance& c, const Context& x) {
  YI_CHECK(row_for(s, Act::refuse_acceptance));
  YI_CHECK(window_for(*s, c.window, false, x));
  if (blank(c.reason)) return refusal(Refused::reason_required);
  return AcceptanceRefused{s->department, c.window, c.reason};
}

Result<Transferred> decide(const CaseState* s, const Transfer& c, const Context& x) {
  YI_CHECK(row_for(s, Act::transfer, c.to));
  YI_CHECK(window_for(*s, c.window, c.to == Holder::issue_window, x));
  if (blank(c.signed_by)) return refusal(Refused::text_required, "签收人");
  return Transferred{s->department, c.window, s->holder, c.to, c.signed_by};
}

Result<Decided> decide(const CaseState* s, const Decide& c, const Context& x) {
  YI_CHECK(row_for(s, c.decision == Decision::grant ? Act::decide_grant : Act::decide_refuse));
  if (c.decision == Decision::refuse && (!c.reason || blank(*c.reason))) return refusal(Refused::reason_required);
  const auto* m = x.catalog.find_matter(s->matter);
  if (!m) return refusal(Refused::unknown_matter, s->matter.value);
  Decided f{s->department, c.decision, c.reason, {}};
  if (c.decision == Decision::grant) {
    YI_TRY(f.delivery_due, delivery_due(*m, x.calendar, x.today));
  }
  return f;
}

Result<Issued> decide(const CaseState* s, const Issue& c, const Context& x) {
  YI_CHECK(row_for(s, Act::issue));
  // A case decided on the spot is handed out where it was decided (§34(2)); every other one at an issue window.
  YI_CHECK(window_for(*s, c.window, s->holder == Holder::issue_window, x));
  if (blank(c.received_by)) return refusal(Refused::text_required, "签收人");
  return Issued{s->department, c.window, c.delivery, c.received_by};
}

Result<Withdrawn> decide(const CaseState* s, const Withdraw& c, const Context& x) {
  YI_CHECK(row_for(s, Act::withdraw));
  YI_CHECK(window_for(*s, c.window, false, x));
  if (blank(c.reason)) return refusal(Refused::text_required, "撤回的说明");
  return Withdrawn{s->department, c.window, c.reason};
}

Result<ResultReceivedForIssue> decide(const ReceiveResult& c, std::int64_t serial, bool taken, const Context& x) {
  YI_TRY(const auto p, place_of(c.matter, c.window, true, x));
  if (blank(c.foreign_number) || blank(c.signed_by) || c.handed_over.empty() ||
      std::any_of(c.handed_over.begin(), c.handed_over.end(), [](const auto& item) { return blank(item); }))
    return refusal(Refused::text_required, "部门办件编号、签收人、交接清单");
  if (taken) return refusal(Refused::foreign_number_taken, c.foreign_number);
  if (c.decided_on > x.today) return refusal(Refused::decided_in_future, to_iso(c.decided_on));
  YI_TRY(const auto due, delivery_due(*p.matter, x.calendar, c.decided_on));
  YI_TRY(const auto number, number_for(*p.matter, serial, x));
  ResultReceivedForIssue f;
  f.number = number;
  f.matter = c.matter;
  f.department = p.matter->department;
  f.window = c.window;
  f.foreign_number = Text<64>(trim(c.foreign_number));
  f.decided_on = c.decided_on;
  f.handed_over = c.handed_over;
  f.delivery_due = due;
  f.signed_by = c.signed_by;
  return f;
}

Result<CarriedOver> decide(const CarryOver& c, std::int64_t serial, bool taken, std::optional<CivilDay> opening_day,
                           const Context& x) {
  if (opening_day && *opening_day != x.today) return refusal(Refused::not_opening_day, "启用日 " + to_iso(*opening_day));
  YI_TRY(const auto p, place_of(c.matter, c.window, c.decided_on.has_value(), x));
  if (blank(c.foreign_number)) return refusal(Refused::text_required, "原办件编号");
  if (taken) return refusal(Refused::foreign_number_taken, c.foreign_number);
  if (c.accepted_on >= x.today || (c.decided_on && (*c.decided_on >= x.today || *c.decided_on < c.accepted_on)))
    return refusal(Refused::not_open_before);
  YI_TRY(const auto number, number_for(*p.matter, serial, x));
  CarriedOver f;
  f.number = number;
  f.matter = c.matter;
  f.department = p.matter->department;
  f.window = c.window;
  f.type = p.matter->case_type == catalog::CaseType::instant ? CaseType::instant : CaseType::promised;
  f.foreign_number = Text<64>(trim(c.foreign_number));
  f.accepted_on = c.accepted_on;
  f.decided_on = c.decided_on;
  YI_TRY(const auto dues, dues_from_acceptance(*p.matter, x.calendar, c.accepted_on));
  f.statutory_due = dues.statutory;
  f.promised_due = dues.promised;
  if (c.decided_on) {
    YI_TRY(f.delivery_due, delivery_due(*p.matter, x.calendar, *c.decided_on));
  }
  return f;
}

}  // namespace yi::casework
