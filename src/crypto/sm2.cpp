#include "crypto/sm2.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "base/text.h"
#include "crypto/sm3.h"

namespace yi::crypto {
namespace {

constexpr std::size_t kPemBytes = 4096;

struct Free {
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(BIO* p) const { BIO_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::shared_ptr<void> owned(EVP_PKEY* key) {
  return {key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }};
}
EVP_PKEY* pkey(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

[[noreturn]] void broken(const char* what) { throw std::runtime_error(std::string("SM2: ") + what); }

Owned<BIO> reading(std::string_view bytes) { return Owned<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }

std::string taken(BIO* bio) {
  char* data = nullptr;
  const auto n = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(n)};
}

// No pass phrase is ever asked for at a terminal.
int no_phrase(char*, int, int, void*) { return 0; }

// The key when it is one on the SM2 curve, else nothing. OpenSSL leaves its complaints in a queue of the thread.
std::shared_ptr<void> sm2_or_nothing(EVP_PKEY* key) {
  auto o = owned(key);
  const bool good = key && EVP_PKEY_is_a(key, "SM2") == 1;
  ERR_clear_error();
  return good ? o : nullptr;
}

// Signing and verifying hash the user id and the public key before the message (GB/T 32918.2 §5.5).
struct Operation {
  Owned<EVP_PKEY_CTX> context;  // outlives the digest that uses it
  Owned<EVP_MD_CTX> digest;
  Operation(const std::shared_ptr<void>& key, bool sign)
      : context(EVP_PKEY_CTX_new_from_pkey(nullptr, pkey(key), nullptr)), digest(EVP_MD_CTX_new()) {
    if (!context || !digest) broken("no memory");
    if (EVP_PKEY_CTX_set1_id(context.get(), kSm2UserId.data(), static_cast<int>(kSm2UserId.size())) != 1) broken("the user id is refused");
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    const int started = sign ? EVP_DigestSignInit_ex(digest.get(), nullptr, "SM3", nullptr, nullptr, pkey(key), nullptr)
                             : EVP_DigestVerifyInit_ex(digest.get(), nullptr, "SM3", nullptr, nullptr, pkey(key), nullptr);
    if (started != 1) broken("cannot start");
  }
};

const unsigned char* octets(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

}  // namespace

Result<Sm2PublicKey> Sm2PublicKey::from_pem(std::string_view pem) {
  std::shared_ptr<void> key;
  if (pem.size() <= kPemBytes) key = sm2_or_nothing(PEM_read_bio_PUBKEY(reading(pem).get(), nullptr, no_phrase, nullptr));
  if (!key) return Refusal{"crypto.bad_public_key", "这不是 SM2 公钥。", "请使用中心公布的公钥文件（sm2.pub，以 -----BEGIN PUBLIC KEY----- 开头）。", 422, ""};
  return Sm2PublicKey(std::move(key));
}

std::string Sm2PublicKey::pem() const {
  Owned<BIO> out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_PUBKEY(out.get(), pkey(key_)) != 1) broken("the public key cannot be written");
  return taken(out.get());
}

std::string Sm2PublicKey::point() const {
  std::string p(80, '\0');
  std::size_t n = 0;
  if (EVP_PKEY_get_octet_string_param(pkey(key_), OSSL_PKEY_PARAM_PUB_KEY, reinterpret_cast<unsigned char*>(p.data()), p.size(), &n) != 1)
    broken("the public key has no point");
  p.resize(n);
  if (n == 65) return p;
  broken("the point is not in its uncompressed form");
}

std::string Sm2PublicKey::id() const { return hex(bytes(sm3(point())).substr(0, 16)); }

bool Sm2PublicKey::verify(std::string_view message, std::string_view signature) const {
  const Operation o(key_, false);
  const bool good = EVP_DigestVerify(o.digest.get(), octets(signature), signature.size(), octets(message), message.size()) == 1;
  ERR_clear_error();
  return good;
}

Sm2PrivateKey Sm2PrivateKey::generate() {
  EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
  if (!key) broken("no key can be made");
  return Sm2PrivateKey(owned(key));
}

Result<Sm2PrivateKey> Sm2PrivateKey::from_pem(const Secret& pem) {
  std::shared_ptr<void> key;
  if (pem.reveal().size() <= kPemBytes) key = sm2_or_nothing(PEM_read_bio_PrivateKey(reading(pem.reveal()).get(), nullptr, no_phrase, nullptr));
  if (!key) return Refusal{"crypto.bad_private_key", "签名密钥文件的内容不是 SM2 私钥。", "请从备份恢复该文件；没有备份时移走它，程序会生成新的密钥。", 500, ""};
  return Sm2PrivateKey(std::move(key));
}

Secret Sm2PrivateKey::pem() const {
  Owned<BIO> out(BIO_new(BIO_s_secmem()));
  if (!out || PEM_write_bio_PKCS8PrivateKey(out.get(), pkey(key_), nullptr, nullptr, 0, nullptr, nullptr) != 1) broken("the key cannot be written");
  return Secret(taken(out.get()));
}

std::string Sm2PrivateKey::sign(std::string_view message) const {
  const Operation o(key_, true);
  std::string signature(80, '\0');
  std::size_t n = signature.size();
  if (EVP_DigestSign(o.digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &n, octets(message), message.size()) != 1) broken("cannot sign");
  signature.resize(n);
  return signature;
}

}  // namespace yi::crypto
