#include "crypto/random.h"

#include <sodium.h>

#include <stdexcept>

#include "base/text.h"

namespace yi::crypto {
std::string random_bytes(std::size_t n) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  std::string s(n, '\0');
  randombytes_buf(s.data(), n);
  return s;
}
std::string random_token() { return hex(random_bytes(32)); }
bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}
}  // namespace yi::crypto
