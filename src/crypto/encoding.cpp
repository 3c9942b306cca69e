#include "crypto/encoding.h"

#include <cstdint>

namespace yi::crypto {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// Groups of `bits` bits, most significant first; the last one is filled with zero bits.
std::string write_bits(std::string_view bytes, std::string_view alphabet, int bits) {
  std::string out;
  std::uint32_t held = 0;
  int n = 0;
  for (const char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    for (n += 8; n >= bits; n -= bits) out += alphabet[held >> (n - bits) & ((1u << bits) - 1)];
  }
  if (n > 0) out += alphabet[held << (bits - n) & ((1u << bits) - 1)];
  return out;
}

std::optional<std::string> read_bits(std::string_view text, std::string_view alphabet, int bits) {
  std::string out;
  std::uint32_t held = 0;
  int n = 0;
  for (const char c : text) {
    const auto v = alphabet.find(c);
    if (v == alphabet.npos) return std::nullopt;
    held = held << bits | static_cast<std::uint32_t>(v);
    n += bits;
    if (n >= 8) {
      n -= 8;
      out += static_cast<char>(held >> n);
    }
  }
  // A whole character too many, or bits that say something and belong to no byte.
  if (n >= bits || (held & ((1u << n) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

std::string base64(std::string_view bytes) {
  auto out = write_bits(bytes, kBase64, 6);
  while (out.size() % 4) out += '=';
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return read_bits(text, kBase64, 6);
}

std::string base32(std::string_view bytes) { return write_bits(bytes, kBase32, 5); }

std::optional<std::string> from_base32(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if (c != ' ') letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return read_bits(letters, kBase32, 5);
}

std::optional<std::string> from_hex(std::string_view text) { return text.size() % 2 ? std::nullopt : read_bits(text, "0123456789abcdef", 4); }

std::string percent_encoded(std::string_view s) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : s) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) out += c;
    else (out += '%') += {digits[u >> 4], digits[u & 15]};
  }
  return out;
}

}  // namespace yi::crypto
