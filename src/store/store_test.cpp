#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

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

TEST(Store, TheLockIsOneOfADirectoryAndNotOfAFileThatIsGone) {
  TemporaryDirectory dir;
  const auto data = dir.path() + "/a/b";
  {
    auto lock = lock_directory(data);
    ASSERT_TRUE(lock.ok()) << lock.error().sentence;
    EXPECT_EQ(open_sqlite(data, Mode::write).error().code, "store.locked");
    EXPECT_FALSE(std::filesystem::exists(data + "/yichuang.db"));
    struct stat st {};
    ASSERT_EQ(::stat(data.c_str(), &st), 0);
    EXPECT_EQ(st.st_mode & 0777, 0700u);
  }
  EXPECT_TRUE(open_sqlite(data, Mode::write).ok());
  std::filesystem::create_symlink("b", dir.path() + "/a/link");
  auto by_link = open_sqlite(dir.path() + "/a/link", Mode::write);
  ASSERT_TRUE(by_link.ok()) << by_link.error().sentence;
  EXPECT_EQ(lock_directory(data).error().code, "store.locked");
  const auto other = dir.path() + "/other";
  std::filesystem::create_directory(other);
  std::filesystem::create_symlink(data + "/lock", other + "/lock");
  EXPECT_EQ(lock_directory(other).error().code, "store.unusable");
  std::ofstream(dir.path() + "/file") << "x";
  EXPECT_EQ(lock_directory(dir.path() + "/file").error().code, "store.unusable");
  EXPECT_EQ(lock_directory(dir.path() + "/file/below").error().code, "store.unusable");
  std::filesystem::create_symlink("nowhere", dir.path() + "/dangling");
  EXPECT_EQ(lock_directory(dir.path() + "/dangling").error().code, "store.unusable");
}

TEST(Store, TheFilesAreTheirOwnersAloneWhateverTheUmask) {
  TemporaryDirectory dir;
  const auto old = ::umask(0);
  const auto data = dir.path() + "/data";
  {
    auto s = open_sqlite(data, Mode::write);
    auto reader = s.value()->open_reader();
    for (const char* name : {"yichuang.db", "yichuang.db-wal", "yichuang.db-shm", "lock"}) {
      struct stat st {};
      ASSERT_EQ(::stat((data + "/" + name).c_str(), &st), 0) << name;
      EXPECT_EQ(st.st_mode & 0777, 0600u) << name;
    }
  }
  ::umask(old);
  std::filesystem::create_directory(dir.path() + "/other");
  std::filesystem::create_symlink(data + "/yichuang.db", dir.path() + "/other/yichuang.db");
  EXPECT_EQ(open_sqlite(dir.path() + "/other", Mode::write).error().code, "store.unusable");
  EXPECT_EQ(open_sqlite(dir.path() + "/other", Mode::read).error().code, "store.unusable");
}

TEST(Store, APlaceWithoutAWriteAheadLogIsRefused) {
  TemporaryDirectory dir;
  sqlite3_vfs* usual = sqlite3_vfs_find(nullptr);
  sqlite3_vfs_register(sqlite3_vfs_find("unix-dotfile"), 1);  // has no shared memory, as a network's file system
  const auto refused = open_sqlite(dir.path(), Mode::write);
  sqlite3_vfs_register(usual, 1);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "store.unusable");
  EXPECT_NE(refused.error().sentence.find("WAL"), std::string::npos) << refused.error().sentence;
  EXPECT_TRUE(open_sqlite(dir.path(), Mode::write).ok());
}

TEST(Store, BytesAreKeptAsBytes) {
  const View view{"toy_bytes", 1, ViewKind::guard, 2,
                  {{"centre", Type::integer}, {"id", Type::bytes}, {"name", Type::text}, {"digest", Type::bytes}}};
  TemporaryDirectory dir;
  auto s = open_sqlite(dir.path(), Mode::write);
  auto& w = s.value()->writer();
  const std::string id("\x00\xff\x41", 3);
  w.begin();
  w.ensure_view(view);
  w.change(view, view.name, {{510000, id, "n", Value()}});
  w.change(view, view.name, {{510000, id, "n", id}});
  w.change(view, view.name, {{510000, "other", "n", id}, RowChange::Kind::insert});
  w.change(view, view.name, {{510000, "other"}, RowChange::Kind::remove});
  w.commit();
  auto reader = s.value()->open_reader();
  // Text never equals bytes, so these tell them apart.
  const auto found = [&](const Row& row) {
    return reader->select("SELECT name FROM toy_bytes WHERE id=$1 AND name=$2 AND digest=$3", row)->next();
  };
  EXPECT_TRUE(found({Value::blob(id), "n", Value::blob(id)}));
  EXPECT_FALSE(found({id, "n", Value::blob(id)}));
  EXPECT_FALSE(found({Value::blob(id), Value::blob("n"), Value::blob(id)}));
  EXPECT_FALSE(found({Value::blob(id), "n", id}));
  EXPECT_EQ(all(*reader, view), (std::vector<Row>{{510000, id, "n", id}}));
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
  reader->end_snapshot();  // destructors may: nothing happens
  EXPECT_EQ(all(*reader, kView).size(), 1u);
  w.begin();
  w.change(kView, kView.name, {{510000, "b", 1, 1, "x", "x"}});
  w.rollback();
  EXPECT_EQ(all(*reader, kView).size(), 1u);
}
