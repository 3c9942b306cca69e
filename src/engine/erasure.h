#pragma once
// What the engine does when a subject is erased (docs/decisions/0010). The fact belongs to a room above; this is the port.
#include <functional>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "engine/fact.h"

namespace yi::engine {

class Engine;

// When the lane sees the fact, the subject's key is closed; report views with a subject_column lose the subject in the
// fact's place of the order, in the lane, in catch-up and in a rebuild alike; after the commit, before anyone is answered,
// the key is destroyed and the listeners are told.
struct Erasure {
  std::string_view fact = {};                                   // name of the fact; "": no room erases
  std::function<SubjectId(const RecordedFact&)> subject = {};   // whom it erases
  // On the lane's thread, after the key is gone; quick, must not throw. Told again at the start after a crash.
  std::vector<std::function<void(SubjectId)>> listeners = {};
};

// Puts right at the start what a crash or a restored backup left between ledger and keys; on the opening thread, after the
// lane has started.
using AtStart = std::function<Checked(Engine&)>;

}  // namespace yi::engine
