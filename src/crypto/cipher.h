#pragma once
// SM4 (GB/T 32907-2016) in counter mode and HMAC over SM3 (GB/T 15852.2): together, encrypt-then-MAC with separate keys,
// they seal personal fields. OpenSSL 3.0 has no SM4-GCM.
#include <string>
#include <string_view>

#include "crypto/secret.h"
#include "crypto/sm3.h"

namespace yi::crypto {

// Encrypts, and decrypts what it encrypted. The key has 16 bytes; `counter` 16, the first counter block, and no block of
// one key may ever be used twice. Protects nothing against change: put an HMAC over counter and ciphertext. Throws
// std::logic_error for other lengths.
std::string sm4_ctr(const Secret& key, std::string_view counter, std::string_view data);

// A key of any length that is not empty (std::logic_error); 32 bytes are best.
Digest hmac_sm3(const Secret& key, std::string_view data);
// Compares in constant time; a shortened MAC is refused.
bool check_hmac_sm3(const Secret& key, std::string_view data, std::string_view mac);

}  // namespace yi::crypto
