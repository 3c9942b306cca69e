#pragma once
// Randomness for secrets, and comparison that takes the same time for every input; libsodium does both.
#include <cstddef>
#include <string>
#include <string_view>

namespace yi::crypto {
std::string random_bytes(std::size_t n);
std::string random_token();  // 32 random bytes, 64 hex digits
bool equal_in_constant_time(std::string_view a, std::string_view b);
}  // namespace yi::crypto
