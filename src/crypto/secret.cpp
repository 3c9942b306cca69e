#include "crypto/secret.h"

#include <sodium.h>

#include <utility>

namespace yi::crypto {

void wipe(std::string& bytes) noexcept {
  // The whole capacity: a string that became shorter still holds its old end. Resizing within it never allocates.
  bytes.resize(bytes.capacity());
  sodium_memzero(bytes.data(), bytes.size());
  bytes.clear();
}

// A copy and not a move: short strings are moved by copying their bytes, which would stay behind.
Secret::Secret(std::string bytes) : bytes_(bytes) { wipe(bytes); }
Secret::Secret(Secret&& other) noexcept { bytes_.swap(other.bytes_); }
Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(bytes_);
    bytes_.swap(other.bytes_);
  }
  return *this;
}
Secret::~Secret() { wipe(bytes_); }

}  // namespace yi::crypto
