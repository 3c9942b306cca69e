// The way to the identity provider and back: /login/external sends the browser there with a state, /login/external/return takes what it
// brings and signs the applicant in.
#include <fmt/format.h>

#include <algorithm>

#include "base/identifiers.h"
#include "base/text.h"
#include "crypto/encoding.h"
#include "crypto/random.h"
#include "identity/commands.h"
#include "identity/cookie.h"
#include "identity/doors.h"
#include "identity/links.h"
#include "identity/page.h"

namespace yi::identity {
namespace {

constexpr std::int64_t kThereAndBackSeconds = 10 * 60;  // as long as the connector remembers the state
constexpr const char* kAct = "identity.external_return";
constexpr std::size_t kMostTarget = 300;

Refusal no_provider() {
  return {"identity.no_provider", "本中心没有接入统一身份认证。", "请在 /login 用本系统的账号登录。", 404, ""};
}
Refusal foreign_target() {
  return {"identity.foreign_target", "登录后要去的地址不是本站的页面。", "请从本站的登录页重新进入。", 422, "to"};
}
Refusal suspended() {
  return {"identity.account_suspended", "您的账号已停用。", "没有登录。请携带证件到窗口询问原因。", 403, ""};
}

// A path of this site. A browser reads "//host" and "/\host" as another's address.
bool is_own_path(std::string_view path) {
  if (path.empty() || path.size() > kMostTarget || path[0] != '/' || path.starts_with("//")) return false;
  return std::all_of(path.begin(), path.end(), [](char c) { return c > 0x20 && c < 0x7f && std::string_view("\\\"'<>").find(c) == std::string_view::npos; });
}

// Answers on a thread of the desk, which may wait for the provider.
template <class F>
void at_desk(const DoorParts& parts, const http::Request& request, http::Responder reply, F answer) {
  auto held = std::make_shared<http::Responder>(std::move(reply));
  const auto taken = parts.external->take([request, held, answer] { (*held)(answer(request)); });
  if (!taken) (*held)(login_page(parts, parts.head(), {}, taken.error()));
}

// The browser's cookie: state, and where it wanted to go.
struct Kept {
  std::string state, target = "/";
};
std::string written(const Kept& k) { return k.state + "." + crypto::base64url(k.target); }
Kept read_kept(std::string_view cookie) {
  const auto dot = cookie.find('.');
  if (dot == cookie.npos) return {};
  Kept k{std::string(cookie.substr(0, dot))};
  const auto target = crypto::from_base64url(cookie.substr(dot + 1));
  if (target && is_own_path(*target)) k.target = *target;  // a cookie is the browser's, who knows what wrote it
  return k;
}

// Letters alone: no number can hide in it, and nobody guesses the next one.
std::string new_account_name() {
  std::string name = "ext-";
  for (const char c : crypto::random_bytes(16)) name += static_cast<char>('a' + static_cast<unsigned char>(c) % 26);
  return name;
}

const engine::Actor kProvider{"provider", "provider", {}, {}, 0};

// A number whose check digit is wrong proves nothing: whoever brings it signs in, bound to nobody.
std::optional<Text<64>> usable_number(const DoorParts& parts, const ExternalPerson& p) {
  if (!p.number || !check_citizen(*p.number, civil_day(parts.engine.clock().now()))) return std::nullopt;
  return Text<64>(*p.number);
}

// The person's account into `account`: found, or opened; bound, where the provider has verified who they are. Also what is refused may
// have an account, for the audit.
Checked find_account(const DoorParts& parts, const ExternalPerson& person, std::string& account) {
  auto& engine = parts.engine;
  const auto known = [&] { return linked_account(*engine.reader(), engine.keys(), engine.centre(), person.issuer, person.subject); };
  const auto number = usable_number(parts, person);
  account = known();
  if (!account.empty()) {
    const auto a = parts.gatekeeper.book().find(account);
    if (!a || a->state.kind != AccountKind::applicant) return refuse(Reason::not_applicant);
    if (a->state.suspended) return suspended();
    if (!number) return Done{};
  }
  const auto given = engine.run("identity.enter_external", json::write(EnterExternal{new_account_name(), Text<500>(person.issuer), Text<255>(person.subject), number}), kProvider);
  // Nothing new: bound to the same person already, or another of their browsers came first.
  if (!given && given.error().code != "identity.nothing_new") return given.error();
  account = known();
  return Done{};
}

Result<std::string> enter(const DoorParts& parts, const http::Request& request, const ExternalIdentity::Arrival& arrival, std::string& account) {
  YI_TRY(const auto person, parts.external->provider().finish(arrival));
  YI_CHECK(find_account(parts, person, account));
  const auto a = parts.gatekeeper.book().find(account);
  if (!a || a->state.suspended) return suspended();
  return parts.gatekeeper.sign_in().sign_in_as(account, parts.gatekeeper.address_of(request), "external");
}

http::Response nothing() {  // to a HEAD: a program that looks at a link before a person follows it
  http::Response r;
  r.content_type = "text/plain; charset=utf-8";
  return r;
}

http::Response depart(const DoorParts& parts, const http::Request& request) {
  const auto departure = parts.external->provider().begin();
  if (!departure) return login_page(parts, parts.head(), {}, departure.error());
  const auto to = request.query.find("to");
  const Kept kept{departure->state, to == request.query.end() ? "/" : to->second};
  http::Response r;
  r.status = 303;
  r.content_type = "text/plain; charset=utf-8";
  r.headers = {{"location", departure->url}, {"cache-control", "no-store"},
               {"set-cookie", set_external_cookie(request, parts.gatekeeper.options().behind_tls, written(kept), kThereAndBackSeconds)}};
  return r;
}

http::Door external_door(const char* pattern, const char* name, const char* summary) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = kPublic;
  d.audit_class = "command";
  d.leads = true;  // whoever comes back for the first time gets an account, and what was begun is remembered where it began
  d.refusal_codes = {"identity.no_provider", "identity.provider_unusable", "identity.provider_busy", "http.client_unreachable", "http.client_bad_reply", "http.client_address"};
  return d;
}

void add_begin(http::Router& router, const DoorParts& parts) {
  auto d = external_door("/login/external", "identity.external_begin", "到统一身份认证平台登录");
  d.parameters = {{"to", "登录后要看的本站页面，例如 /cases", R"({"type":"string","maxLength":300})", false, false}};
  d.replies = {{303, "转到统一身份认证平台", "text/plain", ""}, {200, "HEAD：什么也不做", "text/plain", ""}};
  d.refusal_codes.emplace_back("identity.foreign_target");
  d.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) {
    if (!parts.external) return reply(http::problem_page(no_provider()));
    if (request.head_only) return reply(nothing());
    const auto to = request.query.find("to");
    if (to != request.query.end() && !is_own_path(to->second)) return reply(login_page(parts, parts.head(), {}, foreign_target()));
    at_desk(parts, request, std::move(reply), [parts](const http::Request& q) { return depart(parts, q); });
  };
  router.add(std::move(d));
}

