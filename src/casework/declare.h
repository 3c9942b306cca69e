#pragma once
// Brings the room to the engine: guards, reports, timers and the commands casework.*.
#include <memory>

#include "casework/guards.h"
#include "casework/recount.h"
#include "casework/rules.h"
#include "casework/warning_changes.h"
#include "engine/registry.h"
#include "identity/subjects.h"

namespace yi::casework {

// What the room works by; shared by every registry that is made of it, and immutable.
struct Ground {
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const calendar::Calendar> calendar;
  std::shared_ptr<const WarningRules> warnings = std::make_shared<const WarningRules>();
  AskStanding standing = {};  // the credit room's answer, once it is there
  RecountBounds recount = {};
  std::shared_ptr<WarningBook> warning_book = std::make_shared<WarningBook>();  // what the ledger has changed of the warnings
  const WarningRules& warnings_on(CivilDay day) const { return warning_book->on(day, *warnings); }
};
// Whether a paper that this fact gave has reached whom it is for; the room of papers answers. `before`, `after`: the case around it.
using AskDelivered = std::function<bool(CaseId id, const engine::RecordedFact& fact, const CaseState& before, const CaseState& after)>;

// What rooms above may ask of the cases in a turn, with every earlier command of its group; alive as long as the registry.
class CaseRegister {
 public:
  bool known(CaseId id) const { return cases_->find(id.value) != nullptr; }
  const CaseState* find(CaseId id) const { return cases_->find(id.value); }  // valid until the next question
  // Whether the department's own number has entered here before.
  bool foreign_number_known(const DepartmentCode& department, std::string_view number) const {
    return foreign_->find(ForeignGuard::key(department, number)) != nullptr;
  }
  // Asked before an act is reversed (冲正). Until a room answers, nothing is known to have been delivered.
  void answer_for_deliveries(AskDelivered ask) const { *delivered_ = std::move(ask); }

 private:
  friend CaseRegister declare(engine::Registry&, const Ground&, const identity::Subjects&);
  CaseRegister(CaseGuard& cases, ForeignGuard& foreign, std::shared_ptr<AskDelivered> delivered) : cases_(&cases), foreign_(&foreign), delivered_(std::move(delivered)) {}
  CaseGuard* cases_;
  ForeignGuard* foreign_;
  std::shared_ptr<AskDelivered> delivered_;
};
// `subjects`: of the same registry, declared before.
CaseRegister declare(engine::Registry& registry, const Ground& ground, const identity::Subjects& subjects);

}  // namespace yi::casework
