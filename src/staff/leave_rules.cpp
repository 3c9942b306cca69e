#include "staff/leave_rules.h"

#include <algorithm>

#include "base/refusal_table.h"
#include "base/text.h"
#include "staff/rules.h"

namespace yi::staff {
namespace {

constexpr RefusalRow<LeaveRefused> kWords[] = {
    {LeaveRefused::unknown, "staff.unknown_leave", "没有这张请假单。", "请核对编号。", 404, "/leave"},
    {LeaveRefused::reason_missing, "staff.reason_missing", "没有写明理由。", "请写明理由。", 422, "/reason"},
    {LeaveRefused::span_reversed, "staff.span_reversed", "请假的结束日期早于开始日期。", "请核对起止日期。", 422, "/to"},
    {LeaveRefused::span_too_long, "staff.span_too_long", "一次请假的跨度超过 400 天。", "请核对起止日期，或分次请假。", 422, "/to"},
    {LeaveRefused::begins_in_the_past, "staff.begins_in_the_past", "请假的开始日期太早。", "紧急情况先离岗的，请在回来后及时补办；更早的由中心登记。", 422, "/from"},
    {LeaveRefused::no_working_day, "staff.no_working_day", "这一段没有工作日，不用请假。", "请核对起止日期。", 422, "/to"},
    {LeaveRefused::no_calendar, "staff.no_calendar", "工作日历还没有这一年，算不出天数。", "请先登记放假安排。", 409, "/to"},
    {LeaveRefused::substitute_missing, "staff.substitute_missing", "没有写明顶岗人（B岗）。", "请选择顶岗的同事。", 422, "/substitute"},
    {LeaveRefused::unknown_substitute, "staff.unknown_substitute", "没有这个工作人员账号，或账号已停用。", "请选择在岗的工作人员。", 422, "/substitute"},
    {LeaveRefused::substitute_is_oneself, "staff.substitute_is_oneself", "不能由自己顶岗。", "请选择其他同事。", 422, "/substitute"},
    {LeaveRefused::certificate_missing, "staff.certificate_missing", "这种假满这些天要附证明。", "请写明证明材料的名称、编号，并交原件。", 422, "/certificate"},
    {LeaveRefused::annual_spent, "staff.annual_spent", "年休假的天数不够。", "请减少天数；可休天数和依据见“我的假期”。", 409, "/to"},
    {LeaveRefused::overlaps, "staff.leave_overlaps", "这几天已经请过假。", "请核对起止日期，或先撤回原来的请假。", 409, "/from"},
    {LeaveRefused::unknown_extended, "staff.unknown_extended", "要续的请假单不是您的、没有批准，或是另一种假。", "请核对编号。", 422, "/extends"},
    {LeaveRefused::extension_must_follow, "staff.extension_must_follow", "续假要紧接原来的假期。", "请从原假期结束的第二天起续。", 422, "/from"},
    {LeaveRefused::no_account, "staff.no_account", "只有大厅工作人员的账号可以请假。", "请用本人的工作人员账号登录。", 403, ""},
    {LeaveRefused::not_asked, "staff.leave_not_waiting", "这张请假单不在审批中。", "请刷新查看最新情况。", 409, ""},
    {LeaveRefused::not_this_step, "staff.not_this_step", "这张请假单现在不到这一环节。", "请等前面的环节审批。", 409, ""},
    {LeaveRefused::own_leave, "staff.own_leave", "不能审批自己的请假。", "请由其他有权的人审批。", 403, ""},
    {LeaveRefused::other_department, "staff.leave_of_other_department", "这是其他部门人员的请假。", "请由其所在部门审批。", 403, ""},
    {LeaveRefused::not_yours, "staff.not_your_leave", "这不是您的请假单。", "请由本人办理。", 403, ""},
    {LeaveRefused::begun_already, "staff.leave_has_begun", "假期已经开始，不能撤回。", "提前回来的，请销假。", 409, ""},
    {LeaveRefused::not_substitute, "staff.not_substitute", "您不是这张请假单的顶岗人。", "请由顶岗人确认。", 403, ""},
    {LeaveRefused::confirmed_already, "staff.confirmed_already", "交接已经确认过。", "请刷新查看最新情况。", 409, ""},
    {LeaveRefused::not_approved, "staff.leave_not_approved", "这张请假单没有批准，或已经销假。", "请刷新查看最新情况。", 409, ""},
    {LeaveRefused::not_begun, "staff.leave_not_begun", "假期还没有开始。", "不休的，请撤回。", 409, ""},
    {LeaveRefused::not_overdue, "staff.not_overdue", "还没有到逾期未销假的日数。", "请提醒本人销假。", 409, ""},
    {LeaveRefused::extended_gone, "staff.extended_gone", "它所续的假已经撤回、销假或认定，不能再批准续假。", "请由本人重新请假。", 409, ""},
    {LeaveRefused::approved_before, "staff.approved_before", "您已经审批过这张请假单的前一环节。", "每一环节由不同的人审批；人少的中心可以在 leave.yaml 的 one_may_approve_twice 改变。", 403, ""},
};

bool blank(std::string_view s) { return trim(s).empty(); }

Checked waiting(const LeaveState* s, const LeaveContext& x) {
  if (!s) return refusal(LeaveRefused::unknown);
  if (s->stage != LeaveStage::asked) return refusal(LeaveRefused::not_asked);
  if (s->account == x.account) return refusal(LeaveRefused::own_leave);
  return Done{};
}
// The window's and the unit's steps are the department's own.
Checked of_department(const LeaveState& s, LeaveStep step, const LeaveContext& x) {
  if (step != LeaveStep::centre && !x.department.empty() && x.department.value != s.department) return refusal(LeaveRefused::other_department);
  return Done{};
}
std::optional<TakenBack> taken_back(const LeaveState& s) { return s.recorded ? std::optional(TakenBack{{s.recorded}, s.last}) : std::nullopt; }
GivenBack given_back(const LeaveState& s) { return {Text<64>(s.account), s.kind, s.first, s.days, s.years}; }
bool is_counted(LeaveKind k) { return k == LeaveKind::annual || k == LeaveKind::personal || k == LeaveKind::sick; }

}  // namespace

// Leaves of one kind between which no working day lies are one, though none says that it continues another.
namespace {
constexpr int kMostNeighbours = 40;
int adjoining_days(const AskLeave& c, const AskedContext& a, const LeaveContext& x) {
  int days = 0;
  auto from = c.from, to = c.to;
  bool more = static_cast<bool>(a.neighbours);
  for (int i = 0; more && i < kMostNeighbours; ++i) {
    more = false;
    for (const auto& s : a.neighbours(from, to)) {
      const bool before = s.last < from;
      if (before && s.back && *s.back <= s.last) continue;  // came back early: there was a day of work
      const auto between = before ? x.ground.calendar->count_working_days(s.last, from - 1) : x.ground.calendar->count_working_days(to, s.first - 1);
      if (!between || between->value > 0) continue;
      days += s.days;
      (before ? from : to) = before ? s.first : s.last;
      more = true;
    }
  }
  return days;
}
}  // namespace

// Who belongs to no department has neither its window's head nor a home unit: the centre alone decides.
static LeaveSteps steps_for(const Colleague& who, LeaveKind kind, int days, const LeaveRules& rules) {
  return who.department.empty() ? LeaveSteps{{}, {LeaveStep::centre}, {LeaveStep::centre}} : steps_of(rules.steps_for(kind, who.roles), days);
}

std::optional<std::vector<YearDays>> days_by_year(CivilDay from, CivilDay to, CountMode mode, const calendar::Calendar& calendar) {
  std::vector<YearDays> out;
  for (int year = from.year(); year <= to.year(); ++year) {
    const auto first = std::max(from, CivilDay::of(year, 1, 1)), last = std::min(to, CivilDay::of(year, 12, 31));
    int days = last - first + 1;
    if (mode == CountMode::working) {
      const auto n = calendar.count_working_days(first - 1, last);
      if (!n) return std::nullopt;
      days = n->value;
    }
    if (days > 0) out.push_back({year, days});
  }
  return out;
}
bool is_overdue(CivilDay last, CivilDay today, const LeaveRules& rules, const calendar::Calendar& calendar) {
  if (today <= last + rules.overdue_days) return false;
  if (rules.overdue_count == CountMode::calendar) return true;
  const auto n = calendar.count_working_days(last, today);
  return !n || n->value > rules.overdue_days;
}
static int sum(const std::vector<YearDays>& years) {
  int n = 0;
  for (const auto& y : years) n += y.days;
  return n;
}
// Each year's days against what that year gives, as it stands on their first one; an earlier year's of the same leave count as taken.
static bool annual_suffices(const std::vector<YearDays>& years, CivilDay from, const AskedContext& a) {
  for (const auto& y : years) {
    auto before = a.year_of(y.year - 1);
    for (const auto& other : years)
      if (other.year == y.year - 1) before.annual += other.days;
    const auto now = a.year_of(y.year);
    if (y.days + now.annual > annual_entitlement(a.service, before, now, std::max(from, CivilDay::of(y.year, 1, 1))).days) return false;
  }
  return true;
}

std::string subject_number(std::string_view account) { return "staff\n" + std::string(account); }

Refusal refusal(LeaveRefused what) { return refusal_of(kWords, what); }
std::vector<std::string> leave_refusal_codes() { return codes_of(kWords); }

Result<LeaveAsked> decide(const AskLeave& c, const AskedContext& a, const LeaveContext& x) {
  const auto who = x.ground.colleague(x.account);
  if (!who) return refusal(LeaveRefused::no_account);
  if (blank(c.reason)) return refusal(LeaveRefused::reason_missing);
  if (c.to < c.from) return refusal(LeaveRefused::span_reversed);
  if (c.to - c.from + 1 > kLongestLeaveDays) return refusal(LeaveRefused::span_too_long);
  if (c.from < x.today - x.ground.rules->late_asking_days) return refusal(LeaveRefused::begins_in_the_past);
  const auto& rule = x.ground.rules->of(c.kind);
  const auto years = days_by_year(c.from, c.to, rule.count, *x.ground.calendar);
  if (!years) return refusal(LeaveRefused::no_calendar);
  const int days = sum(*years);
  if (days == 0) return refusal(LeaveRefused::no_working_day);
  if (c.extends) {
    if (!a.extended || a.extended->account != x.account || a.extended->stage != LeaveStage::approved || a.extended->kind != c.kind) return refusal(LeaveRefused::unknown_extended);
    if (c.from != a.extended->last + 1) return refusal(LeaveRefused::extension_must_follow);
  }
  if (a.touching(c.from, c.to)) return refusal(LeaveRefused::overlaps);
  if (rule.hand_over && !c.substitute) return refusal(LeaveRefused::substitute_missing);
  if (c.substitute) {
    if (*c.substitute == x.account) return refusal(LeaveRefused::substitute_is_oneself);
    if (!x.ground.colleague(std::string(*c.substitute))) return refusal(LeaveRefused::unknown_substitute);
  }
  // An extension is judged with what it extends, and leaves that touch each other as one, whatever they say.
  const int whole = days + (a.extended && c.extends ? a.extended->whole : adjoining_days(c, a, x));
  if (rule.certificate_days && whole >= *rule.certificate_days && (!c.certificate || blank(*c.certificate))) return refusal(LeaveRefused::certificate_missing);
  if (c.kind == LeaveKind::annual && !annual_suffices(*years, c.from, a)) return refusal(LeaveRefused::annual_spent);
  auto steps = steps_for(*who, c.kind, whole, *x.ground.rules);
  LeaveAsked f{a.next, Text<64>(x.account), who->department, Text<60>(who->name), c.kind, c.from, c.to, rule.count, days, whole, {}, c.substitute, {},
               steps.by, c.extends, *years, {}, {}};
  if (steps.reads != steps.by) f.reads = std::move(steps.reads);
  return f;
}

Result<LeaveApproved> decide(const LeaveState* s, const ApproveLeave& c, LeaveStep step, const std::optional<LeaveState>& extended, const LeaveContext& x) {
  YI_CHECK(waiting(s, x));
  if (s->steps.empty() || s->steps.front() != step) return refusal(LeaveRefused::not_this_step);
  YI_CHECK(of_department(*s, step, x));
  if (!x.ground.rules->one_may_approve_twice && std::find(s->approved_by.begin(), s->approved_by.end(), x.account) != s->approved_by.end()) return refusal(LeaveRefused::approved_before);
  if (s->extends && (!extended || extended->stage != LeaveStage::approved)) return refusal(LeaveRefused::extended_gone);
  LeaveApproved f{c.leave, step, s->steps.size() == 1, Text<64>(x.account)};
  if (f.last && extended) f.taken_back = taken_back(*extended);
  return f;
}

Result<LeaveRejected> decide(const LeaveState* s, const RejectLeave& c, LeaveStep step, const LeaveContext& x) {
  YI_CHECK(waiting(s, x));
  if (s->steps.empty() || s->steps.front() != step) return refusal(LeaveRefused::not_this_step);
  YI_CHECK(of_department(*s, step, x));
  if (blank(c.reason)) return refusal(LeaveRefused::reason_missing);
  return LeaveRejected{c.leave, step, {}, Text<64>(x.account), given_back(*s)};
}

Result<LeaveWithdrawn> decide(const LeaveState* s, const WithdrawLeave& c, const LeaveContext& x) {
  if (!s) return refusal(LeaveRefused::unknown);
  if (s->account != x.account) return refusal(LeaveRefused::not_yours);
  if (s->stage != LeaveStage::asked && s->stage != LeaveStage::approved) return refusal(LeaveRefused::not_approved);
  if (s->stage == LeaveStage::approved && s->first <= x.today) return refusal(LeaveRefused::begun_already);
  return LeaveWithdrawn{c.leave, given_back(*s), taken_back(*s)};
}

Result<HandOverConfirmed> decide(const LeaveState* s, const ConfirmHandOver& c, const LeaveContext& x) {
  if (!s) return refusal(LeaveRefused::unknown);
  if (s->substitute != x.account) return refusal(LeaveRefused::not_substitute);
  if (s->handed_over) return refusal(LeaveRefused::confirmed_already);
  if (s->stage != LeaveStage::asked && s->stage != LeaveStage::approved) return refusal(LeaveRefused::not_approved);
  return HandOverConfirmed{c.leave, Text<64>(x.account)};
}

Result<ReturnedFromLeave> decide(const LeaveState* s, const ReturnFromLeave& c, const LeaveContext& x) {
  if (!s) return refusal(LeaveRefused::unknown);
  if (s->account != x.account) return refusal(LeaveRefused::not_yours);
  if (s->stage != LeaveStage::approved) return refusal(LeaveRefused::not_approved);
  if (x.today < s->first) return refusal(LeaveRefused::not_begun);
  ReturnedFromLeave f{c.leave, x.today, {}, {}};
  if (x.today <= s->last) f.taken_back = taken_back(*s);
  // Back before the last day: the days from today on, as the kind counts them, were not taken.
  if (is_counted(s->kind) && x.today <= s->last)
    if (const auto unused = days_by_year(x.today, s->last, s->count_mode, *x.ground.calendar); unused && !unused->empty()) {
      f.given_back = given_back(*s);
      f.given_back->days = sum(*unused);
      if (!s->years.empty()) f.given_back->years = *unused;
    }
  return f;
}

Result<OverdueReturnDecided> decide(const LeaveState* s, const DecideOverdueReturn& c, const LeaveContext& x) {
  if (!s) return refusal(LeaveRefused::unknown);
  if (s->account == x.account) return refusal(LeaveRefused::own_leave);
  if (s->stage != LeaveStage::approved) return refusal(LeaveRefused::not_approved);
  if (!is_overdue(s->last, x.today, *x.ground.rules, *x.ground.calendar)) return refusal(LeaveRefused::not_overdue);
  if (blank(c.reason)) return refusal(LeaveRefused::reason_missing);
  return OverdueReturnDecided{c.leave, c.absent, {}, Text<64>(x.account)};
}

Result<ServiceRecorded> decide(const RecordService& c, const LeaveContext& x) {
  if (!x.ground.colleague(std::string(c.account))) return refusal(LeaveRefused::unknown_substitute);
  if (c.account == x.account) return refusal(LeaveRefused::own_leave);
  return ServiceRecorded{c.account, c.since, c.school_holidays, c.pay_kept, Text<64>(x.account)};
}

// Requests come in the order of their approval; entered ranks stand before them.
static LeaveRecorded told(LeaveId leave, const LeaveState& s, CivilDay from, std::int32_t days, const std::optional<Disclosure>& disclosure) {
  constexpr std::int32_t kAfterEntered = 9'999;
  return {{s.department}, Text<60>(s.name), s.kind, from, s.last, s.count_mode, days, kAfterEntered, leave, Text<64>(s.account), {}, {}, disclosure};
}
LeaveRecorded recorded(LeaveId leave, const LeaveState& s, const std::optional<LeaveState>& extended, const Disclosure& now) {
  if (!extended || !extended->recorded) return told(leave, s, s.first, s.days, now);
  // One row tells of both: what was kept of the first stays so, and what is kept now is kept of the second.
  const auto before = disclosure_of(s.kind, extended->disclosure);
  return told(leave, s, extended->told_from, extended->told_days + s.days, Disclosure{before.health || now.health, before.open && now.open});
}
LeaveRecorded recorded_again(LeaveId leave, const LeaveState& s) { return told(leave, s, s.told_from, s.told_days, s.disclosure); }

std::optional<LeaveRecorded> recorded_until(LeaveId leave, const LeaveState& s, CivilDay back_on, const calendar::Calendar& calendar) {
  auto r = recorded_again(leave, s);
  r.to = back_on - 1;
  if (r.to < r.from) return std::nullopt;
  // What it continues was taken whole; of its own days those before the return.
  const auto own = r.to < s.first ? std::vector<YearDays>{} : days_by_year(s.first, r.to, s.count_mode, calendar).value_or(s.years);
  r.days += sum(own) - s.days;
  return r.days > 0 ? std::optional(std::move(r)) : std::nullopt;
}

}  // namespace yi::staff
