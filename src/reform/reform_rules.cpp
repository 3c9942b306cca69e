#include "reform/reform_rules.h"

#include <algorithm>

#include "base/refusal_table.h"
#include "base/text.h"

namespace yi::reform {
namespace {

using R = ReformRefused;
constexpr RefusalRow<R> kWords[] = {
    {R::words_missing, "reform.words_missing", "没有写明名称、地点、内容或佐证。", "请补齐必填的内容。", 422, ""},
    {R::bad_count, "reform.bad_count", "人数应是 1 到 100000 的整数。", "请核对人数；“90余名”填 90 并勾选“余”。", 422, "/people"},
    {R::span_reversed, "reform.span_reversed", "结束日期早于开始日期。", "请核对起止日期。", 422, "/to"},
    {R::unknown_department, "reform.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", 422, "/department"},
    {R::unknown_account, "reform.unknown_account", "没有这个工作人员账号，或账号已停用。", "请核对账号。", 422, "/accounts"},
    {R::other_department, "reform.other_department", "这是其他部门的工作。", "请由责任部门或中心办理。", 403, ""},
    {R::unknown_activity, "reform.unknown_activity", "没有这项活动。", "请核对编号。", 404, "/activity"},
    {R::sheet_taken, "reform.sheet_taken_already", "签到表已经登记。", "请刷新查看最新情况。", 409, ""},
    {R::no_sheet, "reform.no_sheet", "这项活动还没有登记签到。", "请先登记签到。", 409, "/activity"},
    {R::not_invited, "reform.not_invited", "签到表里有没有列入参加名单的人，或同一个人出现两次。", "请核对名单。", 422, "/present"},
    {R::no_week, "reform.no_week", "周次应写成星期一的日期。", "请选择那一周的星期一。", 422, "/week"},
    {R::offered_already, "reform.offered_already", "这项活动已经报送，或已经采用。", "请等周报处理结果。", 409, ""},
    {R::not_offered, "reform.not_offered", "这项活动没有等待处理的报送。", "请刷新查看最新情况。", 409, ""},
    {R::unknown_programme, "reform.unknown_programme", "没有这个专项行动。", "请核对编号。", 404, "/programme"},
    {R::unknown_task, "reform.unknown_task", "没有这项任务。", "请核对编号。", 404, "/task"},
    {R::task_closed, "reform.task_closed_already", "这项任务已经办结。", "又有新要求的，请另设任务。", 409, ""},
    {R::pushed_already, "reform.pushed_already", "这项任务已经列入这一周的重点推进。", "不需要再列。", 409, ""},
    {R::due_not_later, "reform.due_not_later", "新的期限应晚于原来的期限。", "请核对日期。", 422, "/due"},
    {R::unknown_milestone, "reform.unknown_milestone", "没有这个节点。", "请核对编号。", 404, "/milestone"},
    {R::reached_already, "reform.reached_already", "这个节点已经完成。", "请刷新查看最新情况。", 409, ""},
    {R::future, "reform.in_the_future", "完成日期还没有到。", "请核对日期。", 422, "/on"},
    {R::bundle_missing, "reform.bundle_missing", "实施方案、图解的节点没有写明是哪个“一件事”。", "请选择一件事。", 422, "/bundle"},
    {R::bundle_without_product, "reform.bundle_without_product", "写了“一件事”，却没有写这个节点是实施方案还是图解。", "请选择，或不写一件事。", 422, "/product"},
    {R::unknown_bundle, "reform.unknown_bundle", "目录里没有这个“一件事”。", "请从列表中选择。", 422, "/bundle"},
    {R::milestones_open, "reform.milestones_open", "这项任务还有没有完成的节点。", "请先完成节点，再办结任务。", 409, ""},
    {R::no_resolutions, "reform.no_resolutions", "没有写议定事项。", "请至少写一项；只是开会的，登记为活动。", 422, "/resolutions"},
    {R::too_many_resolutions, "reform.too_many_resolutions", "一次调度会最多登记 40 项议定事项。", "请分次登记。", 422, "/resolutions"},
    {R::unknown_resolution, "reform.unknown_resolution", "没有这项议定事项。", "请核对编号。", 404, "/place"},
    {R::settled_already, "reform.settled_already", "这项议定事项已经落实。", "请刷新查看最新情况。", 409, ""},
    {R::version_not_next, "reform.version_not_next", "版本号应比现有的版本大 1，新制度从 1 开始。", "请核对版本号。", 422, "/version"},
    {R::unknown_rule, "reform.unknown_house_rule", "没有这项制度。", "请核对编号。", 404, "/number"},
    {R::other_version, "reform.other_version", "制度已经换版，您看到的不是现行的一版。", "请刷新后重新阅读。", 409, "/version"},
    {R::not_a_reader, "reform.not_a_reader", "这项制度没有要求这个部门阅知。", "不需要确认。", 409, ""},
    {R::read_already, "reform.read_already", "这个部门已经确认阅知。", "不需要再确认。", 409, ""},
    {R::department_missing, "reform.department_missing", "没有写明代哪个部门确认。", "请选择部门。", 422, "/department"},
};

bool blank(std::string_view s) { return trim(s).empty(); }
Checked own(const std::string& department, const ReformContext& x) {
  if (!x.department.empty() && x.department.value != department) return refusal(R::other_department);
  return Done{};
}
Checked open_task(const TaskState* s) {
  if (!s) return refusal(R::unknown_task);
  if (s->closed) return refusal(R::task_closed);
  return Done{};
}

}  // namespace

Refusal refusal(R what) { return refusal_of(kWords, what); }
std::vector<std::string> reform_refusal_codes() { return codes_of(kWords); }

Result<ActivityRecorded> decide(const RecordActivity& c, const ReformContext& x) {
  if (blank(c.title) || blank(c.place) || blank(c.who)) return refusal(R::words_missing);
  if (c.people < 1 || c.people > 100'000) return refusal(R::bad_count);
  if (c.to && *c.to < c.on) return refusal(R::span_reversed);
  if (c.organiser && !x.ground.known_department(*c.organiser)) return refusal(R::unknown_department);
  // A department records its own; who is bound to none records anybody's.
  if (!x.department.empty() && (!c.organiser || *c.organiser != x.department)) return refusal(R::other_department);
  for (const auto& a : c.accounts)
    if (!x.ground.colleague(std::string(a))) return refusal(R::unknown_account);
  ActivityRecorded f;
  static_cast<Activity&>(f) = c;
  return f;
}

Result<SheetTaken> decide(const ActivityState* s, const TakeSheet& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_activity);
  YI_CHECK(own(s->organiser, x));
  if (s->sheet) return refusal(R::sheet_taken);
  auto left = s->accounts;
  for (const auto* list : {&c.present, &c.excused})
    for (const auto& a : *list) {
      const auto it = std::find(left.begin(), left.end(), std::string(a));
      if (it == left.end()) return refusal(R::not_invited);
      left.erase(it);
    }
  return SheetTaken{c.activity, c.present, c.excused};
}

Result<NewsOffered> decide(const ActivityState* s, const OfferNews& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_activity);
  YI_CHECK(own(s->organiser, x));
  if (s->offer == OfferStage::offered || s->offer == OfferStage::taken) return refusal(R::offered_already);
  if (c.week.weekday() != 1) return refusal(R::no_week);
  if (blank(c.text)) return refusal(R::words_missing);
  return NewsOffered{c.activity, c.week, c.text, Text<64>(x.account)};
}

