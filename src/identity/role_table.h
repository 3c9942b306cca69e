#pragma once
// The table of roles and their rights, data/roles.yaml: which role includes which, which rights it has, how far each
// reaches. Loaded once; immutable, so safe between threads.
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "identity/questions.h"
#include "identity/roles.h"

namespace yi::identity {

struct RightOfRole {
  std::string right;  // a door's right, or right_of(Question)
  Reach reach = Reach::none;
  std::string where;  // "roles.yaml:12"
};

struct RoleRow {
  Role role = Role::guide;
  std::string name;  // 综窗人员
  std::vector<Role> includes;
  std::vector<RightOfRole> rights;  // its own, without those of the included
};

class RoleTable {
 public:
  // Refusals base.yaml_*, "identity.bad_role_table" (a role missing or twice, a right twice in a role, `system` or `applicant`
  // with others' roles, a closure that joins two of the three posts or gives one the other's right); where: file:line.
  static Result<RoleTable> load(const std::filesystem::path& file);
  static Result<RoleTable> parse(std::string_view text, const std::string& file_name);

  // Every right of the table is a door's, or a question's. Refusals with the line: "identity.unknown_right"; "identity.right_of_a_room"
  // where a room's own table says who holds it (`of_rooms`), so that a line here would change nothing.
  Checked check_rights(const std::set<std::string>& rights_of_doors, const std::set<std::string>& of_rooms) const;

  const std::vector<RoleRow>& rows() const { return rows_; }  // in the order of the file
  const std::string& name_of(Role role) const;
  // The roles with all that they include.
  RoleSet closure(RoleSet roles) const;
  // The greatest reach that any of these roles gives; `roles` is a closure.
  Reach reach(RoleSet roles, std::string_view right) const;
  std::uint64_t grants(RoleSet roles) const;  // of every Question, for http::Caller
  // Whose closure holds the right.
  RoleSet holders(std::string_view right) const;

 private:
  std::vector<RoleRow> rows_;
  std::array<RoleSet, kRoles> closure_{};                                     // by role
  std::map<std::string, std::array<Reach, kRoles>, std::less<>> reach_;      // by right, then role, own rights only
  std::array<std::array<Reach, kRoles>, kQuestions> question_reach_{};
};

}  // namespace yi::identity
