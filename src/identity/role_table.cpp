#include "identity/role_table.h"

#include <optional>

#include "base/yaml.h"

namespace yi::identity {
namespace {

constexpr RoleSet kPosts{Role::administrator, Role::security_administrator, Role::auditor};

// Rights that make the three posts what they are: one post's right is not given to anybody else.
constexpr std::pair<std::string_view, Role> kRightsOfPosts[] = {
    {"identity.open_account", Role::administrator},
    {"identity.grant_roles", Role::security_administrator},
    {"identity.read_audit", Role::auditor},
};

std::size_t index(Role r) { return static_cast<std::size_t>(r); }

void bad(yaml::Report& report, const yaml::Node& at, std::string sentence, std::string next_step) {
  report.add(at, "identity.bad_role_table", std::move(sentence), std::move(next_step));
}

void read_rights(yaml::Fields& f, Reach reach, RoleRow& row, yaml::Report& report) {
  for (const auto& node : f.optional_list(json::enum_name(reach))) {
    const std::string right(node.scalar());
    if (node.kind() != yaml::Kind::scalar || right.find('.') == right.npos) {
      bad(report, node, "权限应写成“分系统.动作”。", "例如 casework.accept。");
      continue;
    }
    for (const auto& other : row.rights)
      if (other.right == right) bad(report, node, "同一岗位的权限重复：" + right + "。", "请只保留一处。");
    row.rights.push_back({right, reach, node.where()});
  }
}

std::optional<RoleRow> read_row(const yaml::Node& node, yaml::Report& report) {
  yaml::Fields f(node, report);
  RoleRow row;
  row.role = f.choice<Role>("role");
  row.name = f.text("name");
  for (const auto& included : f.optional_list("includes")) {
    Role r{};
    if (!json::enum_from(included.scalar(), r)) bad(report, included, "没有这个岗位：" + std::string(included.scalar()) + "。", "请核对岗位代码。");
    else row.includes.push_back(r);
  }
  for (const Reach reach : {Reach::own, Reach::department, Reach::centre}) read_rights(f, reach, row, report);
  f.finish();
  if (row.role == Role::system) {
    bad(report, node, "system 是程序自身，不在岗位表中。", "请删去这一段。");
    return std::nullopt;
  }
  return row;
}

}  // namespace

Result<RoleTable> RoleTable::load(const std::filesystem::path& file) {
  YI_TRY(const auto text, yaml::read_file(file, file.filename().string()));
  return parse(text, file.filename().string());
}

Result<RoleTable> RoleTable::parse(std::string_view text, const std::string& file_name) {
  YI_TRY(const auto root, yaml::parse(text, file_name));
  yaml::Report report;
  yaml::Fields top(root, report);
  RoleTable t;
  RoleSet seen;
  for (const auto& node : top.list("roles")) {
    auto row = read_row(node, report);
    if (!row) continue;
    if (seen.has(row->role)) bad(report, node, std::string("岗位重复：") + json::enum_name(row->role) + "。", "请只保留一处。");
    seen = seen | RoleSet{row->role};
    for (const auto& r : row->rights) t.reach_[r.right][index(row->role)] = r.reach;
    t.closure_[index(row->role)] = RoleSet{row->role};
    for (const Role r : row->includes) t.closure_[index(row->role)].bits |= RoleSet::bit(r);
    t.rows_.push_back(std::move(*row));
  }
  top.finish();
  for (int i = 0; i < kRoles; ++i)
    if (const auto r = static_cast<Role>(i); r != Role::system && !seen.has(r))
      bad(report, root, std::string("缺少岗位：") + json::enum_name(r) + "。", "请补上，没有权限的岗位也要写明。");
  // As often as there are roles: every chain of inclusions has been followed then.
  for (int round = 0; round < kRoles; ++round)
    for (auto& set : t.closure_)
      for (int i = 0; i < kRoles; ++i)
        if (set.has(static_cast<Role>(i))) set = set | t.closure_[static_cast<std::size_t>(i)];
  for (const auto& row : t.rows_) {
    const auto all = t.closure_[index(row.role)];
    const auto posts = all.bits & kPosts.bits;
    if ((posts & (posts - 1)) != 0) bad(report, root, "岗位“" + row.name + "”同时含有三员中的两员。", "系统管理员、安全保密管理员、安全审计员应当分开。");
    if (all.has(Role::applicant) && all != RoleSet{Role::applicant})
      bad(report, root, "岗位“" + row.name + "”同时含有申请人。", "工作人员与申请人应当分开。");
    for (const auto& [right, post] : kRightsOfPosts)
      if (row.role != post && t.reach(all, right) != Reach::none)
        bad(report, root, "岗位“" + row.name + "”有“" + std::string(right) + "”，它只属于" + json::enum_name(post) + "。", "三员的职责应当分开，请删去这项权限。");
  }
  if (auto refusal = report.refusal()) return *refusal;
  for (int q = 0; q < kQuestions; ++q)
    if (const auto it = t.reach_.find(right_of(static_cast<Question>(q))); it != t.reach_.end()) t.question_reach_[static_cast<std::size_t>(q)] = it->second;
  return t;
}

Checked RoleTable::check_rights(const std::set<std::string>& rights_of_doors, const std::set<std::string>& of_rooms) const {
  const auto known = [&](const std::string& right) {
    for (int q = 0; q < kQuestions; ++q)
      if (right == right_of(static_cast<Question>(q))) return true;
    return rights_of_doors.contains(right);
  };
  for (const auto& row : rows_)
    for (const auto& r : row.rights)
      if (!known(r.right))
        return Refusal{"identity.unknown_right", "岗位表中有系统不认识的权限：" + r.right + "。", "请核对写法；全部权限见接口文档 /api/openapi.json 的 x-right。", 422, r.where};
      else if (of_rooms.contains(r.right))
        return Refusal{"identity.right_of_a_room", "“" + r.right + "”由谁办理，以办件状态表（docs/casework.md）为准，写在这里不起作用。", "请删去这一项。", 422, r.where};
  return Done{};
}

const std::string& RoleTable::name_of(Role role) const {
  for (const auto& row : rows_)
    if (row.role == role) return row.name;
  static const std::string program = "系统";
  return program;
}

RoleSet RoleTable::closure(RoleSet roles) const {
  RoleSet all = roles;
  for (int i = 0; i < kRoles; ++i)
    if (roles.has(static_cast<Role>(i))) all = all | closure_[static_cast<std::size_t>(i)];
  return all;
}

namespace {
Reach greatest(RoleSet roles, const std::array<Reach, kRoles>& by_role) {
  Reach most = Reach::none;
  for (int i = 0; i < kRoles; ++i)
    if (roles.has(static_cast<Role>(i))) most = std::max(most, by_role[static_cast<std::size_t>(i)]);
  return most;
}
}  // namespace

Reach RoleTable::reach(RoleSet roles, std::string_view right) const {
  const auto it = reach_.find(right);
  return it == reach_.end() ? Reach::none : greatest(roles, it->second);
}

std::uint64_t RoleTable::grants(RoleSet roles) const {
  std::uint64_t all = 0;
  for (int q = 0; q < kQuestions; ++q) all |= grant(static_cast<Question>(q), greatest(roles, question_reach_[static_cast<std::size_t>(q)]));
  return all;
}

RoleSet RoleTable::holders(std::string_view right) const {
  RoleSet out;
  for (const auto& row : rows_)
    if (reach(closure_[index(row.role)], right) != Reach::none) out = out | RoleSet{row.role};
  return out;
}

}  // namespace yi::identity
