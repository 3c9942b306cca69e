#pragma once
// Brings the room to the engine: guards, reports, timers and the commands casework.*.
#include <memory>

#include "casework/guards.h"
#include "casework/rules.h"
#include "engine/registry.h"
#include "identity/subjects.h"

namespace yi::casework {

// What the room works by; shared by every registry that is made of it, and immutable.
struct Ground {
  std::shared_ptr<const catalog::Catalog> catalog;
  std::shared_ptr<const calendar::Calendar> calendar;
  std::shared_ptr<const WarningRules> warnings = std::make_shared<const WarningRules>();
  AskStanding standing = {};  // the credit room's answer, once it is there
};
// `subjects`: of the same registry, declared before.
void declare(engine::Registry& registry, const Ground& ground, const identity::Subjects& subjects);

}  // namespace yi::casework
