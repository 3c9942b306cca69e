#include "identity/rules.h"

#include "base/identifiers.h"
#include "base/text.h"

namespace yi::identity {
namespace {

struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
  int status = 422;
};
constexpr Words kWords[] = {
    {Reason::bad_account, "identity.bad_account", "账号名不符合要求。",
     "账号名为 3 到 32 个小写字母、数字、点、下划线或短横线，以字母开头；不要用证件号、手机号。", "/account"},
    {Reason::account_exists, "identity.account_exists", "这个账号名已有人使用。", "请换一个账号名。", "/account", 409},
    {Reason::unknown_account, "identity.unknown_account", "没有这个账号。", "请从账号列表中选择。", "/account", 404},
    {Reason::name_missing, "identity.name_missing", "没有填写姓名。", "请填写姓名。", "/name"},
    {Reason::unknown_department, "identity.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", "/department"},
    {Reason::unknown_window, "identity.unknown_window", "目录里没有这个窗口。", "请从窗口列表中选择。", "/windows"},
    {Reason::not_staff, "identity.not_staff", "这是申请人的账号，不能担任岗位。", "请为工作人员另开账号。", "/account"},
    {Reason::own_account, "identity.own_account", "不能对自己的账号做这件事。", "请由另一位有此权限的人员办理。", "/account", 403},
    {Reason::post_required, "identity.post_required", "这件事只能由三员中的专人办理：开户由系统管理员，授权由安全保密管理员。",
     "请联系担任该岗位的人员办理。", "", 403},
    {Reason::posts_separate, "identity.posts_separate", "系统管理员、安全保密管理员、安全审计员应由三个账号分别担任。", "请只授予其中一员。", "/roles"},
    {Reason::role_not_granted, "identity.role_not_granted", "这个岗位不能授予工作人员账号。", "“系统”是程序自身；申请人请自行注册。", "/roles"},
    {Reason::department_required, "identity.department_required", "承办人、首席代表、部门领导应有所属部门。", "请同时写明部门。", "/department"},
    {Reason::suspended_already, "identity.suspended_already", "这个账号已停用。", "如需使用请先恢复。", "/account", 409},
    {Reason::not_suspended, "identity.not_suspended", "这个账号没有停用。", "无需恢复。", "/account", 409},
    {Reason::reason_required, "identity.reason_required", "没有写明原因。", "请写明停用或恢复的原因。", "/reason"},
    {Reason::same_account, "identity.same_account", "A岗和B岗是同一个账号。", "请选择另一位人员。", "/second"},
    {Reason::other_department, "identity.other_department", "A岗和B岗不在同一部门。", "请选择同一部门的人员。", "/second"},
    {Reason::last_of_its_post, "identity.last_of_its_post", "中心只有这一位担任该员，停用或改任后将无人担任。", "请先授予另一个账号，再办理。", "/account", 409},
    {Reason::posts_exist, "identity.posts_exist", "中心已有系统管理员。", "请由系统管理员开户、安全保密管理员授权。", "", 409},
    {Reason::not_applicant, "identity.not_applicant", "只有申请人的账号可以实名绑定。", "请核对账号；工作人员如要申请事项，请另注册申请人账号。", "/account"},
    {Reason::bound_already, "identity.bound_already", "这个账号已经实名绑定。", "不能改绑他人；请为另一人注册另一个账号。", "/account", 409},
    {Reason::bad_number_kind, "identity.bad_number_kind", "实名绑定只凭居民身份证号码或统一社会信用代码。", "请选择证件类型：citizen 或 uscc。", "/kind"},
    {Reason::other_person, "identity.other_person", "统一身份认证给出的公民身份号码与这个账号已经绑定的人不一致。",
     "没有登录。请先向统一身份认证平台核对您的实名信息；无误的，请携带证件到窗口办理。", "/number", 409},
    {Reason::nothing_new, "identity.nothing_new", "这个账号已经与统一身份关联。", "无需再做什么。", "/subject", 409},
};

const AccountState* staff_of(const std::string& account, const AccountFacts& facts, std::optional<Refusal>& why) {
  const auto* a = facts.find(account);
  if (!a) why = refuse(Reason::unknown_account);
  else if (a->kind != AccountKind::staff) why = refuse(Reason::not_staff);
  return why ? nullptr : a;
}

// 三员: the last of a post cannot be taken away, or nobody could put it right.
bool is_last(const AccountState& a, Role post, const AccountFacts& facts) {
  return a.roles.has(post) && !a.suspended && facts.holders(post) <= 1;
}

std::optional<Reason> taken_away(const AccountState& a, RoleSet left, const AccountFacts& facts) {
  for (const Role post : {Role::administrator, Role::security_administrator, Role::auditor})
    if (!left.has(post) && is_last(a, post, facts)) return Reason::last_of_its_post;
  return std::nullopt;
}

}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, w.status, w.where};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

bool is_account_name(std::string_view text) {
  if (text.size() < 3 || text.size() > 32 || text[0] < 'a' || text[0] > 'z') return false;
  for (const auto reserved : {"operator", "public", "system", "replay", "bench", "cli", "provider"})  // actors of the program itself
    if (text == reserved) return false;
  std::size_t digits = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    digits = digit ? digits + 1 : 0;
    if (digits > 8) return false;  // a phone or id number with a letter before it
    if (!digit && !(c >= 'a' && c <= 'z') && c != '.' && c != '_' && c != '-') return false;
  }
  return true;
}

