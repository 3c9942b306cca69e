#pragma once
// Signed tokens of an identity provider (RFC 7515, compact form): RS256 and ES256, which OpenID Connect providers use. Only the
// algorithm that belongs to the key is accepted; "none" and HMAC are not known here.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace yi::crypto {

enum class JwsAlgorithm { rs256, es256 };

// A public key as its JWK gives it (RFC 7517), the members decoded to bytes.
struct JwsPublicKey {
  JwsAlgorithm algorithm = JwsAlgorithm::rs256;
  std::string id;    // kid
  std::string n, e;  // RSA: at least 2048 bits
  std::string x, y;  // P-256: 32 bytes each
};

// The header and payload (JSON) of a token, not yet to be believed.
struct JwsParts {
  std::string header, payload, signed_bytes, signature;
};
std::optional<JwsParts> split_jws(std::string_view compact);
bool verify_jws(const JwsPublicKey& key, std::string_view signed_bytes, std::string_view signature);

// The other side, for providers: makes a key and signs with it.
class JwsPrivateKey {
 public:
  static JwsPrivateKey make(JwsAlgorithm algorithm, std::string id);
  ~JwsPrivateKey();
  JwsPrivateKey(JwsPrivateKey&&) noexcept;
  JwsPrivateKey& operator=(JwsPrivateKey&&) noexcept;
  const JwsPublicKey& public_key() const;
  std::string sign(std::string_view header_json, std::string_view payload_json) const;  // compact

 private:
  struct Impl;
  explicit JwsPrivateKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

std::string sha256(std::string_view bytes);  // 32 bytes: PKCE's challenge (RFC 7636 §4.2)
std::string base64url(std::string_view bytes);  // RFC 4648 §5 without padding
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace yi::crypto
