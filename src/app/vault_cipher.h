#pragma once
// Files are sealed by the keys of their subjects: src/files and src/store do not know each other.
#include "files/ports.h"
#include "store/key_vault.h"

namespace yi::app {

class VaultCipher : public files::Cipher {
 public:
  // `keys` outlives the last seal and open.
  explicit VaultCipher(store::KeyVault& keys) : keys_(keys) {}
  Result<std::string> seal(SubjectId subject, std::string_view context, std::string_view plain) override { return keys_.seal_bytes(plain, subject, context); }
  Result<std::string> open(SubjectId subject, std::string_view context, std::string_view sealed) override { return keys_.open_bytes(sealed, subject, context); }

 private:
  store::KeyVault& keys_;
};

}  // namespace yi::app
