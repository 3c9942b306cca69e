#include "crypto/siv.h"

#include <stdexcept>

#include "crypto/cipher.h"
#include "crypto/random.h"

namespace yi::crypto {
namespace {

// The context's length first: no text can be passed off as a part of its context.
std::string tag_of(const SivKey& key, std::string_view context, std::string_view text) {
  if (context.size() > 0xFFFF) throw std::logic_error("SIV: the context has at most 65,535 bytes");
  std::string input;
  input.reserve(2 + context.size() + text.size());
  input += static_cast<char>(context.size() >> 8);
  input += static_cast<char>(context.size() & 0xFF);
  input += context;
  input += text;
  const auto mac = hmac_sm3(key.mac, input);
  wipe(input);
  return std::string(bytes(mac).substr(0, kSivTagBytes));
}

}  // namespace

std::string siv_seal(const SivKey& key, std::string_view context, std::string_view text) {
  auto out = tag_of(key, context, text);
  out += sm4_ctr(key.encryption, std::string(out), text);
  return out;
}

std::optional<std::string> siv_open(const SivKey& key, std::string_view context, std::string_view sealed) {
  if (sealed.size() < kSivTagBytes) return std::nullopt;
  const auto tag = sealed.substr(0, kSivTagBytes);
  auto text = sm4_ctr(key.encryption, tag, sealed.substr(kSivTagBytes));
  if (equal_in_constant_time(tag_of(key, context, text), tag)) return text;
  wipe(text);
  return std::nullopt;
}

}  // namespace yi::crypto
