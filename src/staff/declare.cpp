#include "staff/declare.h"

#include "staff/views.h"

namespace yi::staff {

void declare(engine::Registry& registry, KnownDepartment known, WorkingDaysOf working_days) {
  registry.add_report<LeaveReport>();
  auto spec = engine::command<RecordLeave>("staff.record_leave", "登记已批准的请假", refusal_codes(),
                                           [known, working_days](engine::Turn& turn, const RecordLeave& c) -> Checked {
                                             if (const auto& own = turn.actor().department; !own.empty() && own != c.department) return refuse(Reason::other_department);
                                             YI_TRY(auto fact, decide(c, known, working_days));
                                             turn.fact("staff:" + fact.department.value, start_of(fact.from), fact);
                                             return Done{};
                                           });
  spec.audit_class = "personal";
  registry.commands.push_back(std::move(spec));
}

}  // namespace yi::staff
