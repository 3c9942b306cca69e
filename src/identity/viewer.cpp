#include "identity/viewer.h"

namespace yi::identity {

std::string Viewer::label() const {
  switch (kind) {
    case Kind::public_: return "public";
    case Kind::operator_: return "operator:" + account;
    case Kind::staff: return "staff:" + account;
    case Kind::applicant: return "applicant:" + account;
  }
  return "public";
}

Refusal not_allowed(std::string_view right) {
  return {"identity.not_allowed", "您的岗位没有这项权限：" + std::string(right) + "。",
          "请由有此权限的岗位办理；确需办理的，请联系安全保密管理员核定岗位。", 403, std::string(right)};
}

Checked Viewer::require(Question q) const {
  if (reach(q) != Reach::none) return Done{};
  return not_allowed(right_of(q));
}

Viewer viewer_of(const http::Caller& caller) {
  if (caller.role == "operator") return Viewer::operator_named(caller.account);
  if (caller.role != "staff" && caller.role != "applicant") return Viewer::anonymous();
  Viewer v;
  v.kind = caller.role == "staff" ? Viewer::Kind::staff : Viewer::Kind::applicant;
  v.account = caller.account;
  v.name = caller.name;
  v.roles = RoleSet(caller.roles);
  v.department.value = caller.department;
  v.subject.value = caller.subject;
  v.grants = caller.grants;
  return v;
}

}  // namespace yi::identity
