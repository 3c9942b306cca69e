#include "store/proof.h"

#include <gtest/gtest.h>

#include <random>

#include "store/signed_head.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::store;

namespace {

constexpr CentreCode kCentre{510000};

// A ledger of random groups, with every head it ever had.
class Ledger {
 public:
  Ledger(unsigned seed, int groups, int most_in_a_group) : random_(seed), store_(open_sqlite(dir_.path(), Mode::write).value()) {
    auto& w = store_->writer();
    w.begin();
    for (int number = 1; number <= groups; ++number) append_group(w, number, 1 + static_cast<int>(random_() % static_cast<unsigned>(most_in_a_group)));
    w.advance_head(kCentre, {}, heads.back());
    w.commit();
    reader = store_->open_reader();
  }
  std::vector<HeadRow> heads;        // after 1, 2, … groups
  std::vector<std::string> records;  // by seq - 1
  std::unique_ptr<Reader> reader;

 private:
  void append_group(Writer& w, int number, int count) {
    HeadRow h = heads.empty() ? HeadRow{} : heads.back();
    GroupRow g{number, h.seq + 1, count, 1'718'586'000'000 + number, {}};
    std::vector<crypto::Digest> leaves;
    for (int i = 0; i < count; ++i) {
      records.push_back("record " + std::to_string(random_()) + std::string(random_() % 40, 'x'));
      const auto leaf = hash_.leaf(kCentre, ++h.seq, records.back());
      w.append_event(kCentre, {h.seq, crypto::bytes(leaf).substr(0, 8), records.back()});
      leaves.push_back(leaf);
    }
    g.root = crypto::bytes(hash_.root(leaves));
    h.groups = number;
    h.recorded_at = g.recorded_at;
    hash_.add_peak(h.peaks, number, hash_.group(kCentre, g));
    w.append_group(kCentre, g);
    heads.push_back(h);
  }
  TemporaryDirectory dir_;
  std::mt19937 random_;
  std::unique_ptr<Store> store_;
  LedgerHash hash_;
};

crypto::Digest hash_of(const HeadRow& h) { return LedgerHash().head(kCentre, h); }

void flip(std::string& s, std::size_t bit) { s[bit / 8] = static_cast<char>(s[bit / 8] ^ (1 << bit % 8)); }
void flip(crypto::Digest& d, std::size_t bit) { d[bit / 8] = static_cast<std::uint8_t>(d[bit / 8] ^ (1 << bit % 8)); }

}  // namespace

TEST(Proof, EveryRecordUnderEveryHeadThatHasIt) {
  for (const auto& [seed, groups, most] : {std::tuple{1u, 1, 1}, {2u, 1, 9}, {3u, 8, 1}, {4u, 23, 7}, {5u, 40, 3}}) {
    Ledger l(seed, groups, most);
    Prover warm(kCentre);
    for (const auto& head : l.heads) {
      const auto digest = hash_of(head);
      for (std::int64_t seq = 1; seq <= head.seq; ++seq) {
        const auto p = warm.prove(*l.reader, seq, head);
        ASSERT_TRUE(p.ok()) << "seed " << seed << " record " << seq << " of " << head.groups << " groups";
        ASSERT_TRUE(verify_proof(l.records[static_cast<std::size_t>(seq - 1)], *p, digest));
        ASSERT_LE(p->in_group.size(), 4u);
        ASSERT_LE(p->in_mountain.size(), 5u);
      }
      EXPECT_EQ(warm.prove(*l.reader, head.seq + 1, head).error().code, "store.no_such_record");
      EXPECT_EQ(warm.head_at(*l.reader, head.groups)->peaks, head.peaks);
      EXPECT_EQ(warm.head_at(*l.reader, head.groups)->seq, head.seq);
    }
    EXPECT_EQ(warm.prove(*l.reader, 0, l.heads.back()).error().code, "store.no_such_record");
    EXPECT_EQ(warm.head_at(*l.reader, groups + 1).error().code, "store.no_such_record");
    EXPECT_EQ(warm.head_at(*l.reader, 0).error().code, "store.no_such_record");
  }
}

