#include "crypto/siv.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/random.h"

using namespace yi;
using namespace yi::crypto;

namespace {
SivKey key_of(char fill) { return {Secret(std::string(16, fill)), Secret(std::string(32, static_cast<char>(fill + 1)))}; }
}  // namespace

TEST(Siv, WhatIsSealedOpensUnderTheSameKeyAndContextAlone) {
  const auto key = key_of('a');
  for (const std::size_t n : {0u, 1u, 15u, 16u, 17u, 1000u}) {
    const auto text = random_bytes(n);
    const auto sealed = siv_seal(key, "context", text);
    EXPECT_EQ(sealed.size(), n + kSivTagBytes);
    EXPECT_EQ(siv_open(key, "context", sealed), text);
    EXPECT_FALSE(siv_open(key, "contexts", sealed));
    EXPECT_FALSE(siv_open(key, "", sealed));
    EXPECT_FALSE(siv_open(key_of('b'), "context", sealed));
  }
}

TEST(Siv, EveryChangedBitIsNoticed) {
  const auto key = key_of('a');
  const auto sealed = siv_seal(key, "c", "张某某 13800000000");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    auto changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(siv_open(key, "c", changed)) << bit;
  }
  for (std::size_t n = 0; n < sealed.size(); ++n) EXPECT_FALSE(siv_open(key, "c", sealed.substr(0, n))) << n;
  EXPECT_FALSE(siv_open(key, "c", sealed + '\0'));
}

TEST(Siv, TheSameTextGivesTheSameBytesAndAnotherContextGivesOthers) {
  const auto key = key_of('a');
  EXPECT_EQ(siv_seal(key, "c", "text"), siv_seal(key, "c", "text"));
  EXPECT_NE(siv_seal(key, "c", "text"), siv_seal(key, "d", "text"));
  // The boundary between context and text is part of what is sealed.
  EXPECT_NE(siv_seal(key, "ab", "c").substr(0, kSivTagBytes), siv_seal(key, "a", "bc").substr(0, kSivTagBytes));
}

// Computed with Python's hashlib (HMAC over "sm3") and the openssl command line (sm4-ctr); docs/ledger-format.md has the
// same steps.
TEST(Siv, WorkedExample) {
  const auto sealed = siv_seal(key_of('a'), "context", "text");
  EXPECT_EQ(hex(sealed), "5a1f184cb6f6377766124879984e121b1db3f329");
}
