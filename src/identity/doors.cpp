#include "identity/doors.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "crypto/random.h"
#include "identity/cookie.h"
#include "identity/rights_view.h"

namespace yi::identity {
namespace {

struct LoginRequest {
  Text<64> account;
  Text<128> password;
  std::optional<Text<8>> code;
};
BOOST_DESCRIBE_STRUCT(LoginRequest, (), (account, password, code))
struct SignedInReply {
  std::string account, csrf_token;
};
BOOST_DESCRIBE_STRUCT(SignedInReply, (), (account, csrf_token))

struct HeldRight {
  std::string right;
  Reach reach = Reach::none;
};
BOOST_DESCRIBE_STRUCT(HeldRight, (), (right, reach))
struct MeReply {
  std::string account, name, kind;
  DepartmentCode department;
  std::vector<std::string> windows;
  std::vector<Role> roles;  // with those that they include
  std::vector<HeldRight> rights;
  bool real_name = false;  // of an applicant: bound to a person or body, and may file online
  std::string csrf_token;  // "" without a cookie's session
};
BOOST_DESCRIBE_STRUCT(MeReply, (), (account, name, kind, department, windows, roles, rights, real_name, csrf_token))

struct ChangePassword {
  Text<128> old_password, new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (old_password, new_password))
struct MySignIn {
  bool password = false;  // none: of a demonstration, of an external identity, the operator's token
  bool totp = false;      // a code is asked for at log-in
};
BOOST_DESCRIBE_STRUCT(MySignIn, (), (password, totp))
struct EnrolTotp {
  Text<128> password;
  std::optional<Text<8>> code;  // of the second factor in use, where there is one
};
BOOST_DESCRIBE_STRUCT(EnrolTotp, (), (password, code))
struct EnrolReply {
  std::string otpauth;  // for a QR code; a secret, shown once
};
BOOST_DESCRIBE_STRUCT(EnrolReply, (), (otpauth))
struct ConfirmTotp {
  Text<8> code;
};
BOOST_DESCRIBE_STRUCT(ConfirmTotp, (), (code))
struct Register {
  AccountName account;
  Text<128> password;
};
BOOST_DESCRIBE_STRUCT(Register, (), (account, password))
struct Invite {
  AccountName account;
};
BOOST_DESCRIBE_STRUCT(Invite, (), (account))
struct LinkReply {
  std::string link;
  std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(LinkReply, (), (link, minutes))
struct DoneReply {
  bool done = true;
};
BOOST_DESCRIBE_STRUCT(DoneReply, (), (done))

using Answer = Result<http::Response>;

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  return r;
}

// A worker door that reads a body of type C.
template <class C, class Reply, class F>
http::Door posting(std::string name, std::string summary, std::string right, F answer) {
  http::Door d;
  d.method = http::Method::post;
  d.name = "identity." + name;
  d.pattern = "/api/identity/" + name;
  d.summary = std::move(summary);
  d.right = std::move(right);
  d.audit_class = "command";
  d.request_schema = json::schema<C>();
  d.replies = {{200, d.summary, "application/json", json::schema<Reply>()}};
  d.runs_on = http::RunsOn::stranger;  // nearly all of them hash a password
  d.body_limit = 4096;
  d.handle = [answer](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    auto body = json::read<C>(request.body);
    if (!body) return reply(http::problem(body.error()));
    Answer r = answer(request, caller, *body);
    reply(r ? std::move(*r) : http::problem(r.error()));
  };
  return d;
}

http::Response signed_in(const DoorParts& parts, const http::Request& request, const std::string& account, const std::string& token) {
  auto r = json_reply(SignedInReply{account, csrf_token_of(token)});
  r.headers.push_back(session_header(parts, request, token));
  return r;
}

Checked note(const DoorParts& parts, const char* command, const std::string& account) {
  YI_CHECK(parts.engine.run(command, json::write(Invite{account}), {account, "staff"}));
  return Done{};
}

// Names that somebody is registering at this moment.
class NamesUnderWay {
 public:
  // Given back when it is destroyed; nothing where somebody else has the name.
  std::shared_ptr<void> take(const std::string& name) {
    std::lock_guard lock(m_);
    if (!names_.insert(name).second) return nullptr;
    return {this, [this, name](void*) {
              std::lock_guard again(m_);
              names_.erase(name);
            }};
  }