// Past 1,024 groups whole blocks are remembered: a Prover that has them and one that has not say the same.
TEST(Proof, RememberedBlocksChangeNothing) {
  Ledger l(7, 2'500, 2);
  Prover warm(kCentre);
  std::mt19937 random(8);
  for (int i = 0; i < 60; ++i) {
    const auto& head = l.heads[i % 3 == 0 ? l.heads.size() - 1 : random() % l.heads.size()];
    const auto seq = 1 + static_cast<std::int64_t>(random()) % head.seq;
    const auto p = warm.prove(*l.reader, seq, head);
    ASSERT_TRUE(p.ok());
    ASSERT_TRUE(verify_proof(l.records[static_cast<std::size_t>(seq - 1)], *p, hash_of(head)));
    if (i % 10 == 0) {
      const auto cold = Prover(kCentre).prove(*l.reader, seq, head);
      ASSERT_TRUE(cold.ok());
      EXPECT_EQ(cold->in_mountain, p->in_mountain);
      EXPECT_EQ(cold->in_group, p->in_group);
      EXPECT_EQ(Prover(kCentre).head_at(*l.reader, head.groups)->peaks, head.peaks);
    }
  }
}

TEST(Proof, NothingInItCanBeChanged) {
  Ledger l(11, 21, 6);
  Prover prover(kCentre);
  std::mt19937 random(12);
  for (int i = 0; i < 12; ++i) {
    const auto& head = l.heads[random() % l.heads.size()];
    const auto digest = hash_of(head);
    const auto seq = 1 + static_cast<std::int64_t>(random()) % head.seq;
    const auto proof = prover.prove(*l.reader, seq, head).value();
    const auto record = l.records[static_cast<std::size_t>(seq - 1)];
    ASSERT_TRUE(verify_proof(record, proof, digest));
    for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
      auto changed = record;
      flip(changed, bit);
      ASSERT_FALSE(verify_proof(changed, proof, digest)) << "record, bit " << bit;
    }
    const auto refused = [&](const char* what, auto change) {
      auto p = proof;
      change(p);
      EXPECT_FALSE(verify_proof(record, p, digest)) << what;
    };
    for (std::size_t bit = 0; bit < 256; ++bit) {
      for (std::size_t n = 0; n < proof.in_group.size(); ++n) refused("path in the group", [&](Proof& p) { flip(p.in_group[n], bit); });
      for (std::size_t n = 0; n < proof.in_mountain.size(); ++n) refused("path in the mountain", [&](Proof& p) { flip(p.in_mountain[n], bit); });
      auto other = digest;
      flip(other, bit);
      EXPECT_FALSE(verify_proof(record, proof, other));
    }
    for (std::size_t bit = 0; bit < proof.head.peaks.size() * 8; ++bit) refused("peaks", [&](Proof& p) { flip(p.head.peaks, bit); });
    using Field = std::int64_t Proof::*;
    for (const Field f : {&Proof::seq, &Proof::group, &Proof::first_seq, &Proof::count, &Proof::recorded_at})
      for (int bit = 0; bit < 64; ++bit)
        refused("a number of the group", [&](Proof& p) { p.*f = static_cast<std::int64_t>(static_cast<std::uint64_t>(p.*f) ^ (std::uint64_t{1} << bit)); });
    using HeadField = std::int64_t HeadRow::*;
    for (const HeadField f : {&HeadRow::seq, &HeadRow::groups, &HeadRow::recorded_at})
      for (int bit = 0; bit < 64; ++bit)
        refused("a number of the head", [&](Proof& p) { p.head.*f = static_cast<std::int64_t>(static_cast<std::uint64_t>(p.head.*f) ^ (std::uint64_t{1} << bit)); });
    refused("centre", [](Proof& p) { p.centre.value ^= 1; });
    refused("a longer path", [](Proof& p) { p.in_group.emplace_back(); });
    refused("a longer mountain", [](Proof& p) { p.in_mountain.emplace_back(); });
    refused("no peaks", [](Proof& p) { p.head.peaks.clear(); });
    if (!proof.in_group.empty()) refused("a shorter path", [](Proof& p) { p.in_group.pop_back(); });
    if (!proof.in_mountain.empty()) refused("a shorter mountain", [](Proof& p) { p.in_mountain.pop_back(); });
  }
}

