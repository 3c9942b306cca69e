#pragma once
// Roles (岗位角色) of a centre, casework.md §1.1. Which rights each has stands in data/roles.yaml and, for the acts of a
// case, in casework's table; who has which role is a fact of the ledger.
#include <boost/describe.hpp>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace yi::identity {

enum class Role {
  guide,                   // 导办、咨询台
  clerk,                   // 综窗人员、受理专员
  runner,                  // 物料员
  handler,                 // 承办人、审批人员
  chief_representative,    // 首席代表
  department_leader,       // 本机关负责人
  government_leader,       // 本级人民政府负责人
  issue_clerk,             // 出件窗口人员
  supervisor,              // 中心督查
  administrator,           // 系统管理员: one of three separate posts
  security_administrator,  // 安全保密管理员: the second
  auditor,                 // 安全审计员: the third
  applicant,               // 申请人
  system                   // the program itself: timers. No account has it
};
BOOST_DESCRIBE_ENUM(Role, guide, clerk, runner, handler, chief_representative, department_leader, government_leader, issue_clerk,
                    supervisor, administrator, security_administrator, auditor, applicant, system)
inline constexpr int kRoles = 14;
// As refusals, documents and data/roles.yaml call them; a test holds the three together. "" beyond the enumeration.
constexpr std::string_view chinese_name(Role r) {
  constexpr std::string_view names[kRoles] = {"导办", "综窗人员", "物料员", "承办人", "首席代表", "本机关负责人", "本级政府负责人", "出件窗口人员", "中心督查",
                                              "系统管理员", "安全保密管理员", "安全审计员", "申请人", "系统"};
  return static_cast<int>(r) < kRoles ? names[static_cast<int>(r)] : std::string_view();
}

// A set of roles; its bits travel through the floors below as a plain number.
struct RoleSet {
  std::uint32_t bits = 0;
  constexpr RoleSet() = default;
  constexpr explicit RoleSet(std::uint32_t b) : bits(b) {}
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (Role r : roles) bits |= bit(r);
  }
  static constexpr std::uint32_t bit(Role r) { return 1u << static_cast<unsigned>(r); }
  constexpr bool has(Role r) const { return (bits & bit(r)) != 0; }
  constexpr bool meets(RoleSet other) const { return (bits & other.bits) != 0; }
  constexpr bool empty() const { return bits == 0; }
  constexpr RoleSet operator|(RoleSet other) const { return RoleSet(bits | other.bits); }
  constexpr bool operator==(const RoleSet&) const = default;
};

}  // namespace yi::identity
