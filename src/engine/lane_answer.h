#pragma once
// What the lane answers: facts as JSON, and the refusals that are not a room's.
#include <vector>

#include "engine/engine.h"

namespace yi::engine {

// {"position":…} of facts that stand in the ledger one after another.
Answer make_answer(const std::vector<RecordedFact>& facts);

Refusal busy();
// Another node leads, or none does at the moment: what was asked has not been done.
Refusal not_leading();
Refusal id_conflict();
// A rule that threw: a defect of ours, not of the request; the lane goes on.
Refusal internal_error();
// A group that could not be stored; the sentence says what is known of it.
Refusal storage_unavailable(const store::Failure& f);

}  // namespace yi::engine
