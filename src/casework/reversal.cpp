#include "casework/reversal.h"

#include <optional>

#include "casework/queue.h"

namespace yi::casework {
namespace {

std::optional<KeptFact> fact_at(store::Reader& reader, CentreCode centre, std::int64_t seq) {
  KeptFact kept{seq, {}};
  if (seq > 0)
    reader.events(centre, seq, seq, [&](const store::LedgerRow& row) {
      kept.bytes = row.record;
      return true;
    });
  if (kept.bytes.empty()) return std::nullopt;
  return kept;
}

std::optional<Standing> standing_of(const engine::RecordedFact& fact) {
  std::optional<Standing> after;
  json::Reading r;
  if (const auto a = fact.node().find("after")) json::read_node(*a, after, r);
  return after;
}

}  // namespace

bool reversal_offered(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, const CaseState& s, const catalog::Matter& matter, CivilDay today) {
  auto kept = fact_at(reader, centre, s.last_fact);
  // A card is no act: it does not stand in the way.
  while (kept && kept->fact(centre).record.name == CardGiven::kName) {
    const auto after = standing_of(kept->fact(centre));
    kept = fact_at(reader, centre, after ? after->previous.value_or(0) : 0);
  }
  if (!kept) return false;
  const auto fact = kept->fact(centre);
  if (civil_day(fact.record.recorded_at) != today) return false;
  CaseState before = s;
  before.at = {};
  const auto after = standing_of(fact);
  if (!after) return false;  // of a ledger written before facts said where the case stands
  if (const auto previous = fact_at(reader, centre, after->previous.value_or(0)))
    if (const auto at = standing_of(previous->fact(centre))) before.at = *at;
  const auto window = fact.node().find("window");
  const LastFact last{fact.seq, std::string(fact.record.name), today, act_of(fact, before), std::string(fact.record.actor),
                      window && window->kind() == json::Kind::string, origin_of(fact).has_value(), false};
  return may_reverse(s, before, last, matter, {viewer.kind == identity::Viewer::Kind::operator_, viewer.roles, viewer.department, viewer.subject}, viewer.account, today).ok();
}

}  // namespace yi::casework
