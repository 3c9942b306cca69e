#include "hall/follow_up_rules.h"

#include <algorithm>

#include "base/phone.h"
#include "base/refusal_table.h"
#include "base/text.h"

namespace yi::hall {
namespace {

constexpr RefusalRow<FollowUpRefused> kWords[] = {
    {FollowUpRefused::unknown, "hall.unknown_follow_up", "没有这个交办件。", "请核对编号。", 404, "/follow_up"},
    {FollowUpRefused::words_missing, "hall.words_missing", "没有写明内容。", "请写明情况、理由或措施。", 422, ""},
    {FollowUpRefused::unknown_department, "hall.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", 422, "/department"},
    {FollowUpRefused::unknown_window, "hall.unknown_window", "没有这个窗口。", "请核对窗口编号。", 422, "/window"},
    {FollowUpRefused::unknown_matter, "hall.unknown_matter", "目录里没有这个事项。", "请从事项列表中选择，或不填。", 422, "/matter"},
    {FollowUpRefused::unknown_class, "hall.unknown_class", "没有这个类别。", "请从类别列表中选择。", 422, "/sort"},
    {FollowUpRefused::sorted_already, "hall.sorted_already", "这个交办件已经分办。", "请刷新查看最新情况。", 409, ""},
    {FollowUpRefused::not_sorted, "hall.not_sorted", "这个交办件还没有分办，或正在申诉、已经答复。", "请刷新查看最新情况。", 409, ""},
    {FollowUpRefused::declined, "hall.follow_up_declined", "这个交办件不属于大厅受理范围，已经告知。", "请刷新查看最新情况。", 409, ""},
    {FollowUpRefused::closed, "hall.follow_up_closed", "这个交办件已经办结。", "又有新情况的，请另行登记。", 409, ""},
    {FollowUpRefused::not_of_your_department, "hall.not_of_your_department", "这个交办件由其他部门牵头办理。", "请由牵头部门答复。", 403, ""},
    {FollowUpRefused::no_day, "hall.no_day", "工作日历还没有这一年，算不出期限。", "请先登记放假安排。", 409, ""},
    {FollowUpRefused::extended_already, "hall.extended_already", "期限已经延长过一次。", "请在期限内答复。", 409, ""},
    {FollowUpRefused::too_long, "hall.too_long", "延长的天数超过这一类的期限。", "请减少天数。", 422, "/days"},
    {FollowUpRefused::past_due, "hall.past_due", "期限已过，不能再延长。", "请尽快答复，并说明原因。", 409, ""},
    {FollowUpRefused::no_rating, "hall.no_rating", "只有差评可以申诉。", "请直接答复。", 409, ""},
    {FollowUpRefused::rating_not_declined, "hall.rating_not_declined", "差评不能不予受理。", "请分办；误评、恶意评价由被评的部门申诉。", 409, ""},
    {FollowUpRefused::appealed_already, "hall.appealed_already", "这个差评已经申诉过。", "请按核实结果整改。", 409, ""},
    {FollowUpRefused::no_appeal, "hall.no_appeal", "没有等待复核的申诉。", "请刷新查看最新情况。", 409, ""},
    {FollowUpRefused::own_appeal, "hall.own_appeal", "不能复核自己提出的申诉。", "请由其他督查人员复核。", 403, ""},
    {FollowUpRefused::not_answered, "hall.not_answered", "还没有答复，不能回访办结。", "请先答复。", 409, ""},
    {FollowUpRefused::leader_missing, "hall.leader_missing", "没有填写领导的姓名。", "请填写姓名。", 422, "/leader"},
    {FollowUpRefused::contact_left, "hall.contact_left", "这个交办件留有联系方式：在办件里，或在登记里。", "请回访；三次没有联系上的，在第三次写明怎样结束。", 409, ""},
    {FollowUpRefused::bad_phone, "hall.bad_reporter_phone", "电话号码不对。", "请填写手机号码或带区号的固定电话；本人没有留号码的，不填。", 422, "/reporter/phone"},
    {FollowUpRefused::follow_up_open, "hall.follow_up_open", "这些内容属于一个没有办结的交办件，现在不能删除。", "请在办结之后删除。", 409, "/subject"},
    {FollowUpRefused::name_missing, "hall.reporter_name_missing", "没有填写姓名。", "请填写姓名，或不留个人信息。", 422, "/reporter/name"},
};

bool blank(std::string_view s) { return trim(s).empty(); }

// In hand: sorted, and neither appealed nor answered.
Checked in_hand(const FollowUpState* s) {
  if (!s) return refusal(FollowUpRefused::unknown);
  if (s->stage == FollowUpStage::declined) return refusal(FollowUpRefused::declined);
  if (s->stage == FollowUpStage::closed) return refusal(FollowUpRefused::closed);
  if (s->stage != FollowUpStage::sorted) return refusal(FollowUpRefused::not_sorted);
  return Done{};
}
Checked mine(const FollowUpState& s, const FollowUpContext& x) {
  if (!x.department.empty() && x.department.value != s.lead) return refusal(FollowUpRefused::not_of_your_department);
  return Done{};
}
Result<CivilDay> after(CivilDay from, int days, const FollowUpContext& x) {
  const auto due = x.ground.calendar->add_working_days(from, {days});
  if (!due) return refusal(FollowUpRefused::no_day);
  return *due;
}

}  // namespace

Refusal refusal(FollowUpRefused what) { return refusal_of(kWords, what); }
std::vector<std::string> follow_up_refusal_codes() { return codes_of(kWords); }

Result<UnresolvedRegistered> decide(const RegisterUnresolved& c, const FollowUpContext& x) {
  const auto& catalog = *x.ground.catalog;
  if (blank(c.words)) return refusal(FollowUpRefused::words_missing);
  if (c.window && !catalog.find_window(*c.window)) return refusal(FollowUpRefused::unknown_window);
  if (c.department && !catalog.find_department(*c.department)) return refusal(FollowUpRefused::unknown_department);
  if (c.matter && !catalog.find_matter(*c.matter)) return refusal(FollowUpRefused::unknown_matter);
  if (c.reporter && blank(c.reporter->name)) return refusal(FollowUpRefused::name_missing);
  // Who leaves none leaves it out: words for it ("无") would all be one number, and strangers would share one key.
  const bool phone = c.reporter && c.reporter->phone && !blank(*c.reporter->phone);
  if (phone && !is_phone_number(*c.reporter->phone)) return refusal(FollowUpRefused::bad_phone);
  return UnresolvedRegistered{c.window, c.department, c.matter, c.case_id, {}, Text<64>(x.account), {}, {}, phone};
}

Result<ProblemTaken> decide(const TakeProblem& c, const FollowUpContext& x) {
  const auto& catalog = *x.ground.catalog;
  if (blank(c.words)) return refusal(FollowUpRefused::words_missing);
  if (blank(c.leader)) return refusal(FollowUpRefused::leader_missing);
  if (!catalog.find_department(c.leader_of) || (c.department && !catalog.find_department(*c.department))) return refusal(FollowUpRefused::unknown_department);
  return ProblemTaken{c.leader_of, c.leader, c.department, {}, Text<64>(x.account)};
}

Result<FollowUpSorted> decide(const FollowUpState* s, const SortFollowUp& c, const FollowUpContext& x) {
  if (!s) return refusal(FollowUpRefused::unknown);
  if (s->stage != FollowUpStage::opened) return refusal(FollowUpRefused::sorted_already);
  const auto* sort = x.ground.rules->of(s->kind).find(c.sort);
  if (!sort) return refusal(FollowUpRefused::unknown_class);
  if (!x.ground.catalog->find_department(c.lead)) return refusal(FollowUpRefused::unknown_department);
  YI_TRY(const auto due, after(x.today, sort->days, x));
  return FollowUpSorted{c.follow_up, c.sort, c.lead, due, Text<64>(x.account)};
}

Result<FollowUpDeclined> decide(const FollowUpState* s, const DeclineFollowUp& c, const FollowUpContext& x) {
  if (!s) return refusal(FollowUpRefused::unknown);
  if (s->stage != FollowUpStage::opened) return refusal(FollowUpRefused::sorted_already);
  // A rating taken off the list by whoever is rated would be none: what is wrong about it says an appeal.
  if (is_rating(s->kind)) return refusal(FollowUpRefused::rating_not_declined);
  if (blank(c.reason)) return refusal(FollowUpRefused::words_missing);
  return FollowUpDeclined{c.follow_up, c.reason, Text<64>(x.account)};
}

Result<FollowUpExtended> decide(const FollowUpState* s, const ExtendFollowUp& c, const FollowUpContext& x) {
  YI_CHECK(in_hand(s));
  YI_CHECK(mine(*s, x));
  if (blank(c.reason)) return refusal(FollowUpRefused::words_missing);
  if (s->extended > 0) return refusal(FollowUpRefused::extended_already);
  if (!s->due || *s->due < x.today) return refusal(FollowUpRefused::past_due);
  const auto* sort = x.ground.rules->of(s->kind).find(s->sort);
  if (!sort) return refusal(FollowUpRefused::unknown_class);
  if (c.days < 1 || c.days > sort->days) return refusal(FollowUpRefused::too_long);
  YI_TRY(const auto due, after(*s->due, c.days, x));
  return FollowUpExtended{c.follow_up, due, c.reason, Text<64>(x.account)};
}

Result<FollowUpAnswered> decide(const FollowUpState* s, const AnswerFollowUp& c, const FollowUpContext& x) {
  YI_CHECK(in_hand(s));
  YI_CHECK(mine(*s, x));
  if (blank(c.measure)) return refusal(FollowUpRefused::words_missing);
  return FollowUpAnswered{c.follow_up, c.finding, c.measure, Text<64>(x.account)};
}

Result<EvaluationAppealed> decide(const FollowUpState* s, const AppealEvaluation& c, const FollowUpContext& x) {
  YI_CHECK(in_hand(s));
  if (!is_rating(s->kind)) return refusal(FollowUpRefused::no_rating);
  YI_CHECK(mine(*s, x));
  if (!s->appealed_by.empty()) return refusal(FollowUpRefused::appealed_already);
  if (blank(c.reason)) return refusal(FollowUpRefused::words_missing);
  return EvaluationAppealed{c.follow_up, c.reason, Text<64>(x.account)};
}

Result<AppealDecided> decide(const FollowUpState* s, const DecideAppeal& c, const FollowUpContext& x) {
  if (!s) return refusal(FollowUpRefused::unknown);
  if (s->stage != FollowUpStage::appealed) return refusal(FollowUpRefused::no_appeal);
  // Who decides is the centre's data (roles.yaml). Whoever has the right for a department decides of that department's alone,
  // and nobody of their own.
  YI_CHECK(mine(*s, x));
  if (s->appealed_by == x.account) return refusal(FollowUpRefused::own_appeal);
  if (blank(c.reason)) return refusal(FollowUpRefused::words_missing);
  AppealDecided f{c.follow_up, c.upheld, c.reason, Text<64>(x.account)};
  // Nobody answers what may be no bad rating: the days from the appeal to the decision are given back. A day that had passed
  // before the appeal stays past.
  if (!c.upheld && s->due && s->appealed && *s->appealed <= *s->due) {
    const auto left = x.ground.calendar->count_working_days(*s->appealed, *s->due);
    if (!left) return refusal(FollowUpRefused::no_day);
    // An appeal on the last day leaves none: a decision at closing time would be late at once.
    YI_TRY(f.due, after(x.today, std::max(left->value, 1), x));
  }
  return f;
}

Result<FollowUpCalledBack> decide(const FollowUpState* s, const CallBack& c, const FollowUpContext& x) {
  if (!s) return refusal(FollowUpRefused::unknown);
  if (s->stage == FollowUpStage::closed) return refusal(FollowUpRefused::closed);
  if (s->stage != FollowUpStage::answered) return refusal(FollowUpRefused::not_answered);
  YI_CHECK(mine(*s, x));
  FollowUpCalledBack f{c.follow_up, c.reached, c.reached && c.content, false, {}, c.note, Text<64>(x.account)};
  // Whom nobody reaches is called three times, and the third says how it ended.
  constexpr int kTries = 3;
  const bool last_try = !c.reached && s->tries + 1 >= kTries;
  if (last_try && (!c.note || blank(*c.note))) return refusal(FollowUpRefused::words_missing);
  f.closes = c.reached || last_try;
  if (c.reached && !c.content && s->reopened == 0) {
    const auto* sort = x.ground.rules->of(s->kind).find(s->sort);
    if (!sort) return refusal(FollowUpRefused::unknown_class);
    YI_TRY(f.due, after(x.today, sort->days, x));
    f.closes = false;
  }
  return f;
}

Result<FollowUpUnreachable> decide(const FollowUpState* s, const NoContactLeft& c, const FollowUpContext& x) {
  if (!s) return refusal(FollowUpRefused::unknown);
  if (s->stage == FollowUpStage::declined) return refusal(FollowUpRefused::declined);
  if (s->stage == FollowUpStage::closed) return refusal(FollowUpRefused::closed);
  if (s->stage != FollowUpStage::answered) return refusal(FollowUpRefused::not_answered);
  YI_CHECK(mine(*s, x));
  // Whoever was reached once can be reached, whatever has become of the number.
  if (s->reachable || s->reached) return refusal(FollowUpRefused::contact_left);
  if (blank(c.reason)) return refusal(FollowUpRefused::words_missing);
  return FollowUpUnreachable{c.follow_up, c.reason, Text<64>(x.account)};
}

}  // namespace yi::hall
