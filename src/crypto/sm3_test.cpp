#include "crypto/sm3.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "crypto/random.h"

using namespace yi;

// The two examples of GB/T 32905-2016, annex A.
TEST(Sm3, ExamplesOfTheStandard) {
  EXPECT_EQ(hex(crypto::bytes(crypto::sm3("abc"))), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string s;
  for (int i = 0; i < 16; ++i) s += "abcd";
  EXPECT_EQ(hex(crypto::bytes(crypto::sm3(s))), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  crypto::Sm3 h;
  h.start();
  h.add("a");
  h.add("bc");
  EXPECT_EQ(h.finish(), crypto::sm3("abc"));
}

TEST(Random, TokensDifferAndCompare) {
  const auto a = crypto::random_token(), b = crypto::random_token();
  EXPECT_EQ(a.size(), 64u);
  EXPECT_NE(a, b);
  EXPECT_TRUE(crypto::equal_in_constant_time(a, a));
  EXPECT_FALSE(crypto::equal_in_constant_time(a, b));
  EXPECT_FALSE(crypto::equal_in_constant_time(a, a.substr(1)));
}
