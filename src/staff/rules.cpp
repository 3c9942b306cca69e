#include "staff/rules.h"

#include <algorithm>

#include "base/text.h"

namespace yi::staff {

bool is_of_body(LeaveKind kind) { return kind == LeaveKind::sick || kind == LeaveKind::maternity || kind == LeaveKind::work_injury; }

Disclosure disclosure_of(LeaveKind kind, const std::optional<Disclosure>& said) {
  auto d = said.value_or(Disclosure{kind == LeaveKind::maternity || kind == LeaveKind::work_injury, kind == LeaveKind::annual || kind == LeaveKind::official});
  d.health = d.health || kind == LeaveKind::sick;
  d.open = d.open && !d.health && !is_of_body(kind);
  return d;
}

const char* chinese_name(LeaveKind kind) {
  switch (kind) {
    case LeaveKind::annual: return "年休假";
    case LeaveKind::sick: return "病假";
    case LeaveKind::personal: return "事假";
    case LeaveKind::marriage: return "婚假";
    case LeaveKind::maternity: return "产假";
    case LeaveKind::paternity: return "陪产（护理）假";
    case LeaveKind::childcare: return "育儿假";
    case LeaveKind::bereavement: return "丧假";
    case LeaveKind::home_visit: return "探亲假";
    case LeaveKind::work_injury: return "工伤";
    case LeaveKind::compensatory: return "补休、调休";
    case LeaveKind::official: return "因公外出";
    case LeaveKind::brief_absence: return "临时外出";
  }
  return "";
}

namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
};
constexpr Words kWords[] = {
    {Reason::unknown_department, "staff.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", "/department"},
    {Reason::name_missing, "staff.name_missing", "没有填写请假人姓名。", "请填写姓名。", "/name"},
    {Reason::span_reversed, "staff.span_reversed", "请假的结束日期早于开始日期。", "请核对起止日期。", "/to"},
    {Reason::span_too_long, "staff.span_too_long", "一次请假的跨度超过 400 天。", "请核对起止日期，或分次登记。", "/to"},
    {Reason::days_do_not_fit, "staff.days_do_not_fit", "请假天数与起止日期对不上。",
     "按自然日计的应等于起止日期的天数，按工作日计的应至少 1 天、不超过其中的工作日。", "/days"},
    {Reason::bad_rank, "staff.bad_rank", "排列次序应为 1 到 9999 的整数。", "请填写次序。", "/rank"},
    {Reason::other_mode, "staff.other_count_mode", "这种假不是这样计算天数的。", "计算方式以 leave.yaml 为准，可以不填。", "/count_mode"},
    {Reason::own_record, "staff.own_record", "不能登记、撤销自己的请假。", "请由其他有权的人办理；本人请假走请假单。", "/name"},
    {Reason::not_their_account, "staff.not_their_account", "没有这个工作人员账号，或姓名、部门与账号不符。", "请核对账号；没有账号的可以不填。", "/account"},
    {Reason::unknown_record, "staff.unknown_record", "没有这条请假登记。", "请核对编号。", "/recorded"},
    {Reason::of_request, "staff.record_of_request", "这条登记来自请假单。", "请由本人撤回或销假。", "/recorded"},
    {Reason::taken_back_already, "staff.taken_back_already", "这条登记已经撤销。", "请刷新查看最新情况。", "/recorded"},
    {Reason::other_department, "staff.other_department", "这是其他部门人员的请假。", "请由其所在部门或中心登记。", "/department"},
};
}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, 422, w.where};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

namespace {
// How many days the span has, in that mode; of working days without a calendar as many as were said.
Result<int> days_of(const RecordLeave& c, CountMode mode, const RecordGround& ground) {
  const int span = c.to - c.from + 1;
  if (mode == CountMode::calendar) return span;
  if (!ground.working_days) {
    const int said = c.days.value_or(span);
    if (said < 1 || said > span) return refuse(Reason::days_do_not_fit);
    return said;
  }
  const auto n = ground.working_days(c.from, c.to);
  if (!n) return refusal(LeaveRefused::no_calendar);
  if (*n == 0) return refusal(LeaveRefused::no_working_day);
  return *n;
}
std::vector<YearDays> years_of(const RecordLeave& c, CountMode mode, const RecordGround& ground) {
  std::vector<YearDays> out;
  for (int year = c.from.year(); year <= c.to.year(); ++year) {
    const auto first = std::max(c.from, CivilDay::of(year, 1, 1)), last = std::min(c.to, CivilDay::of(year, 12, 31));
    const int n = mode == CountMode::calendar ? last - first + 1 : ground.working_days ? ground.working_days(first, last).value_or(0) : 0;
    if (n > 0) out.push_back({year, n});
  }
  return out;
}
bool is_themself(std::string_view name, const DepartmentCode& department, const RecordGround& ground, const RecordingActor& by) {
  const auto who = ground.colleague ? ground.colleague(by.account) : std::nullopt;
  return who && trim(name) == who->name && (who->department.empty() || who->department == department);
}
}  // namespace

Result<LeaveRecorded> decide(const RecordLeave& c, const RecordGround& ground, const RecordingActor& by) {
  if (!ground.known(c.department)) return refuse(Reason::unknown_department);
  if (!by.department.empty() && by.department != c.department) return refuse(Reason::other_department);
  if (trim(c.name).empty()) return refuse(Reason::name_missing);
  if (is_themself(c.name, c.department, ground, by) || (c.account && std::string_view(*c.account) == by.account)) return refuse(Reason::own_record);
  if (c.account) {
    const auto who = ground.colleague ? ground.colleague(std::string(*c.account)) : std::nullopt;
    if (!who || who->name != trim(c.name) || (!who->department.empty() && who->department != c.department)) return refuse(Reason::not_their_account);
  }
  if (c.to < c.from) return refuse(Reason::span_reversed);
  if (c.to - c.from + 1 > kLongestLeaveDays) return refuse(Reason::span_too_long);
  const auto mode = ground.rules ? ground.rules->of(c.kind).count : c.count_mode.value_or(CountMode::calendar);
  if (c.count_mode && *c.count_mode != mode) return refuse(Reason::other_mode);
  YI_TRY(const auto days, days_of(c, mode, ground));
  if (c.days && *c.days != days) return refuse(Reason::days_do_not_fit);
  if (c.rank < 1 || c.rank > 9999) return refuse(Reason::bad_rank);
  LeaveRecorded f{c.department, c.name, c.kind, c.from, c.to, mode, days, c.rank};
  if (!by.account.empty()) f.by = Text<64>(by.account);
  if (ground.rules) f.disclosure = ground.rules->of(c.kind).disclosure;
  if (c.account) {
    f.account = c.account;
    f.years = years_of(c, mode, ground);
  }
  return f;
}

Result<LeaveTakenBack> decide(const RecordedState* s, const TakeBackLeave& c, const RecordGround& ground, const RecordingActor& by) {
  if (!s) return refuse(Reason::unknown_record);
  if (s->leave) return refuse(Reason::of_request);
  if (s->why) return refuse(Reason::taken_back_already);
  if (!by.department.empty() && by.department.value != s->department) return refuse(Reason::other_department);
  if (is_themself(s->name, {s->department}, ground, by) || (!s->account.empty() && s->account == by.account)) return refuse(Reason::own_record);
  LeaveTakenBack f{{c.recorded, s->last}, c.why, Text<64>(by.account)};
  if (!s->account.empty()) f.given_back = GivenBack{Text<64>(s->account), s->kind, s->first, s->days, s->years};
  return f;
}

}  // namespace yi::staff
