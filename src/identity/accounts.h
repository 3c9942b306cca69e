#pragma once
// The accounts in memory, as the door asks for them at every request. The guard of the lane publishes what was committed;
// any thread reads.
#include <array>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/guard.h"
#include "identity/rules.h"
#include "identity/viewer.h"

namespace yi::identity {

struct Account {
  std::string account;
  AccountState state;
};

class AccountBook {
 public:
  // nullptr: no such account. Applicants are many: those that have not been asked for are read from their row.
  std::shared_ptr<const Account> find(const std::string& account) const;
  int holders(Role role) const;  // staff that have the role as granted, not suspended
  void put(const std::string& account, const AccountState& state);
  // Fills it with the staff of the table; `read` finds one row by the account's name, on a connection of its own.
  void load(store::Reader& reader, CentreCode centre);
  using ReadOne = std::function<std::shared_ptr<const Account>(const std::string& account)>;
  void read_with(ReadOne read);

 private:
  mutable std::shared_mutex m_;
  mutable std::unordered_map<std::string, std::shared_ptr<const Account>> accounts_;
  ReadOne read_;
  void count(const AccountState& state, int sign);
  std::array<int, kRoles> holders_{};
};

// One row an account, keyed by its name.
class AccountsGuard final : public engine::GuardTable<std::string, AccountState> {
 public:
  explicit AccountsGuard(std::shared_ptr<AccountBook> book) : book_(std::move(book)) {}
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  void committed() override;
  void abandoned() override;

 private:
  AccountState& touch(const std::string& account, std::int64_t seq);
  std::shared_ptr<AccountBook> book_;  // none in a rebuild that nobody looks at
  std::vector<std::string> touched_;
};

// The staff's accounts and those of applicants, by name, behind `after`. Refusal "identity.not_allowed" without the right.
Result<std::vector<Account>> list_accounts(store::Reader& reader, CentreCode centre, const Viewer& viewer, AccountKind kind,
                                           const std::string& after, int limit);
// For the book: one row.
std::shared_ptr<const Account> read_account(store::Reader& reader, CentreCode centre, const std::string& account);

}  // namespace yi::identity
