#pragma once
// The rules of accounts: pure in (state, command, who acts).
#include <functional>
#include <optional>

#include "engine/fact.h"
#include "identity/commands.h"

namespace yi::identity {

// What is known of one account; the state of its guard row.
struct AccountState {
  AccountKind kind = AccountKind::staff;
  std::string name;
  DepartmentCode department;
  std::vector<WindowCode> windows;
  RoleSet roles;           // as granted, without those that they include
  bool suspended = false;
  std::string pair;        // the other of the A/B posts, "" for none
  SubjectId subject;         // of an applicant: who they are; 0 before the real-name binding
  SubjectId identity;        // of an applicant who comes from the identity provider (AccountLinked); such an account has no password
  std::int64_t version = 0;  // of the fact that last changed what the account may do: sessions from before it end

  static const store::View& view();
  void append_row(store::Row& row) const;
  static AccountState from(const store::Row& row);
};

enum class Reason {
  bad_account, account_exists, unknown_account, name_missing, unknown_department, unknown_window, not_staff, own_account,
  post_required, posts_separate, role_not_granted, department_required, suspended_already, not_suspended, reason_required,
  same_account, other_department, last_of_its_post, posts_exist, not_applicant, bound_already, bad_number_kind, other_person, nothing_new
};
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// What the rules ask of the rest of the house.
struct AccountFacts {
  std::function<const AccountState*(const std::string& account)> find;  // valid until the next call
  std::function<bool(const DepartmentCode&)> known_department;
  std::function<bool(const WindowCode&)> known_window;
  std::function<int(Role)> holders;  // accounts that have the role and are not suspended
};

// Roles that belong to a department's work: whoever gets one belongs to a department.
inline constexpr RoleSet kDepartmentRoles{Role::handler, Role::chief_representative, Role::department_leader};
inline constexpr RoleSet kThreePosts{Role::administrator, Role::security_administrator, Role::auditor};

bool is_account_name(std::string_view text);

Result<AccountOpened> decide(const OpenAccount& c, const engine::Actor& by, const AccountFacts& facts);
Result<RolesGranted> decide(const GrantRoles& c, const engine::Actor& by, const AccountFacts& facts);
Result<AccountSuspended> decide(const SuspendAccount& c, const engine::Actor& by, const AccountFacts& facts);
Result<AccountRestored> decide(const RestoreAccount& c, const engine::Actor& by, const AccountFacts& facts);
Result<PostPairSet> decide(const SetPostPair& c, const AccountFacts& facts);
// Who may be bound, and to what number. Refusals also of check_citizen and check_uscc (base/identifiers.h). `taken`: the account's
// subject is still known.
Checked check(const BindApplicant& c, const AccountFacts& facts, CivilDay today, const std::function<bool(SubjectId)>& taken);
Result<AccountOpened> decide(const OpenApplicant& c, const AccountFacts& facts);
Checked decide(const OpenThreePosts& c, const AccountFacts& facts);

}  // namespace yi::identity
