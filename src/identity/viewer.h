#pragma once
// Who looks. Every question to a view takes a Viewer, and there is no overload without one, so that rights and masking
// cannot be forgotten. A view asks what may be seen, never for a role's name: which role may see what is data/roles.yaml's.
#include <string>
#include <utility>

#include "base/ids.h"
#include "base/result.h"
#include "http/router.h"
#include "identity/questions.h"
#include "identity/roles.h"

namespace yi::identity {

struct Viewer {
  enum class Kind {
    public_,    // no credential: what anybody may read
    operator_,  // the holder of the installation's token: everything
    staff,
    applicant,
  };
  Kind kind = Kind::public_;
  std::string account;  // "" for the public
  std::string name = {};
  RoleSet roles = {};   // with those that they include
  DepartmentCode department = {};
  SubjectId subject = {};  // of an applicant
  std::uint64_t grants = 0;

  static Viewer anonymous() { return {}; }
  // The program itself and the holder of its token: every question at the centre's reach.
  static Viewer operator_named(std::string account) {
    return {Kind::operator_, std::move(account), {}, RoleSet(~0u), {}, {}, kEveryGrant};
  }

  bool is_signed_in() const { return kind != Kind::public_; }
  bool is_staff() const { return kind == Kind::staff || kind == Kind::operator_; }

  Reach reach(Question q) const { return reach_in(grants, q); }
  // Whether the question is answered for what belongs to the department.
  bool may(Question q, const DepartmentCode& of) const {
    return reach(q) == Reach::centre || (reach(q) == Reach::department && !of.empty() && of == department);
  }
  bool may_in_centre(Question q) const { return reach(q) == Reach::centre; }

  // Personal data that says nothing of health: names, numbers, phones, addresses; of everybody in the centre.
  bool may_see_personal() const { return may_in_centre(Question::read_personal); }
  bool may_see_personal_of(const DepartmentCode& of) const { return may(Question::read_personal, of); }
  // The applicant whose own case it is. Nobody's subject is not one's own.
  bool is_applicant_of(SubjectId of) const { return kind == Kind::applicant && subject && subject == of; }
  // Health (个人信息保护法 §28: sensitive): sick leave, birth leave, injury.
  bool may_see_health() const { return may_in_centre(Question::read_health); }
  bool may_see_internal_edition() const { return may_in_centre(Question::read_internal_edition); }
  bool may_see_evidence() const { return may_in_centre(Question::read_evidence); }

  // Refusal "identity.not_allowed" (403) naming the missing right, unless the question reaches anything.
  Checked require(Question q) const;
  // For logs: never a credential.
  std::string label() const;
};

// The refusal of a missing right, in the words of every door and view.
Refusal not_allowed(std::string_view right);

Viewer viewer_of(const http::Caller& caller);

}  // namespace yi::identity
