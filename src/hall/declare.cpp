#include "hall/declare.h"

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
}

}  // namespace yi::hall
