#include "crypto/password.h"

#include <sodium.h>

#include <new>
#include <stdexcept>

namespace yi::crypto {

static_assert(kPasswordPasses == crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE);
static_assert(kPasswordMemoryBytes == crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE);

namespace {
void start() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}
}  // namespace

std::string hash_password(const Secret& password) {
  start();
  char out[crypto_pwhash_STRBYTES];
  const auto p = password.reveal();
  if (crypto_pwhash_str_alg(out, p.data(), p.size(), kPasswordPasses, kPasswordMemoryBytes, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return out;
}

bool check_password(const std::string& hash, const Secret& password) {
  start();
  const auto p = password.reveal();
  return hash.starts_with("$argon2id$") && hash.size() < crypto_pwhash_STRBYTES && crypto_pwhash_str_verify(hash.c_str(), p.data(), p.size()) == 0;
}

bool is_outdated(const std::string& hash) {
  start();
  return hash.size() >= crypto_pwhash_STRBYTES || crypto_pwhash_str_needs_rehash(hash.c_str(), kPasswordPasses, kPasswordMemoryBytes) != 0;
}

}  // namespace yi::crypto
