#pragma once
// Sealing with a synthetic initial vector (the construction of RFC 5297 with HMAC-SM3 in the place of S2V and SM4 in that
// of AES): the tag over context and text is also the first counter block. The same text sealed twice under one key and
// context gives the same bytes, no counter can be used for two texts by mistake, and nothing random has to be kept.
// Sealed: tag, 16 bytes ‖ ciphertext, as long as the text.
#include <optional>
#include <string>
#include <string_view>

#include "crypto/secret.h"

namespace yi::crypto {

inline constexpr std::size_t kSivTagBytes = 16;

struct SivKey {
  Secret encryption;  // 16 bytes
  Secret mac;         // 32 bytes
};

// `context` is what the text belongs to; it must be unambiguous (lengths before parts). Opened with another: nothing.
std::string siv_seal(const SivKey& key, std::string_view context, std::string_view text);
// Nothing when a bit of the sealed bytes, the context or the key is another; takes the same time wherever it differs.
std::optional<std::string> siv_open(const SivKey& key, std::string_view context, std::string_view sealed);

}  // namespace yi::crypto