Result<AccountOpened> decide(const OpenAccount& c, const engine::Actor& by, const AccountFacts& facts) {
  // Whatever the table of roles says: 系统管理员 opens accounts, 安全保密管理员 grants roles.
  if (!RoleSet(by.roles).has(Role::administrator)) return refuse(Reason::post_required);
  if (!is_account_name(c.account)) return refuse(Reason::bad_account);
  if (trim(c.name).empty()) return refuse(Reason::name_missing);
  if (c.department && !facts.known_department(*c.department)) return refuse(Reason::unknown_department);
  for (const auto& w : c.windows)
    if (!facts.known_window(w)) return refuse(Reason::unknown_window);
  if (facts.find(c.account)) return refuse(Reason::account_exists);
  return AccountOpened{c.account, AccountKind::staff, c.name, c.department, c.windows};
}

Result<RolesGranted> decide(const GrantRoles& c, const engine::Actor& by, const AccountFacts& facts) {
  if (!RoleSet(by.roles).has(Role::security_administrator)) return refuse(Reason::post_required);
  if (by.account == c.account) return refuse(Reason::own_account);
  std::optional<Refusal> why;
  const auto* a = staff_of(c.account, facts, why);
  if (!a) return std::move(*why);
  RoleSet roles;
  for (const Role r : c.roles) roles = roles | RoleSet{r};
  if (roles.has(Role::system) || roles.has(Role::applicant)) return refuse(Reason::role_not_granted);
  const auto posts = roles.bits & kThreePosts.bits;
  if ((posts & (posts - 1)) != 0) return refuse(Reason::posts_separate);
  if (c.department && !facts.known_department(*c.department)) return refuse(Reason::unknown_department);
  const auto& department = c.department ? *c.department : a->department;
  if (roles.meets(kDepartmentRoles) && department.empty()) return refuse(Reason::department_required);
  if (const auto reason = taken_away(*a, roles, facts)) return refuse(*reason);
  return RolesGranted{c.account, c.roles, c.department};
}

Result<AccountSuspended> decide(const SuspendAccount& c, const engine::Actor& by, const AccountFacts& facts) {
  if (by.account == c.account) return refuse(Reason::own_account);
  const auto* a = facts.find(c.account);
  if (!a) return refuse(Reason::unknown_account);
  if (a->suspended) return refuse(Reason::suspended_already);
  if (trim(c.reason).empty()) return refuse(Reason::reason_required);
  if (const auto reason = taken_away(*a, {}, facts)) return refuse(*reason);
  return AccountSuspended{c.account, c.reason};
}

Result<AccountRestored> decide(const RestoreAccount& c, const engine::Actor& by, const AccountFacts& facts) {
  if (by.account == c.account) return refuse(Reason::own_account);
  const auto* a = facts.find(c.account);
  if (!a) return refuse(Reason::unknown_account);
  if (!a->suspended) return refuse(Reason::not_suspended);
  if (trim(c.reason).empty()) return refuse(Reason::reason_required);
  return AccountRestored{c.account, c.reason};
}

Result<PostPairSet> decide(const SetPostPair& c, const AccountFacts& facts) {
  if (c.first == c.second) return refuse(Reason::same_account);
  std::optional<Refusal> why;
  const auto* a = staff_of(c.first, facts, why);
  if (!a) return std::move(*why);
  const auto department = a->department;
  const auto* b = staff_of(c.second, facts, why);
  if (!b) return std::move(*why);
  if (department != b->department) return refuse(Reason::other_department);
  return PostPairSet{c.first, c.second};
}

Checked check(const BindApplicant& c, const AccountFacts& facts, CivilDay today, const std::function<bool(SubjectId)>& taken) {
  const auto* a = facts.find(c.account);
  if (!a) return refuse(Reason::unknown_account);
  if (a->kind != AccountKind::applicant) return refuse(Reason::not_applicant);
  if (a->suspended) return refuse(Reason::suspended_already);
  if (a->subject && taken(a->subject)) return refuse(Reason::bound_already);
  if (c.kind == store::BlindKind::citizen) {
    YI_CHECK(check_citizen(c.number, today));
  } else if (c.kind == store::BlindKind::uscc) {
    YI_CHECK(check_uscc(c.number));
  } else {
    return refuse(Reason::bad_number_kind);
  }
  return Done{};
}

Result<AccountOpened> decide(const OpenApplicant& c, const AccountFacts& facts) {
  if (!is_account_name(c.account)) return refuse(Reason::bad_account);
  if (facts.find(c.account)) return refuse(Reason::account_exists);
  return AccountOpened{c.account, AccountKind::applicant, {}, {}, {}};
}

Checked decide(const OpenThreePosts& c, const AccountFacts& facts) {
  if (facts.holders(Role::administrator) > 0) return refuse(Reason::posts_exist);
  const AccountName* names[] = {&c.administrator, &c.security_administrator, &c.auditor};
  for (const auto* name : names) {
    if (!is_account_name(*name)) return refuse(Reason::bad_account);
    if (facts.find(*name)) return refuse(Reason::account_exists);
  }
  if (c.administrator == c.security_administrator || c.administrator == c.auditor || c.security_administrator == c.auditor)
    return refuse(Reason::posts_separate);
  for (const auto* person : {&c.administrator_name, &c.security_administrator_name, &c.auditor_name})
    if (trim(*person).empty()) return refuse(Reason::name_missing);
  return Done{};
}

}  // namespace yi::identity