// A head that the ledger does not lead to gives a refusal, never a proof that fails later.
TEST(Proof, ADamagedLedgerIsRefused) {
  Ledger l(13, 9, 4);
  auto head = l.heads.back();
  head.peaks[3] = static_cast<char>(head.peaks[3] ^ 1);
  EXPECT_EQ(Prover(kCentre).prove(*l.reader, 2, head).error().code, "store.ledger_differs");
  head = l.heads.back();
  head.groups += 2;  // 11 groups have three peaks
  EXPECT_EQ(Prover(kCentre).prove(*l.reader, 2, head).error().code, "store.ledger_differs");
  head = l.heads.back();
  head.seq += 1;
  EXPECT_EQ(Prover(kCentre).prove(*l.reader, head.seq, head).error().code, "store.ledger_differs");
}

TEST(SignedHead, SaysWhatIsWrong) {
  const auto key = crypto::Sm2PrivateKey::generate();
  const HeadRow head{5, 3, 1'718'586'000'000, 9, std::string(64, 'p')};
  const auto good = sign_head(key, kCentre, head);
  EXPECT_EQ(check_head(good, key.public_key()), HeadFault::none);
  EXPECT_EQ(check_head(good, crypto::Sm2PrivateKey::generate().public_key()), HeadFault::other_key);
  auto changed = good;
  changed.head.seq = 6;
  EXPECT_EQ(check_head(changed, key.public_key()), HeadFault::hash);
  changed = good;
  changed.head.peaks[40] ^= 1;
  EXPECT_EQ(check_head(changed, key.public_key()), HeadFault::hash);
  // Made to fit itself, but not signed so.
  changed.hash = LedgerHash().head(kCentre, changed.head);
  EXPECT_EQ(check_head(changed, key.public_key()), HeadFault::signature);
  changed = good;
  flip(changed.signature, 90);
  EXPECT_EQ(check_head(changed, key.public_key()), HeadFault::signature);
  // The bare hash was never signed.
  EXPECT_FALSE(key.public_key().verify(crypto::bytes(good.hash), good.signature));
}

TEST(SignedHead, SignsOnlyWhenItMust) {
  const auto key = crypto::Sm2PrivateKey::generate();
  HeadSigner s(key, kCentre);
  const auto head = [](std::int64_t seq) { return HeadRow{seq, seq, 1'000 + seq, 0, {}}; };
  constexpr std::int64_t kSecond = 1'000'000'000;
  EXPECT_EQ(s.latest(head(1), 0).head.seq, 1);
  EXPECT_EQ(s.latest(head(2), kSecond - 1).head.seq, 1) << "within the second";
  EXPECT_EQ(s.signatures(), 1);
  EXPECT_EQ(s.latest(head(2), kSecond).head.seq, 2);
  EXPECT_EQ(s.latest(head(2), 9 * kSecond).head.seq, 2);
  EXPECT_EQ(s.signatures(), 2) << "nothing moved";
  EXPECT_EQ(s.covering(2, head(3), 9 * kSecond).head.seq, 2) << "the kept one reaches so far";
  EXPECT_EQ(s.signatures(), 2);
  EXPECT_EQ(s.covering(3, head(3), 9 * kSecond).head.seq, 3) << "a receipt does not wait for the second";
  EXPECT_EQ(s.signatures(), 3);
  EXPECT_EQ(s.latest(head(1), 99 * kSecond).head.seq, 3) << "never back";
  EXPECT_EQ(check_head(s.latest(head(1), 99 * kSecond), key.public_key()), HeadFault::none);
}
