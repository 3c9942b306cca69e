#include "identity/cookie.h"

#include "base/text.h"

namespace yi::identity {

// Browsers do not tell ports apart: two installations of one machine would take each other's cookie away. The port is
// the one that the browser knows, which need not be the server's own.
std::string cookie_name(std::string_view host, bool behind_tls) {
  if (behind_tls) return "__Host-yichuang_session";
  std::string name = "yichuang_session";
  const auto colon = host.rfind(':');
  if (colon == host.npos || colon + 1 == host.size()) return name;
  const auto port = host.substr(colon + 1);
  if (port.size() > 5 || port.find_first_not_of("0123456789") != port.npos) return name;  // "[::1]" has none
  return name + "_" + std::string(port);
}

std::string_view session_cookie(const http::Request& request, bool behind_tls) {
  std::string_view header = request.cookie;
  const auto name = cookie_name(request.host, behind_tls) + "=";
  while (!header.empty()) {
    const auto end = header.find(';');
    const auto part = trim(header.substr(0, end));
    if (part.starts_with(name)) return part.substr(name.size());
    if (end == header.npos) break;
    header.remove_prefix(end + 1);
  }
  return {};
}

std::string set_cookie(const http::Request& request, bool behind_tls, std::string_view token, std::int64_t seconds) {
  return cookie_name(request.host, behind_tls) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict" + (behind_tls ? "; Secure" : "") +
         "; Max-Age=" + std::to_string(seconds);
}

}  // namespace yi::identity
