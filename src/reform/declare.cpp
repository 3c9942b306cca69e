#include "reform/declare.h"

#include "identity/bound_department.h"
#include "reform/views.h"

namespace yi::reform {
namespace {
using engine::Turn;

struct Office {
  ReformGround ground;
  RecordProduct record;
  ActivityGuard& activities;
  ProgrammeGuard& programmes;
  TaskGuard& tasks;
  MilestoneGuard& milestones;
  OpenMilestoneGuard& open;
  ResolutionGuard& resolutions;
  HouseRuleGuard& rules;
  ReformContext context(const Turn& t) const { return {ground, civil_day(t.now()), t.actor().account, identity::bound_department(t.actor())}; }
};

template <class C, class Decide>
engine::CommandSpec command(const char* name, const char* summary, Decide decide_one) {
  return engine::command<C>(name, summary, reform_refusal_codes(), [decide_one](Turn& turn, const C& c) -> Checked {
    YI_TRY(auto decided, decide_one(turn, c));
    turn.fact(std::move(decided.first), decided.second);
    return Done{};
  });
}
template <class F>
Result<std::pair<std::string, F>> placed(std::string stream, Result<F> fact) {
  if (!fact) return std::move(fact).error();
  return std::pair{std::move(stream), std::move(fact).value()};
}
std::string here(const char* what, const Turn& t) { return std::string(what) + std::to_string(t.next_position()); }
template <class Tag>
std::string of(const char* what, Id<Tag> id) {
  return std::string(what) + std::to_string(id.value);
}

void declare_activities(std::vector<engine::CommandSpec>& all, const Office& o) {
  all.push_back(command<RecordActivity>("reform.record_activity", "登记活动（会议、培训、检查、教育）", [o](Turn& t, const RecordActivity& c) { return placed(here("activity:", t), decide(c, o.context(t))); }));
  all.push_back(command<TakeSheet>("reform.take_sheet", "登记活动签到表", [o](Turn& t, const TakeSheet& c) { return placed(of("activity:", c.activity), decide(o.activities.find(c.activity.value), c, o.context(t))); }));
  all.push_back(command<OfferNews>("reform.offer_news", "把活动报送周报", [o](Turn& t, const OfferNews& c) { return placed(of("activity:", c.activity), decide(o.activities.find(c.activity.value), c, o.context(t))); }));
  all.push_back(command<SettleOffer>("reform.settle_offer", "处理报送周报的活动", [o](Turn& t, const SettleOffer& c) { return placed(of("activity:", c.activity), decide(o.activities.find(c.activity.value), c, o.context(t))); }));
}

void declare_tasks(std::vector<engine::CommandSpec>& all, const Office& o) {
  all.push_back(command<OpenProgramme>("reform.open_programme", "设立专项行动", [o](Turn& t, const OpenProgramme& c) { return placed(here("programme:", t), decide(c, o.context(t))); }));
  all.push_back(command<SetTask>("reform.set_task", "下达任务", [o](Turn& t, const SetTask& c) { return placed(here("task:", t), decide(o.programmes.find(c.programme.value), c, o.context(t))); }));
  all.push_back(command<PushTask>("reform.push_task", "列入本周重点推进", [o](Turn& t, const PushTask& c) { return placed(of("task:", c.task), decide(o.tasks.find(c.task.value), c, o.context(t))); }));
  all.push_back(command<ExtendTask>("reform.extend_task", "任务延期", [o](Turn& t, const ExtendTask& c) { return placed(of("task:", c.task), decide(o.tasks.find(c.task.value), c, o.context(t))); }));
  all.push_back(command<CloseTask>("reform.close_task", "办结任务", [o](Turn& t, const CloseTask& c) {
    const auto* n = o.open.find(c.task.value);
    const bool open = n && n->count > 0;
    return placed(of("task:", c.task), decide(o.tasks.find(c.task.value), c, open, o.context(t)));
  }));
  all.push_back(command<SetMilestone>("reform.set_milestone", "设节点", [o](Turn& t, const SetMilestone& c) { return placed(of("task:", c.task), decide(o.tasks.find(c.task.value), c, o.context(t))); }));
  all.push_back(engine::command<ReachMilestone>("reform.reach_milestone", "节点完成", reform_refusal_codes(), [o](Turn& turn, const ReachMilestone& c) -> Checked {
    std::optional<MilestoneState> s;
    if (const auto* found = o.milestones.find(c.milestone.value)) s = *found;
    YI_TRY(const auto fact, decide(s ? &*s : nullptr, s ? o.tasks.find(s->task) : nullptr, c, o.context(turn)));
    turn.fact(of("task:", fact.task), start_of(fact.on), fact);
    if (s->product != Product::none && o.record) return o.record(turn, s->product, {s->bundle}, fact.on, std::string(fact.evidence));
    return Done{};
  }));
  all.push_back(command<HoldDispatch>("reform.hold_dispatch", "登记调度会和议定事项", [o](Turn& t, const HoldDispatch& c) { return placed(here("dispatch:", t), decide(o.programmes.find(c.programme.value), c, o.context(t))); }));
  all.push_back(command<SettleResolution>("reform.settle_resolution", "议定事项落实", [o](Turn& t, const SettleResolution& c) {
    return placed(of("dispatch:", c.dispatch), decide(o.resolutions.find(ResolutionGuard::key(c.dispatch, c.place)), c, o.context(t)));
  }));
}

}  // namespace

void declare(engine::Registry& registry, const ReformGround& ground, RecordProduct record) {
  const Office o{ground, std::move(record), registry.add_guard<ActivityGuard>(), registry.add_guard<ProgrammeGuard>(), registry.add_guard<TaskGuard>(), registry.add_guard<MilestoneGuard>(),
                 registry.add_guard<OpenMilestoneGuard>(), registry.add_guard<ResolutionGuard>(), registry.add_guard<HouseRuleGuard>()};
  add_reports(registry);
  declare_activities(registry.commands, o);
  declare_tasks(registry.commands, o);
  registry.commands.push_back(command<EnactHouseRule>("reform.enact_house_rule", "登记制度", [o](Turn& t, const EnactHouseRule& c) {
    return placed("house_rule:" + std::string(c.number), decide(o.rules.find(std::string(c.number)), c, o.context(t)));
  }));
  registry.commands.push_back(command<ConfirmReading>("reform.confirm_reading", "部门确认阅知制度", [o](Turn& t, const ConfirmReading& c) {
    return placed("house_rule:" + std::string(c.number), decide(o.rules.find(std::string(c.number)), c, o.context(t)));
  }));
}

}  // namespace yi::reform
