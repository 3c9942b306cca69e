#pragma once
// 行政许可法 §57: a permit of limited number goes by the order of acceptance. What the lane keeps of each matter and period.
#include <vector>

#include "casework/case_state.h"
#include "catalog/catalog.h"
#include "engine/guard.h"

namespace yi::casework {

// "SC-JTT-0001/2024-06", "…/2024" or "…/all": the period in which the case is accepted; nothing for an unlimited matter.
std::optional<Text<60>> quota_key(const catalog::Matter& matter, CivilDay accepted_on);

// A place in the queue: when it was accepted by law (milliseconds), then the case's id.
struct QuotaPlace {
  std::int64_t accepted_at = 0;
  std::int64_t case_id = 0;
  auto operator<=>(const QuotaPlace&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuotaPlace, (), (accepted_at, case_id))

enum class QuotaClaim { none, waits, granted };
// What a case claims: it waits from acceptance to decision, and holds what was granted for ever.
QuotaClaim claim_of(const CaseState& s);

struct QuotaState {
  std::int64_t granted = 0;
  std::vector<QuotaPlace> waiting;  // accepted and not decided, in the order of acceptance
  void move(const QuotaPlace& place, QuotaClaim before, QuotaClaim after);
  // Whether this place may be granted now. Refusals quantity_exhausted, earlier_waits (those before it may take what is left).
  Checked may_grant(const QuotaPlace& place, int count) const;

  static const store::View& view();
  void append_row(store::Row& r) const;
  static QuotaState from(const store::Row& r);
};

class QuotaGuard : public engine::GuardTable<std::string, QuotaState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {}; }  // fed by the guard of cases
  void apply(const engine::RecordedFact&) override {}
  void moved(std::int64_t case_id, const CaseState& before, const CaseState& after);
  // For the decision to grant; unlimited matters are always within.
  Checked may_grant(const CaseState& s, CaseId id, const catalog::Catalog& catalog);
};

}  // namespace yi::casework
