#include "crypto/sm3.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace yi::crypto {
namespace {
// Fetched once: the look-up by name costs more than hashing an event.
const EVP_MD* sm3_method() {
  static EVP_MD* md = EVP_MD_fetch(nullptr, "SM3", nullptr);
  if (!md) throw std::runtime_error("OpenSSL offers no SM3");
  return md;
}
}  // namespace

struct Sm3::Impl {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Impl() { EVP_MD_CTX_free(context); }
};

Sm3::Sm3() : impl_(std::make_unique<Impl>()) {}
Sm3::~Sm3() = default;
void Sm3::start() {
  if (EVP_DigestInit_ex2(impl_->context, sm3_method(), nullptr) != 1) throw std::runtime_error("SM3 cannot start");
}
void Sm3::add(std::string_view b) { EVP_DigestUpdate(impl_->context, b.data(), b.size()); }
Digest Sm3::finish() {
  Digest d;
  unsigned n = 0;
  EVP_DigestFinal_ex(impl_->context, d.data(), &n);
  return d;
}

Digest sm3(std::string_view b) {
  thread_local Sm3 hasher;
  hasher.start();
  hasher.add(b);
  return hasher.finish();
}

}  // namespace yi::crypto
