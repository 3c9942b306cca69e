#pragma once
// The envelope of one fact, as bytes (docs/ledger-format.md is the contract; this is its only reader and writer).
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "crypto/sm3.h"

namespace yi::store {

using CommandId = std::array<std::uint8_t, 16>;      // chosen by the client; time-ordered ids (UUIDv7) are cheapest
using CommandDigest = std::array<std::uint8_t, 16>;  // first half of SM3(command name ‖ 0 ‖ body)

inline std::string_view bytes(const std::array<std::uint8_t, 16>& a) {
  return {reinterpret_cast<const char*>(a.data()), a.size()};
}

// A fact. The views into a decoded record live as long as its bytes.
struct Record {
  std::string_view name;       // "casework.accepted/1", at most 255 bytes
  std::string_view stream;     // "case:20240617000001", at most 255 bytes
  std::string_view actor;      // account that acted, at most 255 bytes
  Instant effective_at;        // when it is so by law
  Instant recorded_at;         // when the engine wrote it; never goes back within a centre
  CommandId command{};
  CommandDigest digest{};
  std::int64_t sealed_under = 0;  // data key of the personal fields (part 2); 0: nothing is sealed
  std::string_view body;       // JSON
};

void encode(const Record& r, std::string& out);  // appends
// False when the bytes are not a record of a version that this program knows.
bool decode(std::string_view bytes, Record& out);

}  // namespace yi::store
