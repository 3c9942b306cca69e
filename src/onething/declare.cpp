#include "onething/declare.h"

#include "onething/views.h"

namespace yi::onething {

void declare(engine::Registry& registry, KnownBundle known) {
  auto* guard = &registry.add_guard<RecordedGuard>();
  registry.add_report<FactReport>();
  registry.commands.push_back(engine::command<RecordPlan>(
      "onething.record_plan", "登记“一件事”实施方案印发", refusal_codes(),
      [guard, known](engine::Turn& turn, const RecordPlan& c) -> Checked {
        YI_TRY(auto fact, decide(c, guard->has_plan(c.bundle), known, civil_day(turn.now())));
        turn.fact("bundle:" + fact.bundle.value, start_of(fact.on), fact);
        return Done{};
      }));
  registry.commands.push_back(engine::command<RecordGuide>(
      "onething.record_guide", "登记“一件事”图解发布", refusal_codes(),
      [guard, known](engine::Turn& turn, const RecordGuide& c) -> Checked {
        YI_TRY(auto fact, decide(c, guard->has_guide(c.bundle), known, civil_day(turn.now())));
        turn.fact("bundle:" + fact.bundle.value, start_of(fact.on), fact);
        return Done{};
      }));
}

}  // namespace yi::onething
