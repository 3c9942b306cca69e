#include "identity/gatekeeper.h"

#include <spdlog/spdlog.h>

#include "base/text.h"
#include "crypto/random.h"
#include "identity/cookie.h"
#include "identity/rights_view.h"
#include "identity/token_file.h"

namespace yi::identity {
namespace {

constexpr std::int64_t kOperatorLinkMinutes = 10;  // a link is for the person who has just started the program
// Its own session's "account": no account can have this name.
constexpr const char* kOperatorSession = "*operator";

Refusal not_signed_in() {
  return {"identity.not_signed_in", "这部分内容需要登录后使用。", "请在 /login 登录；演示时可用启动时打印的一次性链接；程序调用请带上 Authorization: Bearer 令牌。", 401, ""};
}

Refusal unavailable() {
  return {"identity.unavailable", "数据库暂时没有回应，无法核对登录状态。", "请稍后再试；如持续出现，请联系系统管理员。", 503, ""};
}

// Which case, record or account the path names. Never the query: what people search for is personal.
std::string object_of(const http::Request& request) {
  std::string out;
  for (const auto& [name, value] : request.path_parameters) out += (out.empty() ? "" : " ") + value;
  return excerpt(out, 100);
}

http::Caller operator_caller() {
  http::Caller c{"operator", "operator"};
  c.roles = ~0u;
  c.grants = kEveryGrant;
  return c;
}

// Carries a door's answer, past the audit where it must pass.
class AuditedAnswer : public http::Responder::Target {
 public:
  AuditedAnswer(http::Responder reply, AuditLog& log, AuditEntry entry, bool personal, bool applicant)
      : reply_(std::move(reply)), log_(log), entry_(std::move(entry)), personal_(personal), applicant_(applicant) {}
  void answer(http::Response r) override {
    // To an applicant, somebody else's is as if it were not there (404): whoever tries numbers leaves a trace all the same. A door
    // that has written it down itself, with whose it was, takes the code out of its answer.
    if (r.status == 401 || r.status == 403 || (r.status == 404 && applicant_ && !r.refusal.empty())) {
      if (r.status == 404) entry_.subject = 0;  // whose it is, this place does not know
      entry_.outcome = Outcome::refused;
      entry_.code = r.refusal.empty() ? "http." + std::to_string(r.status) : r.refusal;
      log_.note(std::move(entry_));
    } else if (personal_ && r.status < 400) {
      struct Held {
        http::Responder reply;
        http::Response response;
      };
      auto held = std::make_shared<Held>(Held{std::move(reply_), std::move(r)});
      return log_.record(std::move(entry_), [held](bool written) {
        if (written) return held->reply(std::move(held->response));
        held->reply(http::problem({"identity.audit_unavailable", limits::kAuditQueue.message, "如持续出现，请联系管理员检查磁盘空间。", 503, ""}));
      });
    }
    reply_(std::move(r));
  }
  void dropped() override { const http::Responder unanswered(std::move(reply_)); }

