#pragma once
// The doors of accounts. JSON under /api/identity; plain pages without script for what comes before anybody can sign in.
#include "engine/engine.h"
#include "identity/gatekeeper.h"
#include "identity/page.h"
#include "identity/provider_desk.h"

namespace yi::identity {

struct DoorParts {
  Gatekeeper& gatekeeper;
  engine::Engine& engine;
  std::function<std::string()> hall;  // the centre's name today, on pages and in authenticator apps
  std::shared_ptr<ProviderDesk> external = {};  // none: nobody comes from elsewhere
  PageHead head() const { return {hall(), gatekeeper.options().demonstration, false, {}}; }
  PageHead head(const http::Request& request) const { return in_mode(head(), request); }
};

// /api/identity/{login, logout, me, password, my_sign_in, enrol_totp, confirm_totp, register, invite, reset_password, accounts[/{account}/history], rights, audit[/chain]} and
// GET /operator/enter?code=… (a GET, so that a printed link works; a HEAD does nothing), POST /operator/leave.
// Registered after Router::decorate_all; parts outlive the router.
void add_doors(http::Router& router, const DoorParts& parts);
void add_list_doors(http::Router& router, const DoorParts& parts);  // of add_doors, the reading ones
// /login, /set-password, /first-administrator, /admin/rights, and those of add_external_doors.
void add_page_doors(http::Router& router, const DoorParts& parts);
// /login/external and /login/external/return: there and back (docs/decisions/0019). Without a provider: 404 "identity.no_provider".
void add_external_doors(http::Router& router, const DoorParts& parts);
inline constexpr const char* kExternalReturn = "/login/external/return";

// What doors and pages share.
http::Response login_page(const DoorParts& parts, const PageHead& head, const std::map<std::string, std::string>& given, const std::optional<Refusal>& why);
// A one-time link for the account to set its own password. `reset`: it has one already. Refusals "identity.unknown_account",
// "identity.not_staff", "identity.suspended_already", "identity.own_account", "identity.has_password", "identity.no_password",
// "identity.post_protected", "identity.too_many_links", "identity.audit_unavailable".
Result<std::string> make_password_link(const DoorParts& parts, const http::Request& request, const std::string& by, const std::string& account, bool reset);
std::string link_of(const DoorParts& parts, const http::Request& request, std::string_view path, std::string_view code);
// The session's cookie for the reply.
std::pair<std::string, std::string> session_header(const DoorParts& parts, const http::Request& request, std::string_view token);

}  // namespace yi::identity
