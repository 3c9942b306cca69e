#pragma once
// Between facts of a ledger and facts that travel (docs/decisions/0012).
#include <functional>
#include <vector>

#include "casework/case_state.h"
#include "casework/queue.h"
#include "engine/fact.h"
#include "exchange/tables.h"
#include "store/key_vault.h"

namespace yi::exchange {

// Whether the room knows how a fact of this name leaves and arrives. Every fact of a case must (a test holds it).
bool travels(std::string_view fact_name);

// The facts of a case, oldest first, with their persons in plain. `kept` must be all of them. Refusal exchange.too_old: a
// fact does not say where it leads (a ledger of the first releases), so the case could not be continued elsewhere.
Result<std::vector<PortableFact>> pack(const std::vector<casework::KeptFact>& kept, CentreCode centre, const store::KeyVault& keys);

// Whether the body is one of a fact of that name, says where it leads and names only earlier facts. `before`: the facts
// before it. The refusal's `where` is the path in the body.
Checked check_body(const PortableFact& fact, const std::vector<PortableFact>& before);

// The travelling fact as rules read it; its position is its order. Lives as long as `fact`.
engine::RecordedFact as_fact(const PortableFact& fact, std::string_view stream);
casework::CaseState state_of(const std::vector<PortableFact>& facts);

// Finds or makes the subject of a number; of nobody's number when there is none.
using SubjectOf = std::function<SubjectId(store::BlindKind kind, const std::optional<Text<18>>& number)>;
// Records the facts as this ledger's own, chained, with persons sealed under `subject_of`'s keys. They must have passed
// check_body.
void unpack(engine::Turn& turn, const std::string& stream, const std::vector<PortableFact>& facts, const SubjectOf& subject_of);

}  // namespace yi::exchange
