#include "identity/demonstration.h"

#include <algorithm>

namespace yi::identity {
namespace {

constexpr const char* kPath = "/api/identity/demonstration";
constexpr const char* kBy = "demonstration";  // in the access audit: how the session was opened

struct OfferedAccount {
  std::string account, name;
  AccountKind kind = AccountKind::staff;
  bool body = false;
  std::vector<Role> roles;  // as granted
  std::string place;
};
BOOST_DESCRIBE_STRUCT(OfferedAccount, (), (account, name, kind, body, roles, place))
struct OfferReply {
  std::vector<OfferedAccount> people;
};
BOOST_DESCRIBE_STRUCT(OfferReply, (), (people))
struct EnterDemonstration {
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(EnterDemonstration, (), (account))
struct EnteredReply {
  std::string account, csrf_token;
};
BOOST_DESCRIBE_STRUCT(EnteredReply, (), (account, csrf_token))

using People = std::shared_ptr<const std::vector<DemonstrationAccount>>;

std::shared_ptr<const Account> find_offered(Gatekeeper& g, const DemonstrationAccount& person) {
  const auto a = g.book().find(person.account);
  return a && !a->state.suspended && !g.sign_in().has_password(person.account) ? a : nullptr;
}

OfferReply offer(Gatekeeper& g, const std::vector<DemonstrationAccount>& people) {
  OfferReply reply;
  for (const auto& person : people) {
    const auto a = find_offered(g, person);
    if (!a) continue;
    OfferedAccount o{person.account, person.name, a->state.kind, person.body, {}, person.place};
    for (int i = 0; i < kRoles; ++i)
      if (a->state.kind == AccountKind::staff && a->state.roles.has(static_cast<Role>(i))) o.roles.push_back(static_cast<Role>(i));
    reply.people.push_back(std::move(o));
  }
  return reply;
}

Result<http::Response> enter(const DoorParts& parts, const std::vector<DemonstrationAccount>& people, const http::Request& request) {
  auto& g = parts.gatekeeper;
  YI_TRY(const auto wish, json::read<EnterDemonstration>(request.body));
  const std::string account = wish.account;
  const auto person = std::find_if(people.begin(), people.end(), [&](const auto& p) { return p.account == account; });
  if (person == people.end() || !find_offered(g, *person))
    return Refusal{"identity.no_demonstration_account", "这不是演示账号。", "请从演示账号中选一个；其他账号请用密码登录。", 404, "/account"};
  YI_TRY(const auto token, g.sign_in().sign_in_as(account, g.address_of(request), kBy));
  g.leave(request);
  http::Response r;
  r.body = json::write(EnteredReply{account, csrf_token_of(token)});
  r.headers.push_back(session_header(parts, request, token));
  return r;
}

}  // namespace

void add_demonstration_doors(http::Router& router, const DoorParts& parts, std::vector<DemonstrationAccount> offered) {
  const People people = std::make_shared<const std::vector<DemonstrationAccount>>(std::move(offered));
  http::Door list;
  list.pattern = kPath;
  list.name = "identity.demonstration";
  list.summary = "演示账号（只在演示环境中有）";
  list.right = kPublic;
  list.audit_class = "none";
  list.replies = {{200, "演示账号，按一件事办下来的先后", "application/json", json::schema<OfferReply>()}};
  list.handle = [parts, people](const http::Request&, const http::Caller&, http::Responder reply) {
    http::Response r;
    r.body = json::write(offer(parts.gatekeeper, *people));
    reply(std::move(r));
  };
  router.add(std::move(list));

  http::Door open;
  open.method = http::Method::post;
  open.pattern = kPath;
  open.name = "identity.enter_demonstration";
  open.summary = "以演示账号登录（只在演示环境中有）";
  open.right = kPublic;
  open.audit_class = "command";
  open.request_schema = json::schema<EnterDemonstration>();
  open.replies = {{200, "已登录", "application/json", json::schema<EnteredReply>()}};
  open.refusal_codes = {"identity.no_demonstration_account", "identity.audit_unavailable"};
  open.runs_on = http::RunsOn::worker;  // waits for the audit's entry
  open.body_limit = 1024;
  open.handle = [parts, people](const http::Request& request, const http::Caller&, http::Responder reply) {
    auto r = enter(parts, *people, request);
    reply(r ? std::move(*r) : http::problem(r.error()));
  };
  router.add(std::move(open));
}

}  // namespace yi::identity