 private:
  std::mutex m_;
  std::set<std::string> names_;
};

// A session that begins anew: the one before, if any, ends.
void end_session(const DoorParts& parts, const http::Request& request) { parts.gatekeeper.leave(request); }

MeReply me(const DoorParts& parts, const http::Router& router, const http::Request& request, const http::Caller& caller) {
  MeReply m{caller.account, caller.name, caller.role, {caller.department}, caller.windows, {}, {}, caller.subject > 0, {}};
  const RoleSet roles(caller.roles);
  for (int i = 0; i < kRoles; ++i)
    if (roles.has(static_cast<Role>(i)) && caller.role != "operator") m.roles.push_back(static_cast<Role>(i));
  for (const auto& row : rights_table(router, parts.gatekeeper.roles())) {
    Reach most = caller.role == "operator" ? Reach::centre : Reach::none;
    for (const auto& h : row.holders)
      if (roles.has(h.role)) most = std::max(most, h.reach);
    if (most != Reach::none) m.rights.push_back({row.right, most});
  }
  if (request.authorization.empty()) m.csrf_token = csrf_token_of(parts.gatekeeper.session_token(request));
  return m;
}

void add_session_doors(http::Router& router, const DoorParts& parts) {
  auto& g = parts.gatekeeper;
  auto login = posting<LoginRequest, SignedInReply>("login", "登录", kPublic, [parts, &g](const http::Request& request, const http::Caller&, LoginRequest& c) -> Answer {
    Credentials who{c.account, crypto::Secret(std::move(static_cast<std::string&>(c.password))), c.code.value_or(""), g.address_of(request)};
    YI_TRY(const auto token, g.sign_in().sign_in(who));
    end_session(parts, request);
    return signed_in(parts, request, who.account, token);
  });
  login.refusal_codes = {"identity.login_failed", "identity.code_required", "identity.address_locked", "identity.too_many_tries", "identity.audit_unavailable"};
  router.add(std::move(login));

  http::Door logout;
  logout.method = http::Method::post;
  logout.pattern = "/api/identity/logout";
  logout.name = "identity.logout";
  logout.summary = "退出登录";
  logout.right = kPublic;
  logout.audit_class = "command";
  logout.replies = {{200, "已退出", "application/json", json::schema<DoneReply>()}};
  logout.handle = [parts, &g](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (!caller.account.empty()) g.audit().note({caller.account, Outcome::signed_out, "identity.logout", "", 0, "", "", g.address_of(request)});
    end_session(parts, request);
    auto r = json_reply(DoneReply{});
    r.headers.emplace_back("set-cookie", set_cookie(request, g.options().behind_tls, "", 0));
    reply(std::move(r));
  };
  router.add(std::move(logout));

  http::Door who;
  who.pattern = "/api/identity/me";
  who.name = "identity.me";
  who.summary = "我是谁，有哪些权限";
  who.right = kSignedIn;
  who.audit_class = "none";
  who.replies = {{200, "账号、岗位、权限和校验码", "application/json", json::schema<MeReply>()}};
  who.refusal_codes = {"identity.not_signed_in"};
  who.handle = [parts, &router](const http::Request& request, const http::Caller& caller, http::Responder reply) { reply(json_reply(me(parts, router, request, caller))); };
  router.add(std::move(who));
}

void add_own_doors(http::Router& router, const DoorParts& parts) {
  auto& g = parts.gatekeeper;
  auto password = posting<ChangePassword, SignedInReply>("password", "修改自己的密码", kSignedIn, [parts, &g](const http::Request& request, const http::Caller& caller, ChangePassword& c) -> Answer {
    const crypto::Secret old(std::move(static_cast<std::string&>(c.old_password))), fresh(std::move(static_cast<std::string&>(c.new_password)));
    YI_CHECK(g.sign_in().change_password(caller.account, old, fresh, g.address_of(request)));
    YI_CHECK(note(parts, "identity.note_password", caller.account));
    YI_TRY(const auto token, g.sign_in().sign_in_as(caller.account, g.address_of(request), "new password"));
    return signed_in(parts, request, caller.account, token);
  });
  password.refusal_codes = {"identity.weak_password", "identity.login_failed", "identity.address_locked", "identity.too_many_tries", "identity.not_signed_in", "identity.csrf", "identity.audit_unavailable"};
  router.add(std::move(password));

  http::Door own;
  own.pattern = "/api/identity/my_sign_in";
  own.name = "identity.my_sign_in";
  own.summary = "本人怎样登录：有没有密码，有没有启用动态口令";
  own.right = kSignedIn;
  own.audit_class = "none";
  own.replies = {{200, "有没有密码、动态口令，不含它们本身", "application/json", json::schema<MySignIn>()}};
  own.refusal_codes = {"identity.not_signed_in"};
  own.runs_on = http::RunsOn::worker;
  own.handle = [&g](const http::Request&, const http::Caller& caller, http::Responder reply) {
    reply(json_reply(MySignIn{g.sign_in().has_password(caller.account), g.sign_in().has_totp(caller.account)}));
  };
  router.add(std::move(own));

  auto enrol = posting<EnrolTotp, EnrolReply>("enrol_totp", "设置动态口令", kSignedIn, [parts, &g](const http::Request& request, const http::Caller& caller, EnrolTotp& c) -> Answer {
    const Credentials who{caller.account, crypto::Secret(std::move(static_cast<std::string&>(c.password))), c.code.value_or(""), g.address_of(request)};
    YI_TRY(const auto link, g.sign_in().enrol_totp(who, parts.hall()));
    return json_reply(EnrolReply{std::string(link.reveal())});
  });
  enrol.refusal_codes = {"identity.login_failed", "identity.wrong_code", "identity.address_locked", "identity.too_many_tries", "identity.not_signed_in", "identity.csrf"};
  router.add(std::move(enrol));

  auto confirm = posting<ConfirmTotp, SignedInReply>("confirm_totp", "启用动态口令，本人其他的登录结束", kSignedIn, [parts, &g](const http::Request& request, const http::Caller& caller, ConfirmTotp& c) -> Answer {
    YI_CHECK(g.sign_in().confirm_totp(caller.account, c.code));
    YI_CHECK(note(parts, "identity.note_totp", caller.account));
    YI_TRY(const auto token, g.sign_in().sign_in_as(caller.account, g.address_of(request), "new second factor"));
    return signed_in(parts, request, caller.account, token);
  });
  confirm.refusal_codes = {"identity.wrong_code", "identity.enrolment_over", "identity.not_signed_in", "identity.csrf", "identity.audit_unavailable"};
  router.add(std::move(confirm));

  auto registering = posting<Register, SignedInReply>("register", "申请人注册", kPublic, [parts, &g, under_way = std::make_shared<NamesUnderWay>()](const http::Request& request, const http::Caller&, Register& c) -> Answer {
    const crypto::Secret fresh(std::move(static_cast<std::string&>(c.password)));
    YI_CHECK(check_strength(c.account, fresh.reveal()));
    YI_CHECK(g.sign_in().admit_registration(g.address_of(request)));
    // One at a time for a name: a second must not slip in between its account and its password.
    const auto mine = under_way->take(c.account);
    if (!mine) return refuse(Reason::account_exists);
    auto opened = parts.engine.run("identity.open_applicant", json::write(Invite{c.account}), {c.account, "applicant"});
    // Where a power cut came between account and password, whoever registers the name again has it: nothing belongs to it yet.
    const auto there = g.book().find(c.account);
    const bool unfinished = !opened && there && there->state.kind == AccountKind::applicant && !there->state.identity && !there->state.subject &&
                            !g.sign_in().has_password(c.account);
    if (!opened && !unfinished) return opened.error();
    YI_CHECK(g.sign_in().set_password(c.account, fresh, g.address_of(request)));
    YI_TRY(const auto token, g.sign_in().sign_in_as(c.account, g.address_of(request), "registration"));
    end_session(parts, request);
    return signed_in(parts, request, c.account, token);
  });
  registering.refusal_codes = {"identity.bad_account", "identity.account_exists", "identity.weak_password", "identity.too_many_registrations", "identity.audit_unavailable"};
  router.add(std::move(registering));
}

void add_link_doors(http::Router& router, const DoorParts& parts) {
  const auto door = [&](const char* name, const char* summary, bool reset) {
    auto d = posting<Invite, LinkReply>(name, summary, std::string("identity.") + name, [parts, reset](const http::Request& request, const http::Caller& caller, Invite& c) -> Answer {
      YI_TRY(const auto link, make_password_link(parts, request, caller.account, c.account, reset));
      return json_reply(LinkReply{link, limits::kLinkMinutes.value});
    });
    d.refusal_codes = {"identity.unknown_account", "identity.not_staff",      "identity.suspended_already", "identity.own_account",     "identity.has_password",
                       "identity.no_password",     "identity.post_protected", "identity.too_many_links",    "identity.audit_unavailable"};
    router.add(std::move(d));
  };
  door("invite", "为新账号生成设置密码的一次性链接", false);
  door("reset_password", "为忘记密码的账号生成一次性链接", true);
}

void add_operator_doors(http::Router& router, const DoorParts& parts) {
  auto& g = parts.gatekeeper;
  http::Door enter;
  enter.pattern = "/operator/enter";
  enter.name = "identity.enter";
  enter.summary = "用一次性链接登录";
  enter.right = kPublic;
  enter.audit_class = "command";
  enter.parameters = {{"code", "启动时打印的一次性编码", R"({"type":"string","minLength":64,"maxLength":64})", false, true}};
  enter.replies = {{303, "已登录，转到工作台", "text/plain", ""}, {200, "HEAD：不登录，编码仍可使用", "text/plain", ""}};
  enter.refusal_codes = {"identity.code_used"};
  enter.handle = [&g](const http::Request& request, const http::Caller&, http::Responder reply) {
    if (request.head_only) {  // a program that looks at a link before a person follows it
      http::Response r;
      r.content_type = "text/plain; charset=utf-8";
      return reply(std::move(r));
    }
    const auto session = g.enter(request.query.at("code"));
    if (!session)
      return reply(http::problem({"identity.code_used", "这个登录链接已经用过或已过期。",
                                  "请重新启动程序取得新的链接，或使用数据目录中的 operator.token。", 403, ""}));
    http::Response r;
    r.status = 303;
    r.content_type = "text/plain; charset=utf-8";
    r.headers = {{"location", "/desk/"}, {"set-cookie", set_cookie(request, g.options().behind_tls, *session, limits::kSessionHours.value * 3600)}};
    reply(std::move(r));
  };
  router.add(std::move(enter));

  http::Door leave;
  leave.method = http::Method::post;
  leave.pattern = "/operator/leave";
  leave.name = "identity.leave";
  leave.summary = "退出登录";
  leave.right = kPublic;  // whoever makes a person leave has won nothing; SameSite and Origin hold strangers off
  leave.audit_class = "command";
  leave.replies = {{303, "已退出，转到首页", "text/plain", ""}};
  leave.handle = [&g](const http::Request& request, const http::Caller&, http::Responder reply) {
    g.leave(request);
    http::Response r;
    r.status = 303;
    r.content_type = "text/plain; charset=utf-8";
    r.headers = {{"location", "/"}, {"set-cookie", set_cookie(request, g.options().behind_tls, "", 0)}};
    reply(std::move(r));
  };
  router.add(std::move(leave));
}

}  // namespace

std::string link_of(const DoorParts& parts, const http::Request& request, std::string_view path, std::string_view code) {
  return std::string(parts.gatekeeper.options().behind_tls ? "https://" : "http://") + request.host + std::string(path) + "?code=" + std::string(code);
}

std::pair<std::string, std::string> session_header(const DoorParts& parts, const http::Request& request, std::string_view token) {
  return {"set-cookie", set_cookie(request, parts.gatekeeper.options().behind_tls, token, limits::kSessionHours.value * 3600)};
}

Result<std::string> make_password_link(const DoorParts& parts, const http::Request& request, const std::string& by, const std::string& account, bool reset) {
  auto& g = parts.gatekeeper;
  const auto a = g.book().find(account);
  if (!a) return refuse(Reason::unknown_account);
  if (a->state.kind != AccountKind::staff) return refuse(Reason::not_staff);
  if (a->state.suspended) return refuse(Reason::suspended_already);
  if (by == account) return refuse(Reason::own_account);
  const bool has = g.sign_in().has_password(account);
  if (has && !reset) return Refusal{"identity.has_password", "这个账号已经设置了密码。", "忘记密码的，请由安全保密管理员重置。", 409, "/account"};
  if (!has && reset) return Refusal{"identity.no_password", "这个账号还没有设置过密码。", "请由系统管理员生成首次登录的链接。", 409, "/account"};
  // Whoever can make a link can use it: one of the three posts must not get into another's account that way.
  if (reset && a->state.roles.meets(kThreePosts))
    return Refusal{"identity.post_protected", "三员的密码不能由另一员重置。", "请由本人用密码登录后修改；确已遗失的，由安全保密管理员另行授权一个账号担任。", 403, "/account"};
  YI_CHECK(g.audit().record_and_wait({by, Outcome::link_made, reset ? "identity.reset_password" : "identity.invite", account, 0, "", "", g.address_of(request)}));
  YI_TRY(const auto code, g.links().make(LinkPurpose::set_password, account, limits::kLinkMinutes.value));
  return link_of(parts, request, "/set-password", code);
}

void add_doors(http::Router& router, const DoorParts& parts) {
  add_session_doors(router, parts);
  add_own_doors(router, parts);
  add_link_doors(router, parts);
  add_operator_doors(router, parts);
  add_list_doors(router, parts);
}

}  // namespace yi::identity
