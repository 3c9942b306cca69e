#include "identity/rights_view.h"

#include <map>

#include "identity/gatekeeper.h"
#include "identity/rules.h"

namespace yi::identity {

namespace {

// How far a room's table of acts lets go, whatever data/roles.yaml says of the same name: who acts for a department acts for its
// cases alone (casework's rules refuse the others), an applicant for his own.
Reach reach_by_table(RoleSet effective, RoleSet named) {
  const RoleSet used(effective.bits & named.bits);
  if ((used.bits & ~(kDepartmentRoles.bits | RoleSet::bit(Role::applicant))) != 0) return Reach::centre;
  return used.meets(kDepartmentRoles) ? Reach::department : Reach::own;
}

}  // namespace

bool door_is_open_to(const http::Door& door, RoleSet effective, const RoleTable& roles) {
  if (door.right == kPublic || door.right == kSignedIn) return true;
  if (door.roles != 0) return effective.meets(RoleSet(door.roles));
  return roles.reach(effective, door.right) != Reach::none;
}

std::set<std::string> rights_of_rooms(const http::Router& router) {
  std::set<std::string> out;
  for (const auto& d : router.doors())
    if (d.roles != 0) out.insert(d.right);
  return out;
}

std::set<std::string> rights_of_doors(const http::Router& router) {
  std::set<std::string> out;
  for (const auto& d : router.doors())
    if (d.right != kPublic && d.right != kSignedIn) out.insert(d.right);
  return out;
}

std::vector<RightRow> rights_table(const http::Router& router, const RoleTable& roles) {
  std::map<std::string, RightRow> rows;
  for (int q = 0; q < kQuestions; ++q) {
    const std::string right(right_of(static_cast<Question>(q)));
    rows[right] = {right, RightSource::question, {}, {}};
  }
  std::map<std::string, std::uint32_t> by_table;
  for (const auto& d : router.doors()) {
    if (d.right == kPublic || d.right == kSignedIn) continue;
    auto [it, fresh] = rows.try_emplace(d.right, RightRow{d.right, RightSource::role_table, {}, {}});
    if (d.roles != 0) {
      it->second.source = RightSource::act_table;
      by_table[d.right] |= d.roles;
    }
    it->second.acts.push_back(std::string(d.method == http::Method::get ? "GET " : "POST ") + d.pattern + " " + d.summary);
  }
  std::vector<RightRow> out;
  for (auto& [right, row] : rows) {
    const auto named = by_table.find(right);
    for (const auto& r : roles.rows()) {
      const auto effective = roles.closure(RoleSet{r.role});
      auto reach = roles.reach(effective, right);
      if (named != by_table.end()) {
        const bool holds = effective.meets(RoleSet(named->second));
        if (!holds) reach = Reach::none;
        else reach = reach_by_table(effective, RoleSet(named->second));
      }
      if (reach != Reach::none) row.holders.push_back({r.role, reach});
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace yi::identity
