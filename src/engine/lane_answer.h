#pragma once
// What the lane answers: facts as JSON, and the refusals that are not a room's.
#include <exception>
#include <optional>
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
// What a door that reads has met, when it was a store that is away for a while (http::ServerOptions::refusal_of).
std::optional<Refusal> reading_unavailable(const std::exception& e);

}  // namespace yi::engine
