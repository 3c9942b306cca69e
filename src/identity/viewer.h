#pragma once
// Who looks. Every question to a view takes a Viewer, and there is no overload without one, so that rights and masking
// cannot be forgotten. Part 1 has two viewers; the roles and grants of part 2 come behind these same questions.
#include <string>
#include <utility>

#include "base/result.h"

namespace yi::identity {

struct Viewer {
  enum class Role {
    public_,    // no credential: what anybody may read
    operator_,  // the holder of the installation's token
  };
  Role role = Role::public_;
  std::string account;  // "" for the public

  static Viewer anonymous() { return {}; }
  static Viewer operator_named(std::string account) { return {Role::operator_, std::move(account)}; }

  bool is_operator() const { return role == Role::operator_; }
  // Personal data that says nothing of health: names on evidence lists, numbers, addresses.
  bool may_see_personal() const { return is_operator(); }
  // Health (个人信息保护法 §28: sensitive): sick leave, birth leave, injury.
  bool may_see_health() const { return is_operator(); }
  bool may_see_internal_edition() const { return is_operator(); }
  // Refusal "identity.not_allowed" (403) for everybody else.
  Checked require_operator() const;
  // For logs: never a credential.
  std::string label() const;
};

}  // namespace yi::identity
