#pragma once
// One-time codes of authenticator apps: TOTP (RFC 6238) with SHA-1, six digits and steps of 30 s, because that is what
// common apps know.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "crypto/secret.h"

namespace yi::crypto {

inline constexpr std::int64_t kTotpStepMs = 30'000;
inline constexpr int kTotpWindow = 1;  // steps before and after: clocks of phones go wrong by some seconds

Secret new_totp_seed();  // 20 bytes (RFC 4226 §4 R6)

// The code of a step; `digits` is 6 to 8.
std::string totp_code(const Secret& seed, std::int64_t step, int digits = 6);
// The step whose code it is, within the window around `now` (the machine's clock, never a pinned one) and after
// `last_used`: a code opens once (RFC 6238 §5.2). Nothing when it is none of them. Compares in constant time.
std::optional<std::int64_t> check_totp(const Secret& seed, std::string_view code, Instant now, std::int64_t last_used);
// otpauth://totp/… for the QR code that sets an app up. Holds the seed: a secret too.
Secret totp_link(const Secret& seed, std::string_view issuer, std::string_view account);

}  // namespace yi::crypto
