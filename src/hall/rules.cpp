#include "hall/rules.h"

#include "base/text.h"
#include "hall/duties.h"

namespace yi::hall {
namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
  int status = 422;
};
constexpr Words kWords[] = {
    {Reason::unknown_department, "hall.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", "/department"},
    {Reason::post_missing, "hall.post_missing", "没有填写值守领导的职务。", "请填写职务，多个职务用顿号连接。", "/post"},
    {Reason::name_missing, "hall.name_missing", "没有填写值守领导的姓名。", "请填写姓名。", "/name"},
    {Reason::span_reversed, "hall.span_reversed", "值守的结束日期早于开始日期。", "请核对起止日期。", "/to"},
    {Reason::span_too_long, "hall.span_too_long", "一次值守的跨度超过 31 天。", "请核对起止日期，或分次登记。", "/to"},
    {Reason::bad_rank, "hall.bad_rank", "排列次序应为 1 到 9999 的整数。", "请填写次序。", "/rank"},
    {Reason::place_missing, "hall.place_missing", "没有写明大屏在哪里。", "请填写位置，例如“二楼大厅东墙”。", "/place"},
    {Reason::bad_screen_key, "hall.bad_screen_key", "大屏的钥匙应为 64 位小写十六进制随机数。", "请在工作台的“大屏”页开通，由页面生成。", "/key"},
    {Reason::screen_known, "hall.screen_known", "这把钥匙已经开通过大屏。", "请换一把新的钥匙。", "/key", 409},
    {Reason::unknown_screen, "hall.unknown_screen", "没有这块大屏。", "请在大屏列表中选择。", "/screen", 404},
    {Reason::screen_closed, "hall.screen_closed", "这块大屏已经停用。", "需要时请重新开通。", "/screen", 409},
    {Reason::screen_not_open, "hall.screen_not_open", "这块大屏没有开通，或者已经停用。", "请系统管理员在工作台的“大屏”页开通，用新的显示地址打开。", "/key", 403},
    {Reason::screen_place, "hall.screen_place", "没有写明设备属于哪里。", "评价器、叫号器要写窗口；读卡器写窗口或取号机，二者之一；其他的都不写。", "/window"},
    {Reason::unknown_window, "hall.unknown_window", "没有这个窗口。", "请核对窗口编号。", "/window"},
    {Reason::unknown_plan, "hall.unknown_duty_plan", "没有这条值守安排。", "请在值守安排中选择。", "/plan", 404},
    {Reason::plan_over, "hall.duty_plan_over", "这条值守安排已经到岗登记或取消。", "请刷新查看最新情况。", "/plan", 409},
    {Reason::not_today, "hall.duty_plan_past", "这一天已经过去。", "请选择今天或以后的日期；补登已经完成的值守，请直接登记值守。", "/day"},
    {Reason::unknown_duty, "hall.unknown_duty", "没有这次值守。", "请先登记值守。", "/duty", 404},
    {Reason::bad_count, "hall.bad_count", "人数、次数应为 0 到 99999 的整数。", "请核对数字。", "/served"},
    {Reason::reason_missing, "hall.reason_missing", "没有写明原因。", "请写明原因。", "/reason"},
    {Reason::duty_taken_back, "hall.duty_taken_back", "这次值守的登记已经撤销。", "请刷新查看最新情况。", "/duty", 409},
};
}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, w.status, w.where};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

namespace {
template <class C>
Checked checked(const C& c, const KnownDepartment& known) {
  if (!known(c.department)) return refuse(Reason::unknown_department);
  if (trim(c.post).empty()) return refuse(Reason::post_missing);
  if (trim(c.name).empty()) return refuse(Reason::name_missing);
  return Done{};
}
}  // namespace

Result<DutyRecorded> decide(const RecordDuty& c, const KnownDepartment& known, const DutyPlanState* plan) {
  YI_CHECK(checked(c, known));
  if (c.to < c.from) return refuse(Reason::span_reversed);
  if (c.to - c.from + 1 > kLongestDutyDays) return refuse(Reason::span_too_long);
  if (c.rank < 1 || c.rank > 9999) return refuse(Reason::bad_rank);
  if (c.plan && !plan) return refuse(Reason::unknown_plan);
  if (c.plan && plan->status != DutyPlanStatus::planned) return refuse(Reason::plan_over);
  return DutyRecorded{c.department, c.post, c.name, c.from, c.to, c.rank, c.plan};
}

Result<DutyPlanned> decide(const PlanDuty& c, const KnownDepartment& known, CivilDay today, const std::string& account) {
  YI_CHECK(checked(c, known));
  if (c.day < today) return refuse(Reason::not_today);
  return DutyPlanned{c.department, c.post, c.name, c.day, Text<64>(account)};
}

Result<DutyPlanDropped> decide(const DropDutyPlan& c, const DutyPlanState* plan, const std::string& account) {
  if (!plan) return refuse(Reason::unknown_plan);
  if (plan->status != DutyPlanStatus::planned) return refuse(Reason::plan_over);
  if (trim(c.reason).empty()) return refuse(Reason::reason_missing);
  return DutyPlanDropped{c.plan, c.reason, Text<64>(account)};
}

Result<DutyTakenBack> decide(const TakeBackDuty& c, const DutyNoteState* duty, const std::string& account) {
  if (!duty) return refuse(Reason::unknown_duty);
  if (duty->why) return refuse(Reason::duty_taken_back);
  return DutyTakenBack{c.duty, duty->last, c.why, Text<64>(account), duty->plan ? std::optional(DutyPlanId{duty->plan}) : std::nullopt};
}

Result<DutyNoted> decide(const NoteDuty& c, const DutyNoteState* duty, const std::string& account) {
  if (!duty) return refuse(Reason::unknown_duty);
  if (duty->why) return refuse(Reason::duty_taken_back);
  for (const auto n : {c.served, c.asked, c.called_back})
    if (n < 0 || n > 99'999) return refuse(Reason::bad_count);
  return DutyNoted{c.duty, c.served, c.asked, c.called_back, c.opinions, Text<64>(account)};
}

}  // namespace yi::hall
