#pragma once
// Who stands at the door: found by a session's cookie, a session's token as bearer, or the operator's token; let in by the
// door's own roles or the table of roles; each refusal audited.
#include <memory>
#include <string>

#include "http/router.h"
#include "identity/accounts.h"
#include "identity/audit.h"
#include "identity/role_table.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"

namespace yi::identity {

// Rights that are nobody's in particular.
inline constexpr const char* kPublic = "public";        // whoever comes
inline constexpr const char* kSignedIn = "signed_in";   // whoever has a session, about their own account

struct GatekeeperOptions {
  std::string directory;
  CentreCode centre;
  bool demonstration = true;  // the installation's clock is pinned: the operator's token keeps every role
  bool behind_tls = false;    // a proxy ends TLS: Secure cookies, addresses from X-Forwarded-For
  Now now;                    // the machine's clock
  Now engine_now;
  std::string store_url = {};  // of a centre on a server: secrets, sessions and the audit lie there
  store::Place place() const { return {directory, store_url}; }
};

class Gatekeeper : public http::Gatekeeper {
 public:
  // Reads the operator's token (token_file.h), what opens accounts and the audit, or makes them. On SQLite whoever calls holds the
  // directory's lock. The book has been filled.
  // `keys` outlives it.
  static Result<std::unique_ptr<Gatekeeper>> open(GatekeeperOptions options, std::shared_ptr<AccountBook> book, std::shared_ptr<const RoleTable> roles, store::KeyVault& keys);

  Result<http::Caller> admit(const http::Request& request, const http::Door& door) const override;

  // Whether the credentials that came with `request` would let the same caller in again, with the same rights: for what goes on
  // after its door was opened (an event stream). Not activity: the session goes on ageing.
  bool still_admits(const http::Request& request, const http::Caller& caller) const;

  // For http::Router::decorate_all: audits what a door refuses, and what personal data it shows before that leaves. The
  // Gatekeeper outlives the router.
  void guard(http::Door& door) const;

  // Whether the operator's token opens everything: a demonstration, or a centre without an administrator.
  bool operator_is_open() const { return options_.demonstration || book_->holders(Role::administrator) == 0; }
  // A link's code: opens one session as operator, within ten minutes.
  std::string new_one_time_code();
  // The session's token, or nothing when the code is unknown, used or too old.
  std::optional<std::string> enter(std::string_view code);
  // The session of the request's cookie ends.
  void leave(const http::Request& request);

  // The request's session cookie, "" for none; where it comes from.
  std::string_view session_token(const http::Request& request) const;
  std::string address_of(const http::Request& request) const;

  const GatekeeperOptions& options() const { return options_; }
  const AccountBook& book() const { return *book_; }
  const RoleTable& roles() const { return *roles_; }
  AuditLog& audit() const { return *audit_; }
  Sessions& sessions() const { return *sessions_; }
  Links& links() const { return *links_; }
  SignIn& sign_in() const { return *sign_in_; }

 private:
  Gatekeeper(GatekeeperOptions options, std::string token, std::shared_ptr<AccountBook> book, std::shared_ptr<const RoleTable> roles);
  struct Found {
    http::Caller caller{kPublic, ""};
    bool by_cookie = false;
    bool operator_closed = false;  // the operator's token, where it opens nothing any more
  };
  // `active`: the request counts as somebody at work.
  Result<Found> find(const http::Request& request, bool active = true) const;
  std::optional<http::Caller> caller_of(std::string_view session_token, bool active) const;
  http::Caller caller_of(const Account& account) const;
  Checked judge(const Found& found, const http::Request& request, const http::Door& door) const;

  GatekeeperOptions options_;
  std::string token_;
  std::shared_ptr<AccountBook> book_;
  std::shared_ptr<const RoleTable> roles_;
  std::unique_ptr<SecretsFile> file_;
  std::unique_ptr<AuditLog> audit_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Links> links_;
  std::unique_ptr<Lockout> lockout_;
  std::unique_ptr<SignIn> sign_in_;
};

}  // namespace yi::identity
