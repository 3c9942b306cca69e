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
  // On a node that does not lead: how old what it says may be.
  static constexpr std::int64_t kKnownMs = 500;
  // nullptr: no such account. Applicants are many: those that have not been asked for are read from their row. May throw
  // store::Failure, where it reads.
  std::shared_ptr<const Account> find(const std::string& account) const;
  // As the row says it now, where another node may have changed it.
  std::shared_ptr<const Account> find_newest(const std::string& account) const;
  int holders(Role role) const;  // staff that have the role as granted, not suspended
  void put(const std::string& account, const AccountState& state);
  // Fills it with the staff of the table; `read` finds one row by the account's name, on a connection of its own.
  void load(store::Reader& reader, CentreCode centre);
  using ReadOne = std::function<std::shared_ptr<const Account>(const std::string& account)>;
  void read_with(ReadOne read);
  // Several nodes: while `leads` is false nobody publishes here, and rows are read again after kKnownMs; `all` gives the staff of the
  // table. When it is true again the book begins anew.
  using ReadAll = std::function<std::vector<std::shared_ptr<const Account>>()>;
  void follow_with(ReadAll all, std::function<bool()> leads);
  // A lane is about to publish here that knows what others have changed meanwhile; the book does not.
  void begin_term();

 private:
  bool current() const;  // the lane publishes here
  void count(const AccountState& state, int sign) const;
  void read_staff() const;
  std::shared_ptr<const Account> ask(const std::string& account) const;
  mutable std::shared_mutex m_;
  mutable std::unordered_map<std::string, std::shared_ptr<const Account>> accounts_;
  mutable std::array<int, kRoles> holders_{};
  ReadOne read_;
  ReadAll read_all_;
  std::function<bool()> leads_;
  mutable bool whole_ = false;  // the staff is in it
  struct Known {
    std::shared_ptr<const Account> account;
    std::int64_t at_ns = 0;
  };
  mutable std::unordered_map<std::string, Known> known_;  // on a node that does not lead
  mutable std::int64_t staff_at_ns_ = 0;
};

// One row an account, keyed by its name.
class AccountsGuard final : public engine::GuardTable<std::string, AccountState> {
 public:
  explicit AccountsGuard(std::shared_ptr<AccountBook> book) : book_(std::move(book)) {}
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  void committed() override;
  void abandoned() override;
  void forget() override;

 private:
  AccountState& touch(const std::string& account, std::int64_t seq);
  std::shared_ptr<AccountBook> book_;  // none in a rebuild that nobody looks at
  std::vector<std::string> touched_;
};

// The staff's accounts and those of applicants, by name, behind `after`. Refusal "identity.not_allowed" without the right.
Result<std::vector<Account>> list_accounts(store::Reader& reader, CentreCode centre, const Viewer& viewer, AccountKind kind,
                                           const std::string& after, int limit);
// For the book: one row; all of the staff.
std::vector<std::shared_ptr<const Account>> read_staff(store::Reader& reader, CentreCode centre);
std::shared_ptr<const Account> read_account(store::Reader& reader, CentreCode centre, const std::string& account);

}  // namespace yi::identity
