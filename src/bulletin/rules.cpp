#include "bulletin/rules.h"

#include "base/text.h"
#include "bulletin/phrase.h"

namespace yi::bulletin {
namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
  int status;
};
constexpr Words kWords[] = {
    {Reason::period_reversed, "bulletin.period_reversed", "一期的结束日期早于开始日期。", "请核对起止日期。", "/to", 422},
    {Reason::period_too_long, "bulletin.period_too_long", "一期超过 31 天。", "请核对起止日期。", "/to", 422},
    {Reason::period_ahead, "bulletin.period_ahead", "开始日期在一个月以后。", "请核对年份和日期：以后各期须晚于这一期。", "/from", 422},
    {Reason::period_overlaps, "bulletin.period_overlaps", "这一期与已设定的一期有重叠的日期。", "请核对起止日期；每一天只属于一期。", "/from", 409},
    {Reason::period_before_last, "bulletin.period_before_last", "这一期早于已设定的最后一期。",
     "各期须按日期先后设定：补设较早的一期会改变以后各期已经计出的数字。", "/from", 409},
    {Reason::period_before_opening, "bulletin.period_before_opening", "第一期的开始日期早于期初数的截止日。",
     "请把开始日期改为期初数的截止日或以后。", "/from", 409},
    {Reason::opening_balance_already_entered, "bulletin.opening_balance_already_entered", "期初数已经登记过。",
     "期初数只登记一次；有误时请联系管理员更正。", "", 409},
    {Reason::opening_balance_late, "bulletin.opening_balance_late", "期初数的截止日晚于第一期的开始日期。",
     "期初数应截至第一期开始之前。", "/before", 409},
    {Reason::opening_balance_not_zero, "bulletin.opening_balance_not_zero", "截至 1 月 1 日之前的本年期初数只能是零。",
     "请把四个数都填为 0：上一年的数不计入本年。", "/before", 422},
    {Reason::negative_figure, "bulletin.negative_figure", "期初数应为 0 到 10 亿之间的整数。", "请核对数字。", "", 422},
    {Reason::source_missing, "bulletin.source_missing", "没有写明期初数的来源。", "请填写来源，例如原系统名称或上一期周报。", "/source", 422},
    {Reason::unknown_week, "bulletin.unknown_week", "还没有设定从这一天开始的一期。", "请先设定这一期的起止日期。", "/week", 404},
    {Reason::unknown_department, "bulletin.unknown_department", "目录里没有这个部门。", "请从部门列表中选择；中心自己的动态不填部门。", "/department", 422},
    {Reason::text_missing, "bulletin.text_missing", "有一段文字是空的。", "请填写文字，或删去这一段。", "/text", 422},
    {Reason::line_end_in_text, "bulletin.line_end_in_text", "一段文字里不能换行。", "请合成一段，或分成几条登记。", "/text", 422},
    {Reason::bad_rank, "bulletin.bad_rank", "排列次序应为 1 到 9999 的整数。", "请填写次序。", "/rank", 422},
    {Reason::no_entries, "bulletin.no_entries", "这一部分应有 1 到 50 段文字。", "请填写文字。", "/entries", 422},
    {Reason::pushed_missing, "bulletin.pushed_missing", "文字里有 {pushed}，却没有列出重点推进的事项。", "请填写重点推进的事项。", "/pushed", 422},
    {Reason::issuer_missing, "bulletin.issuer_missing", "没有填写印发单位。", "请填写印发单位。", "/issuer", 422},
    {Reason::receiver_missing, "bulletin.receiver_missing", "报、送、发的单位中有一处是空的。", "请填写单位名称，或删去这一处。", "", 422},
    {Reason::bad_copies, "bulletin.bad_copies", "印数应为 0 到 100000 的整数。", "请核对印数；0 表示不印这一行。", "/copies", 422},
    {Reason::bad_number, "bulletin.bad_number", "期号应为 1 到 100000 的整数；有总期号时须有期号。", "请核对期号。", "/number", 422},
    {Reason::bad_issue_day, "bulletin.bad_issue_day", "印发日期早于本期的第一天，或晚于它 180 天以上。", "请核对年份和日期。", "/issued_on", 422},
};

Checked check_text(const std::string& text, const std::string& where) {
  if (trim(text).empty()) return refuse(Reason::text_missing, where);
  if (text.find_first_of("\r\n") != std::string::npos) return refuse(Reason::line_end_in_text, where);
  return Done{};
}

Checked check_names(const std::vector<Text<60>>& names, const std::string& where) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (trim(names[i]).empty()) return refuse(Reason::receiver_missing, where + "/" + std::to_string(i));
  return Done{};
}

Refusal placed(Refusal r, std::string where) {
  r.where = std::move(where);
  return r;
}
}  // namespace

