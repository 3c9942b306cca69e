#include "identity/cookie.h"

#include "base/text.h"

namespace yi::identity {
namespace {

// Browsers do not tell ports apart: two installations of one machine would take each other's cookie away. The port is
// the one that the browser knows, which need not be the server's own.
std::string named(std::string name, std::string_view host, bool behind_tls) {
  if (behind_tls) return "__Host-" + name;
  const auto colon = host.rfind(':');
  if (colon == host.npos || colon + 1 == host.size()) return name;
  const auto port = host.substr(colon + 1);
  if (port.size() > 5 || port.find_first_not_of("0123456789") != port.npos) return name;  // "[::1]" has none
  return name + "_" + std::string(port);
}

std::string_view value_of(std::string_view header, const std::string& cookie) {
  const auto name = cookie + "=";
  while (!header.empty()) {
    const auto end = header.find(';');
    const auto part = trim(header.substr(0, end));
    if (part.starts_with(name)) return part.substr(name.size());
    if (end == header.npos) break;
    header.remove_prefix(end + 1);
  }
  return {};
}

std::string set(const std::string& name, std::string_view value, const char* same_site, bool behind_tls, std::int64_t seconds) {
  return name + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=" + same_site + (behind_tls ? "; Secure" : "") + "; Max-Age=" + std::to_string(seconds);
}

std::string external_name(const http::Request& request, bool behind_tls) { return named("yichuang_external", request.host, behind_tls); }

}  // namespace

std::string cookie_name(std::string_view host, bool behind_tls) { return named("yichuang_session", host, behind_tls); }

std::string_view session_cookie(const http::Request& request, bool behind_tls) { return value_of(request.cookie, cookie_name(request.host, behind_tls)); }

std::string set_cookie(const http::Request& request, bool behind_tls, std::string_view token, std::int64_t seconds) {
  return set(cookie_name(request.host, behind_tls), token, "Strict", behind_tls, seconds);
}

std::string_view external_cookie(const http::Request& request, bool behind_tls) { return value_of(request.cookie, external_name(request, behind_tls)); }

std::string set_external_cookie(const http::Request& request, bool behind_tls, std::string_view value, std::int64_t seconds) {
  return set(external_name(request, behind_tls), value, "Lax", behind_tls, seconds);
}

}  // namespace yi::identity
