#pragma once
// Which department bounds what somebody of the staff does and reads of people, tasks and follow-ups. Whoever supervises the hall (中心督查)
// is bound by none, also where their account belongs to the centre's own department. Empty: the whole centre.
#include "engine/fact.h"
#include "identity/viewer.h"

namespace yi::identity {

inline const DepartmentCode kNoDepartment;
// The answer lives as long as who it is asked of.
inline const DepartmentCode& bound_department(const Viewer& v) { return v.roles.has(Role::supervisor) ? kNoDepartment : v.department; }
// Roles that nobody has said (the operator, the program itself) bind as the department does.
inline const DepartmentCode& bound_department(const engine::Actor& a) { return a.roles != ~0u && RoleSet(a.roles).has(Role::supervisor) ? kNoDepartment : a.department; }

}  // namespace yi::identity
