#include "base/host_port.h"

#include <arpa/inet.h>

#include <charconv>

namespace yi {

std::optional<HostPort> host_port_of(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos) return std::nullopt;
  auto host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  else if (host.find_first_of(":[]") != host.npos) return std::nullopt;
  HostPort out{std::string(host), 0};
  const auto* const end = text.data() + text.size();
  const auto r = std::from_chars(text.data() + colon + 1, end, out.port);
  if (host.empty() || r.ec != std::errc{} || r.ptr != end) return std::nullopt;
  return out;
}

bool is_loopback(const HostPort& place) {
  in_addr four{};
  if (::inet_pton(AF_INET, place.host.c_str(), &four) == 1) return ntohl(four.s_addr) >> 24 == 127;
  in6_addr six{};
  return place.host == "localhost" || (::inet_pton(AF_INET6, place.host.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six));
}

}  // namespace yi