Result<OfferSettled> decide(const ActivityState* s, const SettleOffer& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_activity);
  if (s->offer != OfferStage::offered) return refusal(R::not_offered);
  if (!c.taken && (!c.note || blank(*c.note))) return refusal(R::words_missing);
  return OfferSettled{c.activity, c.taken, c.note, Text<64>(x.account)};
}

Result<ProgrammeOpened> decide(const OpenProgramme& c, const ReformContext&) {
  if (blank(c.name)) return refusal(R::words_missing);
  if (c.to && *c.to < c.from) return refusal(R::span_reversed);
  ProgrammeOpened f;
  static_cast<Programme&>(f) = c;
  return f;
}

Result<TaskSet> decide(const ProgrammeState* s, const SetTask& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_programme);
  if (blank(c.name)) return refusal(R::words_missing);
  if (!x.ground.known_department(c.department)) return refusal(R::unknown_department);
  if (c.owner && !x.ground.colleague(std::string(*c.owner))) return refusal(R::unknown_account);
  TaskSet f;
  static_cast<Task&>(f) = c;
  return f;
}

Result<TaskPushed> decide(const TaskState* s, const PushTask& c, const ReformContext&) {
  YI_CHECK(open_task(s));
  if (c.week.weekday() != 1) return refusal(R::no_week);
  if (s->pushed && *s->pushed == c.week) return refusal(R::pushed_already);
  return TaskPushed{c.task, c.week};
}

