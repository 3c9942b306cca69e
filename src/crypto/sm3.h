#pragma once
// SM3 (GB/T 32905-2016), the hash of the ledger; OpenSSL computes it.
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace yi::crypto {

using Digest = std::array<std::uint8_t, 32>;

inline std::string_view bytes(const Digest& d) { return {reinterpret_cast<const char*>(d.data()), d.size()}; }

// Reusable hasher, cheaper than a fresh one for each value; not thread safe.
class Sm3 {
 public:
  Sm3();
  ~Sm3();
  Sm3(const Sm3&) = delete;
  Sm3& operator=(const Sm3&) = delete;
  void start();
  void add(std::string_view bytes);
  Digest finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Digest sm3(std::string_view bytes);

}  // namespace yi::crypto
