#include "hall/declare.h"

#include "hall/duties.h"
#include "hall/views.h"

namespace yi::hall {
namespace {
using engine::Turn;

void declare_duties(engine::Registry& registry, const KnownDepartment& known) {
  registry.add_report<DutyReport>();
  auto& plans = registry.add_guard<DutyPlanGuard>();
  auto& notes = registry.add_guard<DutyNoteGuard>();
  auto& c = registry.commands;
  c.push_back(engine::command<RecordDuty>("hall.record_duty", "登记厅（局）长进大厅值守", refusal_codes(), [known, &plans](Turn& turn, const RecordDuty& wish) -> Checked {
    YI_TRY(auto fact, decide(wish, known, wish.plan ? plans.find(wish.plan->value) : nullptr));
    turn.fact("hall:duty", start_of(fact.from), fact);
    return Done{};
  }));
  c.push_back(engine::command<PlanDuty>("hall.plan_duty", "安排厅（局）长进大厅值守", refusal_codes(), [known](Turn& turn, const PlanDuty& wish) -> Checked {
    YI_TRY(const auto fact, decide(wish, known, civil_day(turn.now()), turn.actor().account));
    turn.fact("hall:duty", fact);
    return Done{};
  }));
  c.push_back(engine::command<DropDutyPlan>("hall.drop_duty_plan", "取消值守安排", refusal_codes(), [&plans](Turn& turn, const DropDutyPlan& wish) -> Checked {
    YI_TRY(const auto fact, decide(wish, plans.find(wish.plan.value), turn.actor().account));
    turn.fact("hall:duty", fact);
    return Done{};
  }));
  c.push_back(engine::command<TakeBackDuty>("hall.take_back_duty", "撤销登记错的值守", refusal_codes(), [&notes](Turn& turn, const TakeBackDuty& wish) -> Checked {
    YI_TRY(const auto fact, decide(wish, notes.find(wish.duty.value), turn.actor().account));
    turn.fact("hall:duty", fact);
    return Done{};
  }));
  c.push_back(engine::command<NoteDuty>("hall.note_duty", "记录值守情况", refusal_codes(), [&notes](Turn& turn, const NoteDuty& wish) -> Checked {
    YI_TRY(const auto fact, decide(wish, notes.find(wish.duty.value), turn.actor().account));
    turn.fact("hall:duty", fact);
    return Done{};
  }));
}

}  // namespace

void declare(engine::Registry& registry, KnownDepartment known, KnownWindow known_window) {
  declare_duties(registry, known);
  auto& screens = registry.add_guard<ScreenGuard>();
  registry.commands.push_back(engine::command<OpenScreen>("hall.open_screen", "开通大屏或设备", refusal_codes(), [&screens, known_window](Turn& turn, const OpenScreen& c) -> Checked {
    // A copy: a guard's pointer ends with the next question.
    std::optional<ScreenState> kiosk;
    if (c.serves)
      if (const auto* found = screens.find(std::string(std::string_view(*c.serves)))) kiosk = *found;
    YI_TRY(const auto fact, decide(c, screens.find(screen_of_key(c.key)), kiosk ? &*kiosk : nullptr, known_window));
    turn.fact("hall:screens", fact);
    return Done{};
  }));
  registry.commands.push_back(engine::command<CloseScreen>("hall.close_screen", "停用大屏或设备", refusal_codes(), [&screens](Turn& turn, const CloseScreen& c) -> Checked {
    YI_TRY(const auto fact, decide(c, screens.find(std::string(std::string_view(c.screen)))));
    turn.fact("hall:screens", fact);
    return Done{};
  }));
}

}  // namespace yi::hall
