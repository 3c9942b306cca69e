#include "calendar/due.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace yi::calendar {
namespace {

const char* weekday_name(CivilDay d) {
  static constexpr std::array<const char*, 7> names{"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
  return names[static_cast<std::size_t>(d.weekday()) - 1];
}

const char* unit_name(Unit u) { return u == Unit::working ? "个工作日" : "个自然日"; }

std::string headline(const DueQuestion& q, const DueAnswer& a) {
  std::string s = fmt::format("起始日 {}（{}），期限 {} {}", to_iso(q.from),
                              q.count_from == CountFrom::next_day ? "当日不计入" : "自当日起算", q.days, unit_name(q.unit));
  if (!q.basis.empty()) s += "（" + q.basis + "）";
  for (const auto& e : q.extensions) s += fmt::format("，延长 {} {}（{}）", e.days, unit_name(q.unit), e.basis);
  if (a.due) return s + fmt::format("，到期日 {}（{}{}）。\n", to_iso(*a.due), weekday_name(*a.due), a.provisional ? "，暂定" : "");
  return s + fmt::format("；自 {} 起暂停，尚未恢复，已计 {} 日，尚余 {} 日。\n", to_iso(*a.paused_since), a.counted,
                         a.total - a.counted);
}

std::string tally(const DueAnswer& a) {
  int rest = 0, paused = 0, postponed = 0;
  for (const auto& d : a.days) {
    rest += d.effect == DayEffect::rest;
    paused += d.effect == DayEffect::paused;
    postponed += d.effect == DayEffect::postponed || d.effect == DayEffect::postponed_to;
  }
  std::string s = fmt::format("合计：计入 {} 日", a.counted);
  if (rest > 0) s += fmt::format("，休息日不计 {} 日", rest);
  if (paused > 0) s += fmt::format("，暂停不计 {} 日", paused);
  if (postponed > 0) s += fmt::format("，顺延 {} 日", postponed);
  return s + "。\n";
}

Refusal bad_pause(std::string_view text) {
  return {"calendar.bad_pause", fmt::format("暂停“{}”的写法不对。", excerpt(text, 60)),
          "请写成 2025-10-13..2025-10-17（首尾两日都不计）；尚未恢复的写成 2025-10-13..；可在后面加“=专家评审”说明原因。", 400,
          ""};
}

}  // namespace

Result<Pause> parse_pause(std::string_view text) {
  Pause p;
  std::string_view days = text;
  if (const auto eq = text.find('='); eq != std::string_view::npos) {
    p.reason = text.substr(eq + 1);
    days = text.substr(0, eq);
    if (p.reason.empty()) return bad_pause(text);
  }
  const auto dots = days.find("..");
  if (dots == std::string_view::npos) return bad_pause(text);
  YI_TRY(p.from, parse_day(days.substr(0, dots)));
  const std::string_view end = days.substr(dots + 2);
  if (end.empty()) return p;
  YI_TRY(p.to, parse_day(end));
  if (*p.to < p.from)
    return Refusal{"calendar.pause_reversed", fmt::format("暂停“{}”的结束日早于开始日。", days), "请把早的日期写在前面。",
                   400, ""};
  return p;
}

Result<int> parse_days(std::string_view text) {
  int n = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (ec != std::errc{} || end != text.data() + text.size() || n < 1 || n > limits::kDueDays.value)
    return Refusal{"calendar.bad_days", fmt::format("天数“{}”不是 1 至 {} 的整数。", excerpt(text), limits::kDueDays.value),
                   "请用半角数字填写天数，例如 20；当日办结的即办件不必计算期限。", 400, ""};
  return n;
}

Result<DueQuestion> parse_due(const DueRequest& r) {
  DueQuestion q;
  YI_TRY(q.from, parse_day(r.from));
  YI_TRY(q.days, parse_days(r.days));
  if (!json::enum_from(r.unit, q.unit))
    return Refusal{"calendar.bad_unit", "期限的单位“" + excerpt(r.unit) + "”不认识。",
                   "请写 working（工作日）或 calendar（自然日）。", 400, ""};
  if (!json::enum_from(r.count_from, q.count_from))
    return Refusal{"calendar.bad_count_from", "起算方式“" + excerpt(r.count_from) + "”不认识。",
                   "请写 next_day（次日起算）或 same_day（当日起算）。", 400, ""};
  for (const auto& text : r.pauses) {
    YI_TRY(Pause p, parse_pause(text));
    q.pauses.push_back(std::move(p));
  }
  for (const auto& text : r.extensions) {
    Extension e;
    YI_TRY(e.days, parse_days(text));
    q.extensions.push_back(std::move(e));
  }
  q.basis = r.basis;
  return q;
}

std::string explain_text(const DueQuestion& q, const DueAnswer& a) {
  std::string out = headline(q, a);
  const int width = static_cast<int>(std::to_string(a.total).size());
  for (const auto& d : a.days) {
    const std::string blank(static_cast<std::size_t>(width), ' ');  // in the place of the number
    const std::string column = d.counted                            ? fmt::format("第{:>{}}日", d.number, width)
                               : d.effect == DayEffect::postponed_to ? "到期" + blank
                                                                     : "不计" + blank;
    out += fmt::format("{} {} {} {}", to_iso(d.day), weekday_name(d.day), column, d.reason);
    if (!d.basis.empty()) out += "〔" + d.basis + "〕";
    if (d.provisional) out += "〔暂定〕";
    out += '\n';
  }
  out += tally(a);
  for (const auto& n : a.notices)
    out += fmt::format("{}：{}（{}）{}。\n", n.provisional ? "暂按法定假日" : "放假安排", n.title, n.number,
                       n.verified ? "" : "，文号或日期未核实");
  return out + provisional_text(a);
}

std::string provisional_text(const DueAnswer& a) {
  if (!a.provisional) return "";
  return fmt::format("暂定：{}涉及放假通知尚未公布的年份，按周末和法定假日推算，通知公布后须重新计算。\n",
                     a.due ? "到期日" : "已计天数");
}

Result<std::string> run_due(const Calendar& calendar, const DueRequest& r) {
  YI_TRY(const DueQuestion q, parse_due(r));
  YI_TRY(const DueAnswer a, due(calendar, q, r.explain ? Explain::yes : Explain::no));
  std::string out = (a.due ? to_iso(*a.due) : "暂停中") + "\n";
  if (r.explain) out += explain_text(q, a);
  else out += (a.due ? "" : headline(q, a)) + provisional_text(a);
  return out;
}

}  // namespace yi::calendar
