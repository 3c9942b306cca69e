#pragma once
// Who may do what, as one table: role × right × door. Read from the router's own list of doors, so that a new door is in it by
// itself.
#include <string>
#include <vector>

#include "http/router.h"
#include "identity/role_table.h"

namespace yi::identity {

struct RightHolder {
  Role role = Role::guide;
  Reach reach = Reach::none;
};
BOOST_DESCRIBE_STRUCT(RightHolder, (), (role, reach))

enum class RightSource {
  role_table,  // data/roles.yaml
  act_table,   // the room's own table: Door::roles
  question,    // a view's question, data/roles.yaml
};
BOOST_DESCRIBE_ENUM(RightSource, role_table, act_table, question)

struct RightRow {
  std::string right;
  RightSource source = RightSource::role_table;
  std::vector<std::string> acts;  // "POST /api/casework/accept 受理"
  std::vector<RightHolder> holders;
};
BOOST_DESCRIBE_STRUCT(RightRow, (), (right, source, acts, holders))

// In the order of rights' names; doors that are everybody's are left out.
std::vector<RightRow> rights_table(const http::Router& router, const RoleTable& roles);

// The one judgement of a role against a door, for the Gatekeeper, the table and its test.
bool door_is_open_to(const http::Door& door, RoleSet effective, const RoleTable& roles);

// The rights that doors ask for, and those of them whose holders a room's own table names, for RoleTable::check_rights.
std::set<std::string> rights_of_doors(const http::Router& router);
std::set<std::string> rights_of_rooms(const http::Router& router);

}  // namespace yi::identity
