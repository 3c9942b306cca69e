#pragma once
// SM2 signatures (GB/T 32918.2-2016) over SM3, with the standard's default user id 1234567812345678; OpenSSL computes.
// A pure software key is no certified cryptographic product (GB/T 39786): an HSM takes the place of Sm2PrivateKey
// behind `Signer`.
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/secret.h"

namespace yi::crypto {

inline constexpr std::string_view kSm2UserId = "1234567812345678";

// Immutable and cheap to copy; safe to use from several threads.
class Sm2PublicKey {
 public:
  // SubjectPublicKeyInfo in PEM, as `openssl pkey -pubout` writes it; at most 4 kB. Refusal "crypto.bad_public_key": not
  // that, or a key of another curve.
  static Result<Sm2PublicKey> from_pem(std::string_view pem);
  std::string pem() const;
  std::string point() const;  // 65 bytes: 04 ‖ x ‖ y
  // Names the key: the first 16 bytes of SM3(point) in hex. Not a secret, and not a proof of anything by itself.
  std::string id() const;
  // `signature` is DER, SEQUENCE { r, s } (GM/T 0009); another encoding of the same numbers is refused too.
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  friend class Sm2PrivateKey;
  explicit Sm2PublicKey(std::shared_ptr<void> key) : key_(std::move(key)) {}
  std::shared_ptr<void> key_;
};

// Whoever signs: a key in this process, or one that never leaves its device.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual const Sm2PublicKey& public_key() const = 0;
  virtual std::string sign(std::string_view message) const = 0;  // DER; safe from several threads
};

class Sm2PrivateKey : public Signer {
 public:
  static Sm2PrivateKey generate();
  // PKCS#8 in PEM without a pass phrase. Refusal "crypto.bad_private_key".
  static Result<Sm2PrivateKey> from_pem(const Secret& pem);
  Secret pem() const;
  const Sm2PublicKey& public_key() const override { return public_; }
  std::string sign(std::string_view message) const override;

 private:
  explicit Sm2PrivateKey(std::shared_ptr<void> key) : key_(key), public_(std::move(key)) {}
  std::shared_ptr<void> key_;
  Sm2PublicKey public_;
};

}  // namespace yi::crypto
