#pragma once
// What was done to an account, by whom and why: the staff's, from the ledger. Reversible acts can only be trusted where the way they
// went can be read.
#include <vector>

#include "engine/report.h"
#include "identity/accounts.h"

namespace yi::identity {

const store::View& account_history_view();  // (centre, account, seq) → what, at, by, detail

class AccountHistoryReport final : public engine::Report {
 public:
  const store::View& view() const override { return account_history_view(); }
  std::vector<std::string_view> listens_to() const override;
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override;
};

enum class AccountChange { opened, roles_granted, suspended, restored, paired, password_changed, totp_enrolled };
BOOST_DESCRIBE_ENUM(AccountChange, opened, roles_granted, suspended, restored, paired, password_changed, totp_enrolled)

struct AccountHistoryRow {
  std::int64_t seq = 0;  // of the fact
  AccountChange what{};
  Instant at;
  std::string by;
  RoleSet roles;        // of roles_granted: all that it has from then on
  std::string detail;   // reason; the other of a pair; the department
};
// Newest first, at most `limit`. Refusal "identity.not_allowed" without the right.
Result<std::vector<AccountHistoryRow>> account_history(store::Reader& reader, CentreCode centre, const Viewer& viewer, const std::string& account, int limit);

}  // namespace yi::identity
