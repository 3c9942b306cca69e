#include "store/merkle.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "base/text.h"
#include "store/record.h"

using namespace yi;
using store::LedgerHash;

namespace {
// RFC 6962's definition, word for word: the oracle of the level-by-level tree.
crypto::Digest rfc6962(LedgerHash& h, const std::vector<crypto::Digest>& l, std::size_t a, std::size_t b) {
  if (b - a == 1) return l[a];
  std::size_t k = 1;
  while (k * 2 < b - a) k *= 2;
  const auto left = rfc6962(h, l, a, a + k);
  return h.node(left, rfc6962(h, l, a + k, b));
}
// A mountain range built from nothing: one perfect tree for each one-bit of the count, largest first.
std::string peaks_of(LedgerHash& h, const std::vector<crypto::Digest>& groups) {
  std::string peaks;
  std::size_t at = 0;
  for (int bit = 20; bit >= 0; --bit)
    if (groups.size() >> bit & 1) {
      peaks += crypto::bytes(rfc6962(h, groups, at, at + (std::size_t{1} << bit)));
      at += std::size_t{1} << bit;
    }
  return peaks;
}
}  // namespace

TEST(Merkle, TreeAndMountainsEqualTheirDefinitions) {
  LedgerHash h;
  std::mt19937 random(7);
  std::vector<crypto::Digest> leaves;
  std::string peaks;
  for (int n = 1; n <= 70; ++n) {
    leaves.push_back(h.leaf({510000}, n, std::to_string(random())));
    auto copy = leaves;
    EXPECT_EQ(h.root(copy), rfc6962(h, leaves, 0, leaves.size())) << n;
    h.add_peak(peaks, n, leaves.back());
    EXPECT_EQ(peaks, peaks_of(h, leaves)) << n;
  }
}

TEST(Merkle, PlaceAndCentreAreHashedToo) {
  LedgerHash h;
  EXPECT_NE(h.leaf({510000}, 1, "x"), h.leaf({510000}, 2, "x"));
  EXPECT_NE(h.leaf({510000}, 1, "x"), h.leaf({510100}, 1, "x"));
}

// The worked example of docs/ledger-format.md: if this changes, the format has changed.
TEST(Merkle, WorkedExample) {
  store::Record r;
  r.name = "casework.accepted/1";
  r.stream = "case:20240617000001";
  r.actor = "w01";
  r.effective_at = r.recorded_at = *parse_instant("2024-06-17T09:00:00+08:00");
  for (std::size_t i = 0; i < 16; ++i) r.command[i] = static_cast<std::uint8_t>(i);
  r.body = R"({"department":"scjgj","window":"W01"})";
  std::string bytes;
  store::encode(r, bytes);
  store::Record back;
  ASSERT_TRUE(store::decode(bytes, back));
  EXPECT_EQ(back.name, r.name);
  EXPECT_EQ(back.body, r.body);
  EXPECT_EQ(back.command, r.command);
  EXPECT_EQ(back.recorded_at, r.recorded_at);
  for (std::size_t n = 0; n < bytes.size() - r.body.size(); ++n) EXPECT_FALSE(store::decode(bytes.substr(0, n), back));
  LedgerHash h;
  const auto leaf = h.leaf({510000}, 1, bytes);
  std::vector<crypto::Digest> leaves{leaf};
  store::GroupRow g{1, 1, 1, r.recorded_at.ms, std::string(crypto::bytes(h.root(leaves)))};
  store::HeadRow head{1, 1, r.recorded_at.ms, 0, {}};
  h.add_peak(head.peaks, 1, h.group({510000}, g));
  EXPECT_EQ(bytes.size(), 138u);
  EXPECT_EQ(hex(crypto::bytes(leaf)), "904c58a064b80f4bd43f6272931049498c8b690668737da8ff1bcf077968ed4c");
  EXPECT_EQ(hex(head.peaks), "7b55cce46f11c356f21f8375ed3dc6507fc1879a207a065da61eba804a66141b");
  EXPECT_EQ(hex(crypto::bytes(h.head({510000}, head))), "11368449d657d183e8e7f884e3d9cc80b1bc66d2c37e1298ec8fa1411fc59789");
}