// A page that goes on by itself instead of a redirect: a browser that came here from another site keeps the session's cookie (SameSite=
// Strict) to itself until a page of ours is the one that leads on.
http::Response arrived(const DoorParts& parts, const std::string& target) {
  auto r = page(parts.head(), "已登录", fmt::format("<main><h1>已登录</h1>\n<p><a href=\"{}\">继续</a></p></main>", escape_markup(target)));
  r.headers.emplace_back("refresh", "0; url=" + target);
  return r;
}

http::Response come_back(const DoorParts& parts, const http::Request& request) {
  auto& g = parts.gatekeeper;
  const auto of = [&](const char* name) {
    const auto it = request.query.find(name);
    return it == request.query.end() ? std::string() : it->second;
  };
  const bool tls = g.options().behind_tls;
  const auto kept = read_kept(external_cookie(request, tls));
  std::string account;
  const auto token = enter(parts, request, {of("code"), of("state"), kept.state, of("error"), of("iss")}, account);
  if (!token) g.audit().note({account, Outcome::sign_in_failed, kAct, account, 0, token.error().code, token.error().where, g.address_of(request)});
  auto r = token ? arrived(parts, kept.target) : login_page(parts, parts.head(), {}, token.error());
  if (token) g.leave(request);
  r.headers.emplace_back("set-cookie", set_external_cookie(request, tls, "", 0));
  r.headers.emplace_back("cache-control", "no-store");
  if (token) r.headers.push_back(session_header(parts, request, *token));
  return r;
}

void add_return(http::Router& router, const DoorParts& parts) {
  auto d = external_door(kExternalReturn, "identity.external_return", "从统一身份认证平台回来");
  const auto text = [](const char* name, const char* description, int most) {
    return http::Parameter{name, description, R"({"type":"string","maxLength":)" + std::to_string(most) + "}", false, false};
  };
  d.parameters = {text("code", "授权码", 2000), text("state", "发起登录时的标记", 64), text("error", "平台给出的错误", 100), text("error_description", "错误说明，不读取", 1000),
                  text("error_uri", "错误说明的网址，不读取", 1000), text("iss", "签发方（RFC 9207）", 500), text("session_state", "平台的会话标记，不读取", 500)};
  d.replies = {{200, "已登录，转到本站的页面；HEAD：什么也不做", "text/html", ""}};
  for (const char* code : {"identity.external_login_failed", "identity.account_suspended", "identity.other_person", "identity.not_applicant", "identity.bad_account", "identity.account_exists",
                           "identity.suspended_already", "identity.bound_already", "identity.audit_unavailable", "identity.login_failed", "engine.busy", "engine.not_leading", "engine.storage_unavailable"})
    d.refusal_codes.emplace_back(code);
  d.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) {
    if (!parts.external) return reply(http::problem_page(no_provider()));
    if (request.head_only) return reply(nothing());
    at_desk(parts, request, std::move(reply), [parts](const http::Request& q) { return come_back(parts, q); });
  };
  router.add(std::move(d));
}

}  // namespace

void add_external_doors(http::Router& router, const DoorParts& parts) {
  add_begin(router, parts);
  add_return(router, parts);
}

}  // namespace yi::identity
