#include "crypto/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

#include "crypto/encoding.h"
#include "crypto/random.h"

namespace yi::crypto {
Secret new_totp_seed() { return Secret(random_bytes(20)); }

std::string totp_code(const Secret& seed, std::int64_t step, int digits) {
  if (digits < 6 || digits > 8) throw std::logic_error("a one-time code has 6 to 8 digits");
  unsigned char counter[8], mac[20];
  for (int i = 0; i < 8; ++i) counter[i] = static_cast<unsigned char>(step >> (56 - 8 * i));
  unsigned n = 0;
  const auto key = seed.reveal();
  if (!HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter, sizeof counter, mac, &n) || n != sizeof mac)
    throw std::runtime_error("HMAC-SHA-1 failed");
  // RFC 4226 §5.3: four bytes from the place that the last half-byte names.
  const unsigned at = mac[19] & 15u;
  std::uint32_t value = (mac[at] & 0x7Fu) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto c = code.rbegin(); c != code.rend(); ++c, value /= 10) *c = static_cast<char>('0' + value % 10);
  return code;
}

std::optional<std::int64_t> check_totp(const Secret& seed, std::string_view code, Instant now, std::int64_t last_used) {
  const auto present = now.ms / kTotpStepMs;
  std::optional<std::int64_t> found;
  for (auto step = present - kTotpWindow; step <= present + kTotpWindow; ++step)  // all of them, whichever fits
    if (equal_in_constant_time(totp_code(seed, step), code) && step > last_used && !found) found = step;
  return found;
}

Secret totp_link(const Secret& seed, std::string_view issuer, std::string_view account) {
  const auto by = percent_encoded(issuer);
  return Secret("otpauth://totp/" + by + ":" + percent_encoded(account) + "?secret=" + base32(seed.reveal()) + "&issuer=" + by +
                "&algorithm=SHA1&digits=6&period=30");
}

}  // namespace yi::crypto
