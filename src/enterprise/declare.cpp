#include "enterprise/declare.h"

#include "enterprise/views.h"

namespace yi::enterprise {

void declare(engine::Registry& registry) {
  auto* guard = &registry.add_guard<ListedGuard>();
  registry.add_report<FactReport>();
  registry.commands.push_back(engine::command<PublishList>("enterprise.publish_list", "发布涉企服务事项清单", refusal_codes(),
                                                           [](engine::Turn& turn, const PublishList& c) -> Checked {
                                                             YI_TRY(auto fact, decide(c, civil_day(turn.now())));
                                                             turn.fact("enterprise:list", start_of(fact.on), fact);
                                                             return Done{};
                                                           }));
  registry.commands.push_back(engine::command<PlanZone>("enterprise.plan_zone", "拟设涉企服务专区板块", refusal_codes(),
                                                        [](engine::Turn& turn, const PlanZone& c) -> Checked {
                                                          YI_TRY(auto fact, decide(c, civil_day(turn.now())));
                                                          turn.fact("enterprise:zone", start_of(fact.on), fact);
                                                          return Done{};
                                                        }));
  registry.commands.push_back(engine::command<ListChain>("enterprise.list_chain", "形成产业链清单", refusal_codes(),
                                                         [guard](engine::Turn& turn, const ListChain& c) -> Checked {
                                                           YI_TRY(auto fact, decide(c, guard->find(c.chain) != nullptr, civil_day(turn.now())));
                                                           turn.fact("enterprise:chain", start_of(fact.on), fact);
                                                           return Done{};
                                                         }));
}

}  // namespace yi::enterprise
