#pragma once
// Brings the room to the engine: the command exchange.import_case.
#include <memory>

#include "casework/declare.h"

namespace yi::exchange {

// `subjects` and `cases`: of the same registry.
void declare(engine::Registry& registry, std::shared_ptr<const catalog::Catalog> catalog, const identity::Subjects& subjects, const casework::CaseRegister& cases);

}  // namespace yi::exchange
