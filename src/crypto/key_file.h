#pragma once
// The installation's signing key in its data directory: sm2.key (PKCS#8 PEM, readable by its owner alone) and sm2.pub.
#include <optional>
#include <string>

#include "crypto/sm2.h"

namespace yi::crypto {

inline constexpr const char* kPrivateKeyFile = "sm2.key";
inline constexpr const char* kPublicKeyFile = "sm2.pub";

// Reads DIR/sm2.key, or makes it: written whole under another name, synced, then linked to its own, so that nobody ever
// sees half a key and of two processes that make one at the same time both use the first. DIR/sm2.pub is written again
// when it is missing. Refusals "crypto.key_unreadable", "crypto.key_exposed" (others may read the key),
// "crypto.bad_private_key".
Result<Sm2PrivateKey> open_or_make_key(const std::string& directory);

// DIR/sm2.key as it stands there; nothing where there is none. Refusals as above.
Result<std::optional<Secret>> read_signing_key(const std::string& directory);
// DIR/sm2.pub says this key, whatever it said before.
Checked publish_key(const std::string& directory, const Sm2PublicKey& key);

}  // namespace yi::crypto