Refusal refuse(Reason reason, std::string where) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, w.status, where.empty() ? w.where : std::move(where)};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  out.insert(out.end(), {"bulletin.bad_slot", "bulletin.unknown_slot"});
  return out;
}

Result<PeriodSet> decide(const SetPeriod& c, const Periods& periods, CivilDay today) {
  if (c.to < c.from) return refuse(Reason::period_reversed);
  if (c.to - c.from + 1 > kLongestPeriodDays) return refuse(Reason::period_too_long);
  if (c.from - today > kLongestAheadDays) return refuse(Reason::period_ahead);
  // Periods follow each other, so a new one can only overlap or precede the last.
  if (periods.last && c.from <= periods.last->to)
    return refuse(c.to >= periods.last->from ? Reason::period_overlaps : Reason::period_before_last);
  if (!periods.last && periods.opening && c.from < *periods.opening) return refuse(Reason::period_before_opening);
  return PeriodSet{c.from, c.to};
}

Result<OpeningBalanceEntered> decide(const EnterOpeningBalance& c, const Periods& periods) {
  if (periods.opening) return refuse(Reason::opening_balance_already_entered);
  if (periods.first && periods.first->from < c.before) return refuse(Reason::opening_balance_late);
  const struct { const char* name; std::int64_t n; } all[] = {
      {"/consulted", c.consulted}, {"/accepted", c.accepted}, {"/issued", c.issued}, {"/transferred", c.transferred}};
  const bool new_year = c.before.month() == 1 && c.before.day() == 1;
  for (const auto& f : all) {
    if (f.n < 0 || f.n > kMostInAYear) return refuse(Reason::negative_figure, f.name);
    if (new_year && f.n != 0) return refuse(Reason::opening_balance_not_zero);
  }
  if (trim(c.source).empty()) return refuse(Reason::source_missing);
  return OpeningBalanceEntered{c.before, c.consulted, c.accepted, c.issued, c.transferred, c.source};
}

Result<NewsEntered> decide(const EnterNews& c, bool week_is_set, const KnownDepartment& known) {
  if (!week_is_set) return refuse(Reason::unknown_week);
  if (c.department && !known(*c.department)) return refuse(Reason::unknown_department);
  YI_CHECK(check_text(c.text, "/text"));
  if (c.rank < 1 || c.rank > 9999) return refuse(Reason::bad_rank);
  return NewsEntered{c.week, c.department, c.on, c.text, c.rank};
}

Result<SectionWritten> decide(const WriteSection& c, bool week_is_set) {
  if (!week_is_set) return refuse(Reason::unknown_week);
  if (c.entries.empty() || c.entries.size() > kMostEntries) return refuse(Reason::no_entries);
  for (std::size_t i = 0; i < c.entries.size(); ++i) {
    const std::string where = "/entries/" + std::to_string(i);
    YI_CHECK(check_text(c.entries[i], where));
    const auto phrase = parse_entry(c.entries[i]);
    if (!phrase) return placed(phrase.error(), where);
    if (phrase->has("pushed") && c.pushed.empty()) return refuse(Reason::pushed_missing);
  }
  for (std::size_t i = 0; i < c.pushed.size(); ++i) YI_CHECK(check_text(c.pushed[i], "/pushed/" + std::to_string(i)));
  return SectionWritten{c.week, c.section, c.entries, c.pushed};
}

Result<ImprintSet> decide(const SetImprint& c, bool week_is_set) {
  if (!week_is_set) return refuse(Reason::unknown_week);
  if (c.issued_on < c.week || c.issued_on - c.week > kLatestIssueDays) return refuse(Reason::bad_issue_day);
  if (trim(c.issuer).empty()) return refuse(Reason::issuer_missing);
  if (c.copies < 0 || c.copies > 100'000) return refuse(Reason::bad_copies);
  const auto bad = [](const std::optional<std::int32_t>& n) { return n && (*n < 1 || *n > 100'000); };
  if (bad(c.number) || bad(c.total_number) || (c.total_number && !c.number)) return refuse(Reason::bad_number);
  YI_CHECK(check_names(c.report_to, "/report_to"));
  YI_CHECK(check_names(c.send_to, "/send_to"));
  for (std::size_t i = 0; i < c.distribute_to.size(); ++i) {
    const std::string where = "/distribute_to/" + std::to_string(i);
    if (c.distribute_to[i].empty()) return refuse(Reason::receiver_missing, where);
    YI_CHECK(check_names(c.distribute_to[i], where));
  }
  return ImprintSet{c.week, c.issued_on, c.issuer, c.copies, c.report_to, c.send_to, c.distribute_to, c.layout_hints,
                    c.number, c.total_number};
}

}  // namespace yi::bulletin
