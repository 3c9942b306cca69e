#include "crypto/jws.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <stdexcept>

#include "crypto/encoding.h"

namespace yi::crypto {
namespace {

struct Free {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(OSSL_PARAM_BLD* p) const { OSSL_PARAM_BLD_free(p); }
  void operator()(OSSL_PARAM* p) const { OSSL_PARAM_free(p); }
  void operator()(BIGNUM* p) const { BN_free(p); }
  void operator()(ECDSA_SIG* p) const { ECDSA_SIG_free(p); }
};
template <class T>
using Own = std::unique_ptr<T, Free>;

constexpr int kLeastRsaBits = 2048;  // NIST SP 800-131A
constexpr std::size_t kP256 = 32;

const unsigned char* octets(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

Own<BIGNUM> number(std::string_view bytes) { return Own<BIGNUM>(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr)); }

// nullptr for members that are no key.
Own<EVP_PKEY> key_of(const JwsPublicKey& k) {
  const bool rsa = k.algorithm == JwsAlgorithm::rs256;
  Own<OSSL_PARAM_BLD> build(OSSL_PARAM_BLD_new());
  Own<BIGNUM> n, e;
  std::string point;
  if (rsa) {
    if (k.n.size() > 1024 || k.e.empty() || k.e.size() > 8) return nullptr;
    n = number(k.n);
    e = number(k.e);
    if (!n || BN_num_bits(n.get()) < kLeastRsaBits) return nullptr;
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  } else {
    if (k.x.size() != kP256 || k.y.size() != kP256) return nullptr;
    point = '\x04' + k.x + k.y;
    OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  }
  const Own<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(build.get()));
  const Own<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, rsa ? "RSA" : "EC", nullptr));
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return Own<EVP_PKEY>(made);
}

// ES256 writes r and s side by side (RFC 7518 §3.4); OpenSSL wants DER.
std::string der_of(std::string_view raw) {
  if (raw.size() != 2 * kP256) return "";
  Own<ECDSA_SIG> s(ECDSA_SIG_new());
  ECDSA_SIG_set0(s.get(), number(raw.substr(0, kP256)).release(), number(raw.substr(kP256)).release());
  unsigned char* out = nullptr;
  const int n = i2d_ECDSA_SIG(s.get(), &out);
  std::string der(reinterpret_cast<char*>(out), n > 0 ? static_cast<std::size_t>(n) : 0);
  OPENSSL_free(out);
  return der;
}

std::string raw_of(std::string_view der) {
  const unsigned char* p = octets(der);
  const Own<ECDSA_SIG> s(d2i_ECDSA_SIG(nullptr, &p, static_cast<long>(der.size())));
  std::string raw(2 * kP256, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  if (!s || BN_bn2binpad(ECDSA_SIG_get0_r(s.get()), out, kP256) < 0 || BN_bn2binpad(ECDSA_SIG_get0_s(s.get()), out + kP256, kP256) < 0)
    throw std::runtime_error("ES256: no signature");
  return raw;
}

std::string bytes_of(EVP_PKEY* key, const char* name) {
  BIGNUM* n = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &n) != 1) throw std::runtime_error("a key without its public part");
  const Own<BIGNUM> own(n);
  std::string out(static_cast<std::size_t>(BN_num_bytes(n)), '\0');
  BN_bn2bin(n, reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string padded(std::string s) { return std::string(kP256 - s.size(), '\0') + s; }

}  // namespace

std::string sha256(std::string_view bytes) {
  std::string out(32, '\0');
  unsigned n = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &n, EVP_sha256(), nullptr) != 1) throw std::runtime_error("SHA-256 failed");
  return out;
}

std::string base64url(std::string_view bytes) {
  auto s = base64(bytes);
  while (!s.empty() && s.back() == '=') s.pop_back();
  for (auto& c : s) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return s;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string s(text);
  for (auto& c : s) {
    if (c == '+' || c == '/' || c == '=') return std::nullopt;
    c = c == '-' ? '+' : c == '_' ? '/' : c;
  }
  s.append((4 - s.size() % 4) % 4, '=');
  return from_base64(s);
}

std::optional<JwsParts> split_jws(std::string_view compact) {
  const auto first = compact.find('.');
  const auto second = first == compact.npos ? first : compact.find('.', first + 1);
  if (second == compact.npos || compact.find('.', second + 1) != compact.npos) return std::nullopt;
  const auto header = from_base64url(compact.substr(0, first)), payload = from_base64url(compact.substr(first + 1, second - first - 1)),
             signature = from_base64url(compact.substr(second + 1));
  if (!header || !payload || !signature) return std::nullopt;
  return JwsParts{*header, *payload, std::string(compact.substr(0, second)), *signature};
}

bool verify_jws(const JwsPublicKey& key, std::string_view signed_bytes, std::string_view signature) {
  const auto k = key_of(key);
  if (!k) return false;
  const auto der = key.algorithm == JwsAlgorithm::es256 ? der_of(signature) : std::string(signature);
  if (der.empty()) return false;
  const Own<EVP_MD_CTX> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, k.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets(der), der.size(), octets(signed_bytes), signed_bytes.size()) == 1;
}

struct JwsPrivateKey::Impl {
  Own<EVP_PKEY> key;
  JwsPublicKey shown;
};
JwsPrivateKey::JwsPrivateKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JwsPrivateKey::~JwsPrivateKey() = default;
JwsPrivateKey::JwsPrivateKey(JwsPrivateKey&&) noexcept = default;
JwsPrivateKey& JwsPrivateKey::operator=(JwsPrivateKey&&) noexcept = default;
const JwsPublicKey& JwsPrivateKey::public_key() const { return impl_->shown; }

JwsPrivateKey JwsPrivateKey::make(JwsAlgorithm algorithm, std::string id) {
  auto i = std::make_unique<Impl>();
  const bool rsa = algorithm == JwsAlgorithm::rs256;
  i->key.reset(rsa ? EVP_RSA_gen(kLeastRsaBits) : EVP_EC_gen("P-256"));
  if (!i->key) throw std::runtime_error("a key cannot be made");
  i->shown.algorithm = algorithm;
  i->shown.id = std::move(id);
  if (rsa) {
    i->shown.n = bytes_of(i->key.get(), OSSL_PKEY_PARAM_RSA_N);
    i->shown.e = bytes_of(i->key.get(), OSSL_PKEY_PARAM_RSA_E);
  } else {
    i->shown.x = padded(bytes_of(i->key.get(), OSSL_PKEY_PARAM_EC_PUB_X));
    i->shown.y = padded(bytes_of(i->key.get(), OSSL_PKEY_PARAM_EC_PUB_Y));
  }
  return JwsPrivateKey(std::move(i));
}

std::string JwsPrivateKey::sign(std::string_view header_json, std::string_view payload_json) const {
  auto text = base64url(header_json) + "." + base64url(payload_json);
  const Own<EVP_MD_CTX> context(EVP_MD_CTX_new());
  std::size_t n = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, impl_->key.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &n, octets(text), text.size()) != 1)
    throw std::runtime_error("signing failed");
  std::string signature(n, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &n, octets(text), text.size()) != 1) throw std::runtime_error("signing failed");
  signature.resize(n);
  return text + "." + base64url(impl_->shown.algorithm == JwsAlgorithm::es256 ? raw_of(signature) : signature);
}

}  // namespace yi::crypto
