#pragma once
// Which department bounds what somebody of the staff does and reads of people, tasks and follow-ups. Whoever supervises the hall (中心督查)
// is bound by none, also where their account belongs to the centre's own department. Empty: the whole centre.
#include "engine/fact.h"
#include "identity/viewer.h"

namespace yi::identity {

inline DepartmentCode bound_department(const Viewer& v) { return v.roles.has(Role::supervisor) ? DepartmentCode{} : v.department; }
inline DepartmentCode bound_department(const engine::Actor& a) { return RoleSet(a.roles).has(Role::supervisor) ? DepartmentCode{} : a.department; }

}  // namespace yi::identity
