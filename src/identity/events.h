#pragma once
// Facts of accounts. Streams: "account:<account>". No secret is ever among them, and of an applicant not even a name:
// what opens an account lies in identity.db (secrets.h).
#include "base/ids.h"
#include "base/json.h"
#include "identity/roles.h"

namespace yi::identity {

// What one signs in with: 3 to 32 small letters, digits, '.', '_' and '-', beginning with a letter. Stands in the ledger for ever.
using AccountName = Text<32>;

enum class AccountKind { staff, applicant };
BOOST_DESCRIBE_ENUM(AccountKind, staff, applicant)

// 开户。Roles come by a fact of their own, from another post; an applicant has the role of applicants alone.
struct AccountOpened {
  static constexpr std::string_view kName = "identity.account_opened/1";
  AccountName account;
  AccountKind kind = AccountKind::staff;
  std::optional<Text<60>> name;  // of staff, as papers show it
  std::optional<DepartmentCode> department;
  std::vector<WindowCode> windows;
};
BOOST_DESCRIBE_STRUCT(AccountOpened, (), (account, kind, name, department, windows))

// 授予岗位：all the roles that the account has from now on, none included by another written out.
struct RolesGranted {
  static constexpr std::string_view kName = "identity.roles_granted/1";
  AccountName account;
  std::vector<Role> roles;
  std::optional<DepartmentCode> department;  // absent: as before
};
BOOST_DESCRIBE_STRUCT(RolesGranted, (), (account, roles, department))

struct AccountSuspended {
  static constexpr std::string_view kName = "identity.account_suspended/1";
  AccountName account;
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(AccountSuspended, (), (account, reason))

struct AccountRestored {
  static constexpr std::string_view kName = "identity.account_restored/1";
  AccountName account;
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(AccountRestored, (), (account, reason))

// A/B 岗：each stands in for the other. A pair that either was in before is dissolved.
struct PostPairSet {
  static constexpr std::string_view kName = "identity.post_pair_set/1";
  AccountName first, second;
};
BOOST_DESCRIBE_STRUCT(PostPairSet, (), (first, second))

// 实名绑定: from now on the account acts for this subject; who it is, only the subject's key tells.
struct AccountBound {
  static constexpr std::string_view kName = "identity.account_bound/1";
  AccountName account;
  SubjectId subject;
};
BOOST_DESCRIBE_STRUCT(AccountBound, (), (account, subject))

// 统一身份关联: who registered as `identity` (a subject of its own, whose key seals the blind index of issuer and subject) signs in to
// this account at the provider.
struct AccountLinked {
  static constexpr std::string_view kName = "identity.account_linked/1";
  AccountName account;
  SubjectId identity;
};
BOOST_DESCRIBE_STRUCT(AccountLinked, (), (account, identity))

// The password has been set or changed; nothing of it is here.
struct PasswordChanged {
  static constexpr std::string_view kName = "identity.password_changed/1";
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(PasswordChanged, (), (account))

// A second factor has been set up.
struct TotpEnrolled {
  static constexpr std::string_view kName = "identity.totp_enrolled/1";
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(TotpEnrolled, (), (account))

}  // namespace yi::identity
