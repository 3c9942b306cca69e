#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "store/database.h"
#include "store/row_buffer.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::store;

namespace {
const View kView{"toy_count", 1, ViewKind::report, 3,
                 {{"centre", Type::integer}, {"name", Type::text}, {"day", Type::integer},
                  {"n", Type::integer, Merge::add}, {"last", Type::text}, {"first", Type::text, Merge::keep}},
                 {{"centre", "day"}}};

std::vector<Row> all(Reader& r, const View& v) {
  std::vector<Row> out;
  auto c = r.select(select_all_sql(v, v.name), {});
  while (c->next()) out.push_back(read_row(v, *c));
  return out;
}
}  // namespace

TEST(Store, SecondWriterIsRefusedAndReadersAreNot) {
  TemporaryDirectory dir;
  auto first = open_sqlite(dir.path(), Mode::write);
  ASSERT_TRUE(first.ok());
  auto second = open_sqlite(dir.path(), Mode::write);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, "store.locked");
  EXPECT_TRUE(open_sqlite(dir.path(), Mode::read).ok());
  first.value().reset();
  EXPECT_TRUE(open_sqlite(dir.path(), Mode::write).ok());
}

TEST(Store, WhatIsNotOursIsRefused) {
  TemporaryDirectory dir;
  EXPECT_EQ(open_sqlite(dir.path(), Mode::read).error().code, "store.missing");
  std::ofstream(dir.path() + "/yichuang.db") << "this is not a database, it is a letter to the editor of some length";
  EXPECT_EQ(open_sqlite(dir.path(), Mode::write).error().code, "store.unusable");
  std::filesystem::remove(dir.path() + "/yichuang.db");
  {
    auto s = open_sqlite(dir.path(), Mode::write);
    s.value()->writer().begin();
    s.value()->writer().put_meta("schema", "9");
    s.value()->writer().commit();
  }
  EXPECT_EQ(open_sqlite(dir.path(), Mode::write).error().code, "store.newer");
}

TEST(Store, MergeRulesAreTheSameInMemoryAndInTheTable) {
  TemporaryDirectory dir;
  auto s = open_sqlite(dir.path(), Mode::write);
  auto& w = s.value()->writer();
  w.begin();
  w.ensure_view(kView);
  View plain = kView;
  plain.name = "toy_plain";
  w.ensure_view(plain);
  std::mt19937 random(11);
  RowBuffer buffer(kView);
  for (int i = 0; i < 3000; ++i) {
    Row row{510000, "n" + std::to_string(random() % 7), static_cast<int>(random() % 5) - 2,
            static_cast<int>(random() % 10), "v" + std::to_string(i), "v" + std::to_string(i)};
    const bool remove = random() % 20 == 0;
    if (remove) {
      buffer.remove(Row(row.begin(), row.begin() + 3));
      w.change(plain, plain.name, {Row(row.begin(), row.begin() + 3), RowChange::Kind::remove});
    } else {
      buffer.put(row);
      w.change(plain, plain.name, {row});
    }
    if (random() % 50 == 0) buffer.flush(w, kView.name);
  }
  buffer.flush(w, kView.name);
  w.commit();
  auto reader = s.value()->open_reader();
  const auto merged = all(*reader, kView), one_by_one = all(*reader, plain);
  EXPECT_GT(merged.size(), 20u);
  EXPECT_EQ(merged, one_by_one);
}

TEST(Store, AReaderSeesOneStateDuringASnapshot) {
  TemporaryDirectory dir;
  auto s = open_sqlite(dir.path(), Mode::write);
  auto& w = s.value()->writer();
  w.begin();
  w.ensure_view(kView);
  w.commit();
  auto reader = s.value()->open_reader();
  reader->begin_snapshot();
  EXPECT_EQ(all(*reader, kView).size(), 0u);
  w.begin();
  w.change(kView, kView.name, {{510000, "a", 1, 1, "x", "x"}});
  w.commit();
  EXPECT_EQ(all(*reader, kView).size(), 0u);
  reader->end_snapshot();
  EXPECT_EQ(all(*reader, kView).size(), 1u);
  w.begin();
  w.change(kView, kView.name, {{510000, "b", 1, 1, "x", "x"}});
  w.rollback();
  EXPECT_EQ(all(*reader, kView).size(), 1u);
}
