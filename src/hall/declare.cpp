#include "hall/declare.h"

#include "hall/screens.h"
#include "hall/views.h"

namespace yi::hall {

void declare(engine::Registry& registry, KnownDepartment known) {
  registry.add_report<DutyReport>();
  registry.commands.push_back(engine::command<RecordDuty>("hall.record_duty", "登记厅（局）长进大厅值守", refusal_codes(),
                                                          [known](engine::Turn& turn, const RecordDuty& c) -> Checked {
                                                            YI_TRY(auto fact, decide(c, known));
                                                            turn.fact("hall:duty", start_of(fact.from), fact);
                                                            return Done{};
                                                          }));
  auto& screens = registry.add_guard<ScreenGuard>();
  registry.commands.push_back(engine::command<OpenScreen>("hall.open_screen", "开通大屏", refusal_codes(), [&screens](engine::Turn& turn, const OpenScreen& c) -> Checked {
    YI_TRY(const auto fact, decide(c, screens.find(screen_of_key(c.key))));
    turn.fact("hall:screens", fact);
    return Done{};
  }));
  registry.commands.push_back(engine::command<CloseScreen>("hall.close_screen", "停用大屏", refusal_codes(), [&screens](engine::Turn& turn, const CloseScreen& c) -> Checked {
    YI_TRY(const auto fact, decide(c, screens.find(std::string(std::string_view(c.screen)))));
    turn.fact("hall:screens", fact);
    return Done{};
  }));
}

}  // namespace yi::hall