 private:
  http::Responder reply_;
  AuditLog& log_;
  AuditEntry entry_;
  bool personal_, applicant_;
};

}  // namespace

Gatekeeper::Gatekeeper(GatekeeperOptions options, std::string token, std::shared_ptr<AccountBook> book, std::shared_ptr<const RoleTable> roles)
    : options_(std::move(options)), token_(std::move(token)), book_(std::move(book)), roles_(std::move(roles)) {}

Result<std::unique_ptr<Gatekeeper>> Gatekeeper::open(GatekeeperOptions options, std::shared_ptr<AccountBook> book, std::shared_ptr<const RoleTable> roles, store::KeyVault& keys) {
  YI_TRY(auto token, open_or_make_token(options.place(), options.centre, keys));
  std::unique_ptr<Gatekeeper> g(new Gatekeeper(std::move(options), std::move(token), std::move(book), std::move(roles)));
  const auto& o = g->options_;
  YI_TRY(g->file_, open_secrets(o.place(), o.centre));
  YI_TRY(g->audit_, AuditLog::open(o.place(), o.centre, o.now, o.engine_now));
  g->sessions_ = std::make_unique<Sessions>(*g->file_, o.now);
  g->links_ = std::make_unique<Links>(*g->file_, o.now);
  g->lockout_ = std::make_unique<Lockout>(*g->file_, o.now);
  g->sign_in_ = std::make_unique<SignIn>(*g->book_, *g->file_, keys, *g->sessions_, *g->lockout_, *g->audit_, o.now);
  return g;
}

std::string_view Gatekeeper::session_token(const http::Request& request) const {
  return request.cookie.empty() ? std::string_view() : session_cookie(request, options_.behind_tls);
}

std::string Gatekeeper::address_of(const http::Request& request) const {
  if (!options_.behind_tls || request.forwarded_for.empty()) return request.address;
  // The last one was written by our own proxy; those before it by whoever liked.
  const auto parts = split(request.forwarded_for, ',');
  return excerpt(trim(parts.back()), 45);
}

http::Caller Gatekeeper::caller_of(const Account& a) const {
  const auto effective = roles_->closure(a.state.roles);
  http::Caller c{a.state.kind == AccountKind::staff ? "staff" : "applicant", a.account};
  c.name = a.state.name;
  c.subject = a.state.subject.value;
  c.department = a.state.department.value;
  for (const auto& w : a.state.windows) c.windows.push_back(w.value);
  c.roles = effective.bits;
  c.grants = roles_->grants(effective);
  return c;
}

std::optional<http::Caller> Gatekeeper::caller_of(std::string_view token, bool active) const {
  const auto session = active ? sessions_->use(token) : sessions_->look(token);
  if (!session) return std::nullopt;
  if (session->account == kOperatorSession) return operator_is_open() ? std::optional(operator_caller()) : std::nullopt;
  auto a = book_->find(session->account);
  // The session may be newer than what this node knows of its account.
  if (!a || a->state.version != session->version) a = book_->find_newest(session->account);
  // Other roles, or none any more: a new session is needed.
  if (!a || a->state.suspended || a->state.version != session->version) {
    sessions_->close(token);
    return std::nullopt;
  }
  return caller_of(*a);
}

Result<Gatekeeper::Found> Gatekeeper::find(const http::Request& request, bool active) const {
  Found found;
  if (!request.authorization.empty()) {
    if (crypto::equal_in_constant_time(request.authorization, token_)) {
      found.operator_closed = !operator_is_open();
      if (!found.operator_closed) found.caller = operator_caller();
      return found;
    }
    auto caller = caller_of(request.authorization, active);
    if (!caller) return Refusal{"identity.bad_token", "令牌不对，或者已经失效。", "请重新登录取得新的令牌；演示时可用数据目录中 operator.token 的内容。", 401, ""};
    found.caller = std::move(*caller);
    return found;
  }
  if (const auto token = session_token(request); !token.empty())
    if (auto caller = caller_of(token, active)) {
      found.caller = std::move(*caller);
      found.caller.at_page = true;
      found.by_cookie = true;
    }
  return found;
}

Checked Gatekeeper::judge(const Found& found, const http::Request& request, const http::Door& door) const {
  if (door.right == kPublic) return Done{};
  if (found.operator_closed)
    return Refusal{"identity.operator_closed", "中心已有系统管理员，操作员令牌不再开放业务。", "请用自己的账号登录。", 403, door.right};
  const auto& c = found.caller;
  if (c.role == kPublic) return not_signed_in();
  // A page of another site can make a browser post with our cookie, but cannot know the session's token. SameSite and Origin
  // hold it off already; this holds where a browser knows neither.
  if (request.method == http::Method::post && found.by_cookie && !door.plain_form &&
      !crypto::equal_in_constant_time(request.csrf_token, csrf_token_of(session_token(request))))
    return Refusal{"identity.csrf", "这个操作没有带上页面的校验码，已被拒绝。", "请刷新页面后重新操作；程序调用请在 X-CSRF-Token 中带上 /api/identity/me 给出的校验码。", 403, ""};
  if (c.role == "operator" || door.right == kSignedIn) return Done{};
  if (door_is_open_to(door, RoleSet(c.roles), *roles_)) return Done{};
  return not_allowed(door.right);
}

Result<http::Caller> Gatekeeper::admit(const http::Request& request, const http::Door& door) const {
  auto found = [&]() -> Result<Found> {
    try {
      return find(request);
    } catch (const store::Failure& f) {  // the database, not a person
      spdlog::error("identity: who asks cannot be looked up: {}", f.what());
      return unavailable();
    }
  }();
  const auto judged = found ? judge(*found, request, door) : Checked(found.error());
  if (judged) return std::move(found->caller);
  if (judged.error().status == 503) return judged.error();  // nobody was refused
  AuditEntry e;
  if (found) e.account = found->operator_closed ? "operator" : found->caller.account;
  e.outcome = Outcome::refused;
  e.act = door.name;
  e.object = object_of(request);
  e.code = judged.error().code;
  e.address = address_of(request);
  audit_->note(std::move(e));
  return judged.error();
}

bool Gatekeeper::still_admits(const http::Request& request, const http::Caller& caller) const try {
  const auto found = find(request, false);
  if (!found || found->operator_closed) return false;
  const auto& now = found->caller;
  return now.role == caller.role && now.account == caller.account && now.roles == caller.roles && now.grants == caller.grants &&
         now.department == caller.department && now.subject == caller.subject;
} catch (const store::Failure&) {
  return false;  // whoever is still there comes again
}

void Gatekeeper::guard(http::Door& door) const {
  if (door.audit_class == "none" || !door.handle) return;  // an upload has a sink; what it stores is a fact
  // What a command changes and answers with is a fact of the ledger, with its actor; a reader leaves no other trace than this.
  const bool personal = door.audit_class == "personal" && door.method == http::Method::get;
  door.handle = [this, handle = std::move(door.handle), name = door.name, personal](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    AuditEntry e;
    e.account = caller.account;
    e.act = name;
    e.object = object_of(request);
    e.subject = caller.role == "applicant" ? caller.subject : 0;
    e.address = address_of(request);
    handle(request, caller, http::Responder(std::make_shared<AuditedAnswer>(std::move(reply), *audit_, std::move(e), personal, caller.role == "applicant")));
  };
  if (personal)
    for (const char* code : {"identity.audit_unavailable"}) door.refusal_codes.emplace_back(code);
}

std::string Gatekeeper::new_one_time_code() {
  auto code = links_->make(LinkPurpose::enter_as_operator, "", kOperatorLinkMinutes);
  return code ? *code : std::string();
}

std::optional<std::string> Gatekeeper::enter(std::string_view code) {
  if (!operator_is_open() || !links_->take(code, LinkPurpose::enter_as_operator)) return std::nullopt;
  return sessions_->open(kOperatorSession, 0, false);
}

void Gatekeeper::leave(const http::Request& request) {
  if (const auto token = session_token(request); !token.empty()) sessions_->close(token);
}

}  // namespace yi::identity
