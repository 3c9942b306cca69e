#pragma once
// The cookie of a session, and the short one of somebody who is at the identity provider.
#include <string>
#include <string_view>

#include "http/router.h"

namespace yi::identity {

// "yichuang_session_8080", or "__Host-yichuang_session" behind a proxy that ends TLS (RFC 6265bis: browsers then hold Secure, Path=/
// and no Domain).
std::string cookie_name(std::string_view host, bool behind_tls);
// The session's token in the request, "" when there is none.
std::string_view session_cookie(const http::Request& request, bool behind_tls);
// The value of Set-Cookie; seconds 0 takes it away.
std::string set_cookie(const http::Request& request, bool behind_tls, std::string_view token, std::int64_t seconds);

// "yichuang_external_8080": what the browser of a log-in at the identity provider must bring back. SameSite=Lax, as it comes back from
// another site; its value is the caller's, without blanks, commas and semicolons.
std::string_view external_cookie(const http::Request& request, bool behind_tls);
std::string set_external_cookie(const http::Request& request, bool behind_tls, std::string_view value, std::int64_t seconds);

}  // namespace yi::identity
