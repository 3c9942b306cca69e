#include "casework/quota.h"

#include <algorithm>

#include "casework/rules.h"

namespace yi::casework {

std::optional<Text<60>> quota_key(const catalog::Matter& m, CivilDay accepted_on) {
  if (!m.quantity_limit) return std::nullopt;
  const auto iso = to_iso(accepted_on);
  switch (m.quantity_limit->period) {
    case catalog::QuotaPeriod::year: return Text<60>(m.code.value + "/" + iso.substr(0, 4));
    case catalog::QuotaPeriod::month: return Text<60>(m.code.value + "/" + iso.substr(0, 7));
    case catalog::QuotaPeriod::total: break;
  }
  return Text<60>(m.code.value + "/all");
}

QuotaClaim claim_of(const CaseState& s) {
  if (!s.detail.limited) return QuotaClaim::none;
  if (s.detail.limited->granted) return QuotaClaim::granted;
  switch (s.at.stage) {
    case Stage::accepted: case Stage::in_review: case Stage::correction_in_review: case Stage::suspended: case Stage::forwarded: return QuotaClaim::waits;
    default: return QuotaClaim::none;
  }
}

void QuotaState::move(const QuotaPlace& place, QuotaClaim before, QuotaClaim after) {
  if (before == after) return;
  const auto at = std::lower_bound(waiting.begin(), waiting.end(), place);
  if (before == QuotaClaim::waits && at != waiting.end() && *at == place) waiting.erase(at);
  else if (after == QuotaClaim::waits) waiting.insert(at, place);
  if (before == QuotaClaim::granted) --granted;
  if (after == QuotaClaim::granted) ++granted;
}

Checked QuotaState::may_grant(const QuotaPlace& place, int count) const {
  if (granted >= count) return refusal(Refused::quantity_exhausted, "限额 " + std::to_string(count) + "，已准予 " + std::to_string(granted));
  const auto earlier = std::lower_bound(waiting.begin(), waiting.end(), place) - waiting.begin();
  if (granted + earlier >= count) return refusal(Refused::earlier_waits, "受理在先、尚未决定的有 " + std::to_string(earlier) + " 件，限额余 " + std::to_string(count - granted));
  return Done{};
}

const store::View& QuotaState::view() {
  using store::Type;
  static const store::View v{"casework_quota", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"quota", Type::text}, {"granted", Type::integer}, {"waiting", Type::text}}};
  return v;
}
void QuotaState::append_row(store::Row& r) const {
  r.emplace_back(granted);
  r.emplace_back(json::write(waiting));
}
QuotaState QuotaState::from(const store::Row& r) {
  QuotaState s;
  s.granted = r[2].i;
  if (auto waiting = json::read<std::vector<QuotaPlace>>(r[3].s)) s.waiting = std::move(waiting).value();
  return s;
}

void QuotaGuard::moved(std::int64_t case_id, const CaseState& before, const CaseState& after) {
  const auto was = claim_of(before), is = claim_of(after);
  if (was == is) return;
  const auto& limited = after.detail.limited ? *after.detail.limited : *before.detail.limited;
  change(std::string(limited.quota)).move({limited.accepted_at, case_id}, was, is);
}

Checked QuotaGuard::may_grant(const CaseState& s, CaseId id, const catalog::Catalog& catalog) {
  const auto* m = matter_of(s, catalog);
  if (!s.detail.limited || !m || !m->quantity_limit) return Done{};
  const auto* kept = find(std::string(s.detail.limited->quota));
  return (kept ? *kept : QuotaState{}).may_grant({s.detail.limited->accepted_at, id.value}, m->quantity_limit->count);
}

}  // namespace yi::casework
