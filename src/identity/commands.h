#pragma once
// Wishes about accounts; rules.h says what is refused.
#include "identity/events.h"
#include "store/sealed.h"

namespace yi::identity {

// 开户（工作人员）, by the administrator.
struct OpenAccount {
  AccountName account;
  Text<60> name;
  std::optional<DepartmentCode> department;
  std::vector<WindowCode> windows;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (account, name, department, windows))

// 授予岗位, by the security administrator: all the roles from now on; none takes all away.
struct GrantRoles {
  AccountName account;
  std::vector<Role> roles;
  std::optional<DepartmentCode> department;
};
BOOST_DESCRIBE_STRUCT(GrantRoles, (), (account, roles, department))

struct SuspendAccount {
  AccountName account;
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(SuspendAccount, (), (account, reason))

struct RestoreAccount {
  AccountName account;
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(RestoreAccount, (), (account, reason))

// 设定 A/B 岗.
struct SetPostPair {
  AccountName first, second;
};
BOOST_DESCRIBE_STRUCT(SetPostPair, (), (first, second))

// 实名绑定: at the window, the paper in hand. The number is a citizen number (natural persons) or a credit code (bodies).
struct BindApplicant {
  AccountName account;
  store::BlindKind kind = store::BlindKind::citizen;
  Text<64> number;
};
BOOST_DESCRIBE_STRUCT(BindApplicant, (), (account, kind, number))

// The program's own commands: they have no door.

// The three posts of a new centre, in one step: administrator, security administrator, auditor.
struct OpenThreePosts {
  AccountName administrator, security_administrator, auditor;
  Text<60> administrator_name, security_administrator_name, auditor_name;
};
BOOST_DESCRIBE_STRUCT(OpenThreePosts, (),
                      (administrator, security_administrator, auditor, administrator_name, security_administrator_name, auditor_name))

// An applicant registers.
struct OpenApplicant {
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(OpenApplicant, (), (account))

// Somebody whom the identity provider vouches for: opens their account the first time, and binds it to the person of the number that the
// provider has verified. Given by the program as `provider`.
struct EnterExternal {
  AccountName account;  // for a new account
  Text<500> issuer;
  Text<255> subject;
  std::optional<Text<64>> number;  // a citizen number
};
BOOST_DESCRIBE_STRUCT(EnterExternal, (), (account, issuer, subject, number))

// Notes that a secret beside the ledger has changed.
struct NotePassword {
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(NotePassword, (), (account))
struct NoteTotp {
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(NoteTotp, (), (account))

}  // namespace yi::identity
