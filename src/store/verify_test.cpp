#include "store/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

#include "store/backup.h"
#include "store/merkle.h"
#include "store/record.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::store;

namespace {
constexpr CentreCode kCentre{510000};

// A ledger of `groups` groups of growing size, written as the lane writes it.
void write_ledger(Writer& w, int groups) {
  LedgerHash h;
  HeadRow head;
  for (int g = 1; g <= groups; ++g) {
    const HeadRow before = head;
    w.begin();
    std::vector<crypto::Digest> leaves;
    GroupRow row{g, head.seq + 1, 1 + g % 5, 1'000 + g, {}};
    for (int i = 0; i < row.count; ++i) {
      Record r;
      r.name = "toy.happened/1";
      r.stream = "toy:1";
      r.recorded_at = r.effective_at = {1'000 + g};
      const std::string body = "{\"unmistakable\":" + std::to_string(100'000 + head.seq) + "}";
      r.body = body;
      std::string bytes;
      encode(r, bytes);
      ++head.seq;
      leaves.push_back(h.leaf(kCentre, head.seq, bytes));
      w.append_event(kCentre, {head.seq, crypto::bytes(leaves.back()).substr(0, 8), bytes});
    }
    row.root = crypto::bytes(h.root(leaves));
    head.groups = g;
    head.recorded_at = row.recorded_at;
    h.add_peak(head.peaks, g, h.group(kCentre, row));
    w.append_group(kCentre, row);
    w.advance_head(kCentre, before, head);
    w.commit();
  }
}

Verified verify_directory(const std::string& dir) {
  auto s = open_sqlite(dir, Mode::read);
  EXPECT_TRUE(s.ok());
  return verify(*s.value()->open_reader(), kCentre);
}
}  // namespace

TEST(Verify, AWholeLedgerIsWhole) {
  TemporaryDirectory dir;
  {
    auto s = open_sqlite(dir.path(), Mode::write);
    write_ledger(s.value()->writer(), 40);
    const auto v = verify(s.value()->writer().reader(), kCentre);
    EXPECT_FALSE(v.broken) << *v.broken;
    EXPECT_EQ(v.groups, 40);
    EXPECT_EQ(v.head_hash.size(), 64u);
    EXPECT_EQ(centres(s.value()->writer().reader()), std::vector<CentreCode>{kCentre});
  }
  EXPECT_FALSE(verify_directory(dir.path()).broken);
}

// Any one byte of a record, found wherever it lies in the file.
TEST(Verify, AFlippedByteIsFoundAndNamed) {
  TemporaryDirectory dir;
  {
    auto s = open_sqlite(dir.path(), Mode::write);
    write_ledger(s.value()->writer(), 30);
    s.value()->writer().checkpoint();
  }
  const std::string file = dir.path() + "/yichuang.db";
  std::ifstream in(file, std::ios::binary);
  const std::string good((std::istreambuf_iterator<char>(in)), {});
  for (int seq : {1, 17, 60}) {
    const std::string needle = "{\"unmistakable\":" + std::to_string(100'000 + seq - 1) + "}";
    const auto at = good.find(needle);
    ASSERT_NE(at, good.npos);
    ASSERT_EQ(good.find(needle, at + 1), good.npos);
    for (std::size_t offset : {std::size_t{2}, needle.size() - 2}) {
      std::string bad = good;
      bad[at + offset] ^= 1;
      std::ofstream(file, std::ios::binary | std::ios::trunc) << bad;
      const auto v = verify_directory(dir.path());
      ASSERT_TRUE(v.broken);
      EXPECT_EQ(v.broken_seq, seq) << *v.broken;
    }
  }
}

// Whoever takes the head away, or moves its time, does not make the ledger empty or the clock wrong unnoticed.
TEST(Verify, AHeadThatWasTouchedIsFound) {
  TemporaryDirectory dir;
  auto s = open_sqlite(dir.path(), Mode::write);
  auto& w = s.value()->writer();
  write_ledger(w, 5);
  auto head = w.reader().head(kCentre);
  const auto before = head;
  head.recorded_at += 1'000;
  w.begin();
  w.advance_head(kCentre, before, head);
  w.commit();
  EXPECT_TRUE(verify(w.reader(), kCentre).broken);
  const View heads{"ledger_head", 1, ViewKind::guard, 1, {{"centre", Type::integer}}};
  w.begin();
  w.change(heads, "ledger_head", {{kCentre.value}, RowChange::Kind::remove});
  w.commit();
  EXPECT_EQ(centres(w.reader()), std::vector<CentreCode>{kCentre});
  EXPECT_TRUE(verify(w.reader(), kCentre).broken);
}

TEST(Verify, CutOrExtendedLedgersAreFound) {
  TemporaryDirectory dir;
  auto s = open_sqlite(dir.path(), Mode::write);
  auto& w = s.value()->writer();
  write_ledger(w, 10);
  const auto head = w.reader().head(kCentre);
  HeadRow shorter = head;
  shorter.seq -= 1;
  w.begin();
  w.advance_head(kCentre, head, shorter);
  w.commit();
  EXPECT_TRUE(verify(w.reader(), kCentre).broken);
  w.begin();
  w.advance_head(kCentre, shorter, head);
  w.append_event(kCentre, {head.seq + 1, "12345678", "x"});
  w.commit();
  const auto v = verify(w.reader(), kCentre);
  ASSERT_TRUE(v.broken);
  EXPECT_EQ(v.broken_seq, head.seq + 1);
}

TEST(Backup, IsOneMomentOfALedgerThatGrows) {
  TemporaryDirectory dir, copies;
  auto s = open_sqlite(dir.path(), Mode::write);
  ASSERT_TRUE(s.ok());
  std::thread writer([&] { write_ledger(s.value()->writer(), 150); });
  std::int64_t last = 0;
  for (int i = 0; i < 8; ++i) {
    const auto to = copies.path() + "/" + std::to_string(i);
    std::filesystem::create_directory(to);
    ASSERT_TRUE(backup_sqlite(dir.path() + "/yichuang.db", to + "/yichuang.db"));
    const auto v = verify_directory(to);
    EXPECT_FALSE(v.broken) << *v.broken;
    EXPECT_GE(v.events, last);
    last = v.events;
  }
  writer.join();
  const auto to = copies.path() + "/last";
  std::filesystem::create_directory(to);
  ASSERT_TRUE(backup_sqlite(dir.path() + "/yichuang.db", to + "/yichuang.db"));
  EXPECT_EQ(verify_directory(to).head_hash, verify_directory(dir.path()).head_hash);
  EXPECT_TRUE(open_sqlite(to, Mode::write).ok());  // a copy lives on as any other
  EXPECT_EQ(backup_sqlite(dir.path() + "/yichuang.db", to + "/yichuang.db").error().code, "store.backup_failed");
  EXPECT_EQ(backup_sqlite(dir.path() + "/none.db", to + "/none.db").error().code, "store.missing");
}