Result<TaskExtended> decide(const TaskState* s, const ExtendTask& c, const ReformContext& x) {
  YI_CHECK(open_task(s));
  if (c.due <= s->due) return refusal(R::due_not_later);
  if (blank(c.reason)) return refusal(R::words_missing);
  return TaskExtended{c.task, c.due, c.reason, Text<64>(x.account)};
}

Result<TaskClosed> decide(const TaskState* s, const CloseTask& c, bool open, const ReformContext& x) {
  YI_CHECK(open_task(s));
  YI_CHECK(own(s->department, x));
  if (open) return refusal(R::milestones_open);
  if (blank(c.evidence)) return refusal(R::words_missing);
  return TaskClosed{c.task, c.evidence, Text<64>(x.account)};
}

Result<MilestoneSet> decide(const TaskState* s, const SetMilestone& c, const ReformContext& x) {
  YI_CHECK(open_task(s));
  if (blank(c.name)) return refusal(R::words_missing);
  if (c.product != Product::none && !c.bundle) return refusal(R::bundle_missing);
  if (c.product == Product::none && c.bundle) return refusal(R::bundle_without_product);
  if (c.bundle && !x.ground.known_bundle(*c.bundle)) return refusal(R::unknown_bundle);
  MilestoneSet f;
  static_cast<Milestone&>(f) = c;
  return f;
}

Result<MilestoneReached> decide(const MilestoneState* s, const TaskState* task, const ReachMilestone& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_milestone);
  if (s->reached) return refusal(R::reached_already);
  YI_CHECK(open_task(task));
  YI_CHECK(own(task->department, x));
  if (c.on > x.today) return refusal(R::future);
  if (blank(c.evidence)) return refusal(R::words_missing);
  return MilestoneReached{c.milestone, {s->task}, c.on, c.evidence, Text<64>(x.account)};
}

Result<DispatchHeld> decide(const ProgrammeState* s, const HoldDispatch& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_programme);
  if (blank(c.title) || blank(c.host)) return refusal(R::words_missing);
  if (c.on > x.today) return refusal(R::future);
  if (c.resolutions.empty()) return refusal(R::no_resolutions);
  if (c.resolutions.size() > kMostResolutions) return refusal(R::too_many_resolutions);
  for (const auto& r : c.resolutions) {
    if (blank(r.text)) return refusal(R::words_missing);
    if (!x.ground.known_department(r.department)) return refusal(R::unknown_department);
  }
  DispatchHeld f;
  static_cast<Dispatch&>(f) = c;
  return f;
}

Result<ResolutionSettled> decide(const ResolutionState* s, const SettleResolution& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_resolution);
  if (s->settled) return refusal(R::settled_already);
  YI_CHECK(own(s->department, x));
  if (blank(c.evidence)) return refusal(R::words_missing);
  return ResolutionSettled{c.dispatch, c.place, c.evidence, Text<64>(x.account)};
}

Result<HouseRuleEnacted> decide(const HouseRuleState* s, const EnactHouseRule& c, const ReformContext& x) {
  if (blank(c.number) || blank(c.title)) return refusal(R::words_missing);
  if (c.version != (s ? s->version : 0) + 1) return refusal(R::version_not_next);
  for (const auto& d : c.readers)
    if (!x.ground.known_department(d)) return refusal(R::unknown_department);
  HouseRuleEnacted f;
  static_cast<HouseRule&>(f) = c;
  return f;
}

Result<HouseRuleRead> decide(const HouseRuleState* s, const ConfirmReading& c, const ReformContext& x) {
  if (!s) return refusal(R::unknown_rule);
  if (c.version != s->version) return refusal(R::other_version);
  const auto department = x.department.empty() ? c.department : std::optional(x.department);
  if (!department) return refusal(R::department_missing);
  if (c.department && *c.department != *department) return refusal(R::other_department);
  const auto has = [&](const std::vector<std::string>& list) { return std::find(list.begin(), list.end(), department->value) != list.end(); };
  if (!has(s->readers)) return refusal(R::not_a_reader);
  if (has(s->read)) return refusal(R::read_already);
  return HouseRuleRead{c.number, c.version, *department, Text<64>(x.account)};
}

}  // namespace yi::reform
