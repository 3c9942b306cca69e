#pragma once
// Inside the room: the stored form (README.md).
#include <cstdint>
#include <string>

#include "files/store.h"

namespace yi::files {

inline constexpr std::size_t kNonceBytes = 16;
inline constexpr std::size_t kHeadBytes = 7 + 1 + 8 + kNonceBytes;

struct Head {
  bool sealed = false;
  SubjectId subject;
  std::string nonce;  // kNonceBytes
};
std::string write_head(const Head& head);
Result<Head> read_head(std::string_view bytes);  // refusal "files.damaged"

std::string write_number(std::uint64_t n, int bytes);  // big-endian
std::uint64_t read_number(std::string_view bytes);

// What segment `index` is sealed under.
std::string segment_context(const Head& head, std::uint64_t index, bool last);

std::string write_description(const Description& d);
Result<Description> read_description(std::string_view bytes);  // refusal "files.damaged"

Refusal damaged(const std::string& where);

}  // namespace yi::files
