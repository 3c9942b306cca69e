// Reading doors: accounts, the table of rights, the access audit.
#include <charconv>

#include "identity/account_history.h"
#include "engine/command_doors.h"
#include "identity/doors.h"
#include "identity/rights_view.h"

namespace yi::identity {
namespace {

struct AccountEntry {
  std::string account;
  AccountKind kind = AccountKind::staff;
  std::string name;
  DepartmentCode department;
  std::vector<WindowCode> windows;
  std::vector<Role> roles;
  bool suspended = false;
  std::string pair;
};
BOOST_DESCRIBE_STRUCT(AccountEntry, (), (account, kind, name, department, windows, roles, suspended, pair))
struct AccountList {
  std::vector<AccountEntry> accounts;
  std::optional<std::string> next;  // pass it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (accounts, next))

struct RoleEntry {
  Role role = Role::guide;
  std::string name;
  std::vector<Role> includes;
};
BOOST_DESCRIBE_STRUCT(RoleEntry, (), (role, name, includes))
struct RightsReply {
  std::vector<RoleEntry> roles;
  std::vector<RightRow> rights;
};
BOOST_DESCRIBE_STRUCT(RightsReply, (), (roles, rights))

using Number = Id<struct AuditNumberTag>;
using AuditSubject = SubjectId;
struct AuditRow {
  Number number;
  Instant at, engine_at;
  std::string account;
  Outcome outcome = Outcome::read;
  std::string act, object;
  AuditSubject subject;
  std::string code, reason, address;
  std::int64_t repeats = 1;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (number, at, engine_at, account, outcome, act, object, subject, code, reason, address, repeats))
struct AuditReply {
  std::vector<AuditRow> entries;
  std::optional<Number> next;  // pass it as `before` for the following page
};
BOOST_DESCRIBE_STRUCT(AuditReply, (), (entries, next))

// The log's state after its last entry: an auditor notes both and can later show that nothing before was changed.
struct ChainReply {
  Number entries;
  std::string head;                   // hex SM3
  std::optional<std::string> broken;  // the first entry that differs; absent: the whole chain holds
};
BOOST_DESCRIBE_STRUCT(ChainReply, (), (entries, head, broken))

using FactPosition = Id<struct PositionTag>;
struct HistoryEntry {
  FactPosition position;
  AccountChange what{};
  Instant at;
  std::string by;
  std::vector<Role> roles;  // of roles_granted: all that the account has from then on
  std::string detail;       // reason; the other of a pair; the department
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (position, what, at, by, roles, detail))
struct HistoryReply {
  std::vector<HistoryEntry> entries;  // newest first, at most 200
};
BOOST_DESCRIBE_STRUCT(HistoryReply, (), (entries))

constexpr const char* kLimitSchema = R"({"type":"integer","minimum":1,"maximum":200})";
constexpr const char* kNameSchema = R"({"type":"string","maxLength":100})";

std::int64_t number_or(const http::Request& r, const char* name, std::int64_t otherwise) {
  const auto it = r.query.find(name);
  if (it == r.query.end()) return otherwise;
  std::int64_t v = otherwise;
  std::from_chars(it->second.data(), it->second.data() + it->second.size(), v);
  return v;
}

std::optional<std::string> text_of(const http::Request& r, const char* name) {
  const auto it = r.query.find(name);
  return it == r.query.end() ? std::nullopt : std::optional(it->second);
}

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  return r;
}

http::Door reading(const char* pattern, const char* name, const char* summary, std::string_view right, std::string schema) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = "read";
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  d.refusal_codes = {"identity.not_signed_in", "identity.not_allowed"};
  d.runs_on = http::RunsOn::worker;
  return d;
}

std::vector<Role> roles_in(RoleSet set) {
  std::vector<Role> out;
  for (int i = 0; i < kRoles; ++i)
    if (set.has(static_cast<Role>(i))) out.push_back(static_cast<Role>(i));
  return out;
}

AccountEntry entry_of(const Account& a) {
  AccountEntry e{a.account, a.state.kind, a.state.name, a.state.department, a.state.windows, {}, a.state.suspended, a.state.pair};
  e.roles = roles_in(a.state.roles);
  return e;
}

Result<AuditReply> audit_page(AuditLog& log, const http::Request& request, const http::Caller& caller) {
  AuditQuestion q{text_of(request, "account"), text_of(request, "object"), {}, {}, number_or(request, "before", 0),
                  static_cast<int>(std::min(number_or(request, "limit", 50), limits::kPageRows.value))};
  if (const auto from = text_of(request, "from")) {
    YI_TRY(const auto day, parse_day(*from));
    q.from = start_of(day);
  }
  if (const auto to = text_of(request, "to")) {
    YI_TRY(const auto day, parse_day(*to));
    q.to = start_of(day + 1);
  }
  const auto reader = log.open_reader();
  YI_TRY(auto entries, search_audit(*reader, log.centre(), viewer_of(caller), q));
  AuditReply reply;
  for (auto& e : entries)
    reply.entries.push_back({{e.number}, e.at, e.engine_at, e.account, e.outcome, e.act, e.object, {e.subject}, e.code, e.reason, e.address, e.repeats});
  if (static_cast<int>(entries.size()) == q.limit) reply.next = Number{entries.back().number};
  return reply;
}

void add_history_door(http::Router& router, engine::Engine& engine) {
  auto d = reading("/api/identity/accounts/{account}/history", "identity.read_account_history", "一个工作人员账号的经过：开户、授权、停用、恢复", right_of(Question::read_accounts), json::schema<HistoryReply>());
  d.parameters = {{"account", "账号", kNameSchema, true, true}, engine::after_parameter()};
  for (const char* code : {"engine.bad_position", "engine.reports_behind"}) d.refusal_codes.emplace_back(code);
  d.handle = [&engine](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (const auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    auto found = account_history(*reader, engine.centre(), viewer_of(caller), request.path_parameters.at("account"), static_cast<int>(limits::kPageRows.value));
    if (!found) return reply(http::problem(found.error()));
    HistoryReply r;
    for (const auto& h : *found) r.entries.push_back({{h.seq}, h.what, h.at, h.by, roles_in(h.roles), h.detail});
    reply(json_reply(r));
  };
  router.add(std::move(d));
}

void add_chain_door(http::Router& router, const DoorParts& parts) {
  auto d = reading("/api/identity/audit/chain", "identity.verify_audit", "访问审计的校验链是否完整", right_of(Question::read_audit), json::schema<ChainReply>());
  d.audit_class = "personal";  // that the log was checked, and by whom, stands in the log
  d.handle = [&g = parts.gatekeeper](const http::Request&, const http::Caller& caller, http::Responder reply) {
    if (auto allowed = viewer_of(caller).require(Question::read_audit); !allowed) return reply(http::problem(allowed.error()));
    const auto reader = g.audit().open_reader();
    auto v = verify_audit(*reader, g.audit().centre());
    reply(json_reply(ChainReply{{v.entries}, std::move(v.head), std::move(v.broken)}));
  };
  router.add(std::move(d));
}

}  // namespace

void add_list_doors(http::Router& router, const DoorParts& parts) {
  auto& engine = parts.engine;
  auto accounts = reading("/api/identity/accounts", "identity.list_accounts", "账号列表", right_of(Question::read_accounts), json::schema<AccountList>());
  accounts.parameters = {{"kind", "staff 工作人员（默认），applicant 申请人", R"({"type":"string","enum":["staff","applicant"]})", false, false},
                         {"after", "上一页的 next", kNameSchema, false, false},
                         {"limit", "行数，最多 200", kLimitSchema, false, false}};
  accounts.handle = [&engine](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    AccountKind kind = AccountKind::staff;
    if (const auto k = text_of(request, "kind")) json::enum_from(*k, kind);
    const int limit = static_cast<int>(std::min(number_or(request, "limit", 50), limits::kPageRows.value));
    auto reader = engine.reader();
    auto found = list_accounts(*reader, engine.centre(), viewer_of(caller), kind, text_of(request, "after").value_or(""), limit);
    if (!found) return reply(http::problem(found.error()));
    AccountList list;
    for (const auto& a : *found) list.accounts.push_back(entry_of(a));
    if (static_cast<int>(found->size()) == limit) list.next = found->back().account;
    reply(json_reply(list));
  };
  router.add(std::move(accounts));

  add_history_door(router, engine);
  add_chain_door(router, parts);

  auto rights = reading("/api/identity/rights", "identity.list_rights", "岗位、权限和办理动作对照", right_of(Question::read_accounts), json::schema<RightsReply>());
  rights.handle = [parts, &router](const http::Request&, const http::Caller&, http::Responder reply) {
    const auto& table = parts.gatekeeper.roles();
    RightsReply r;
    for (const auto& row : table.rows()) r.roles.push_back({row.role, row.name, row.includes});
    r.rights = rights_table(router, table);
    reply(json_reply(r));
  };
  router.add(std::move(rights));

  auto audit = reading("/api/identity/audit", "identity.read_audit", "访问审计：谁在何时看过或被拒绝", right_of(Question::read_audit), json::schema<AuditReply>());
  audit.audit_class = "personal";
  audit.parameters = {{"account", "账号", kNameSchema, false, false},
                      {"object", "办件编号等：接口路径所指", kNameSchema, false, false},
                      {"from", "起始日（含）", R"({"type":"string","format":"date"})", false, false},
                      {"to", "截止日（含）", R"({"type":"string","format":"date"})", false, false},
                      {"before", "上一页的 next", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false},
                      {"limit", "行数，最多 200", kLimitSchema, false, false}};
  audit.refusal_codes.emplace_back("base.bad_date");
  audit.handle = [&g = parts.gatekeeper](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    auto page = audit_page(g.audit(), request, caller);
    reply(page ? json_reply(*page) : http::problem(page.error()));
  };
  router.add(std::move(audit));
}

}  // namespace yi::identity
