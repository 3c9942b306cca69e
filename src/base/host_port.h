#pragma once
// "127.0.0.1:8080", "[::1]:8080", "localhost:8080": where something listens on a machine.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yi {

struct HostPort {
  std::string host;  // without brackets; not looked up
  std::uint16_t port = 0;
};
// Nothing: no port, one that is no number from 0 to 65535, or no host. An address of IP version 6 stands in brackets.
std::optional<HostPort> host_port_of(std::string_view text);

// The machine itself, by its name or an address of IP version 4 or 6.
bool is_loopback(const HostPort& place);

}  // namespace yi
