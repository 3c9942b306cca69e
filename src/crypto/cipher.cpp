#include "crypto/cipher.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <stdexcept>

#include "crypto/random.h"

namespace yi::crypto {
namespace {

struct Free {
  void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
  void operator()(EVP_MAC_CTX* p) const { EVP_MAC_CTX_free(p); }
};
const unsigned char* octets(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

// Fetched once, as the look-up by name costs more than a short field.
const EVP_CIPHER* sm4() {
  static const EVP_CIPHER* c = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
  if (!c) throw std::runtime_error("OpenSSL offers no SM4-CTR");
  return c;
}
EVP_MAC* hmac() {
  static EVP_MAC* m = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  if (!m) throw std::runtime_error("OpenSSL offers no HMAC");
  return m;
}

}  // namespace

std::string sm4_ctr(const Secret& key, std::string_view counter, std::string_view data) {
  if (key.reveal().size() != 16 || counter.size() != 16) throw std::logic_error("SM4: key and counter have 16 bytes each");
  const std::unique_ptr<EVP_CIPHER_CTX, Free> context(EVP_CIPHER_CTX_new());
  std::string out(data.size(), '\0');
  int n = 0;
  if (!context || EVP_EncryptInit_ex2(context.get(), sm4(), octets(key.reveal()), octets(counter), nullptr) != 1 ||
      EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &n, octets(data), static_cast<int>(data.size())) != 1 ||
      static_cast<std::size_t>(n) != data.size())
    throw std::runtime_error("SM4 failed");
  return out;
}

Digest hmac_sm3(const Secret& key, std::string_view data) {
  if (key.empty()) throw std::logic_error("HMAC without a key");
  const std::unique_ptr<EVP_MAC_CTX, Free> context(EVP_MAC_CTX_new(hmac()));
  char name[] = "SM3";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
  Digest out;
  std::size_t n = 0;
  if (!context || EVP_MAC_init(context.get(), octets(key.reveal()), key.reveal().size(), parameters) != 1 ||
      EVP_MAC_update(context.get(), octets(data), data.size()) != 1 || EVP_MAC_final(context.get(), out.data(), &n, out.size()) != 1 ||
      n != out.size())
    throw std::runtime_error("HMAC-SM3 failed");
  return out;
}

bool check_hmac_sm3(const Secret& key, std::string_view data, std::string_view mac) {
  return equal_in_constant_time(bytes(hmac_sm3(key, data)), mac);
}

}  // namespace yi::crypto
