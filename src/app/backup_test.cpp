#include "app/backup.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/data_directory.h"
#include "files/store.h"
#include "store/key_vault.h"
#include "store/database.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

namespace fs = std::filesystem;

class Backup : public testing::Test {
 protected:
  void SetUp() override {
    data = dir.path() + "/data";
    auto s = store::open_sqlite(data, store::Mode::write);
    ASSERT_TRUE(s);
    s.value()->writer().begin();
    s.value()->writer().put_meta("name", "here");
    s.value()->writer().commit();
    auto files = files::FileStore::open(data, {}).value();
    for (const char* text : {"one", "two"}) {
      auto in = files->begin({"text/plain", text, {}}).value();
      ASSERT_TRUE(in->write(text));
      ids.push_back(in->finish()->id);
    }
    for (const char* name : {"sm2.key", "sm2.pub", "operator.token"}) std::ofstream(data + "/" + name) << name;
    fs::permissions(data + "/sm2.key", fs::perms::owner_read | fs::perms::owner_write);
    for (const char* beside : {"/identity.db", "/drafts.db"}) fs::copy_file(data + "/yichuang.db", data + beside);
    sealed = store::KeyVault::open(data, {510000}, {}, store::KeyAccess::make).value()->seal_text("{}", {1}, kPlace);
  }
  static constexpr store::SealedPlace kPlace{{510000}, "toy.asked/1", "toy:1"};
  std::string sealed;
  store::TemporaryDirectory dir;
  std::string data;
  std::vector<files::FileId> ids;
};

TEST_F(Backup, HasAllButTheKeysAndComesBack) {
  const auto to = dir.path() + "/copy", keys = dir.path() + "/keys", again = dir.path() + "/again";
  const auto done = backup({data}, to, keys);
  ASSERT_TRUE(done) << done.error().sentence;
  EXPECT_EQ(done->databases, 3);
  EXPECT_EQ(done->files, 2);
  EXPECT_EQ(done->keys, 3);
  for (const auto& e : fs::recursive_directory_iterator(to)) {
    EXPECT_EQ(e.path().string().find("sm2.key"), std::string::npos);
    EXPECT_EQ(e.path().string().find("token"), std::string::npos);
    EXPECT_EQ(e.path().filename().string().find("keys"), std::string::npos);
  }
  EXPECT_TRUE(fs::exists(to + "/sm2.pub"));
  struct stat mode {};
  ASSERT_EQ(::stat((keys + "/sm2.key").c_str(), &mode), 0);
  EXPECT_EQ(mode.st_mode & 0777U, 0600U);
  const auto back = restore(to, keys, {again});
  ASSERT_TRUE(back) << back.error().sentence;
  EXPECT_EQ(back->files, 2);
  EXPECT_EQ(store::KeyVault::open(again, {510000}, {}, store::KeyAccess::make).value()->open_text(sealed, {1}, kPlace), "{}");
  auto s = store::open_sqlite(again, store::Mode::write);
  EXPECT_EQ(s.value()->writer().reader().meta("name"), "here");
  auto files = files::FileStore::open(again, {}).value();
  std::string text;
  ASSERT_TRUE(files->read(ids[1]).value()->read(text));
  EXPECT_EQ(text, "two");
  // One that goes there does not go here.
  EXPECT_TRUE(files->remove(ids[0]));
  EXPECT_EQ(files::verify(to).files, 2);
}

TEST_F(Backup, IsNeverWrittenOverAnythingNorRestoredWhenBroken) {
  const auto to = dir.path() + "/copy";
  EXPECT_EQ(backup({data}, data, "").error().code, "app.not_empty");
  EXPECT_EQ(backup({dir.path() + "/none"}, to, "").error().code, "store.missing");
  ASSERT_TRUE(backup({data}, to, ""));
  EXPECT_EQ(restore(to, "", {data}).error().code, "app.not_empty");
  const auto path = files::path_of(to, ids[0]);
  fs::remove(path);
  std::ofstream(path) << "another";
  const auto again = dir.path() + "/again";
  EXPECT_EQ(restore(to, "", {again}).error().code, "app.broken_backup");
  EXPECT_TRUE(fs::is_empty(again));
}

TEST_F(Backup, HasTheFilesOfAConfiguredFolder) {
  const auto shared = dir.path() + "/shared", to = dir.path() + "/copy", again = dir.path() + "/again", elsewhere = dir.path() + "/elsewhere";
  EXPECT_EQ(backup({{data}, shared}, to, "").error().code, "app.files_missing");
  fs::create_directory(shared);
  EXPECT_EQ(backup({{data}, shared}, to, "").error().code, "app.empty_ledger");  // nobody's
  fs::remove(data + "/identity.db");
  {
    auto s = store::open_sqlite(data, store::Mode::write);
    s.value()->writer().begin();
    s.value()->writer().put_meta("centre", "510000");
    s.value()->writer().commit();
  }
  EXPECT_EQ(backup({{data}, shared}, to, "").error().code, "app.files_missing") << "an empty place where a disk should be mounted";
  EXPECT_FALSE(fs::exists(to)) << "before anything is written";
  const files::Folder folder(data, shared, {510000});
  fs::rename(data + "/files", folder.path);
  ASSERT_TRUE(fs::exists(files::path_of(folder, ids[0])));
  const auto done = backup({{data}, shared}, to, "");
  ASSERT_TRUE(done) << done.error().sentence;
  EXPECT_EQ(done->files, 2);
  EXPECT_EQ(files::verify(to).files, 2);

  EXPECT_EQ(restore(to, "", {{again}, elsewhere}).error().code, "app.files_missing");
  // Of a folder that survived, with one file left and one of another's.
  const files::Folder back(again, elsewhere, {510000});
  fs::create_directories(fs::path(files::path_of(back, ids[0])).parent_path());
  fs::copy_file(files::path_of(folder, ids[0]), files::path_of(back, ids[0]));
  const auto restored = restore(to, "", {{again}, elsewhere});
  ASSERT_TRUE(restored) << restored.error().sentence;
  EXPECT_EQ(restored->files, 2);
  EXPECT_EQ(files::verify(back).files, 2);
  EXPECT_FALSE(files::verify(back).broken);
  EXPECT_FALSE(fs::exists(again + "/files"));
  // One that a disk has spoilt is named, and nothing is in place.
  const auto spoilt = files::path_of(back, ids[1]), third = dir.path() + "/third";
  fs::remove(spoilt);
  std::ofstream(spoilt) << "another";
  const auto refused = restore(to, "", {{third}, elsewhere});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "app.files_damaged");
  EXPECT_TRUE(fs::is_empty(third));
  fs::remove(spoilt);
  EXPECT_TRUE(restore(to, "", {{third}, elsewhere}));
}

TEST_F(Backup, SaysWhenTheMasterKeyLiesElsewhere) {
  const auto keys = dir.path() + "/keys";
  const auto with = backup({data}, dir.path() + "/copy-1", keys);
  ASSERT_TRUE(with);
  EXPECT_TRUE(with->master);
  fs::remove_all(keys);
  KeptCentre elsewhere{data};
  elsewhere.keys.master_key_file = dir.path() + "/master";
  fs::copy_file(data + "/keys/master", elsewhere.keys.master_key_file);
  const auto without = backup(elsewhere, dir.path() + "/copy-2", keys);
  ASSERT_TRUE(without);
  EXPECT_FALSE(without->master);
  EXPECT_FALSE(fs::exists(keys + "/keys/master")) << "what lies there beside it is an old one";
  EXPECT_EQ(without->keys, 2);
}

// A service's account may write its own directory and nothing beside it.
TEST_F(Backup, IsRestoredWithinTheDirectoryAlone) {
  const auto to = dir.path() + "/copy", parent = dir.path() + "/lib", again = parent + "/yichuang";
  ASSERT_TRUE(backup({data}, to, ""));
  fs::create_directories(again);
  const auto before = fs::last_write_time(parent);
  const auto inode = [&] {
    struct stat s {};
    return ::stat(again.c_str(), &s) == 0 ? s.st_ino : 0;
  };
  const auto same = inode();
  ASSERT_TRUE(restore(to, "", {again}));
  EXPECT_EQ(fs::last_write_time(parent), before);
  EXPECT_EQ(inode(), same) << "it may be a mount";
  EXPECT_FALSE(fs::exists(restoring_place(again)));
  EXPECT_TRUE(settle(again).ok());
}

TEST_F(Backup, WhateverStepACrashFollowsNobodyStartsInHalfOfIt) {
  const auto to = dir.path() + "/copy", keys = dir.path() + "/keys";
  ASSERT_TRUE(backup({data}, to, keys));
  int unfinished = 0;
  for (int step = 0;; ++step) {
    SCOPED_TRACE(step);
    const auto again = dir.path() + "/again-" + std::to_string(step);
    const pid_t child = ::fork();
    if (child == 0) {
      int n = 0;
      ::_exit(restore(to, keys, {again}, [&] {
                if (n++ == step) ::_exit(77);
              }).ok() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    const auto settled = settle(again);
    if (!settled) {
      ++unfinished;
      EXPECT_EQ(settled.error().code, "app.restore_unfinished");
      EXPECT_FALSE(has_ledger(again));
      ASSERT_TRUE(restore(to, keys, {again})) << "and again";
    }
    EXPECT_TRUE(settle(again).ok());
    EXPECT_EQ(store::open_sqlite(again, store::Mode::write).value()->writer().reader().meta("name"), "here");
    EXPECT_EQ(files::verify(again).files, 2);
    EXPECT_EQ(store::KeyVault::open(again, {510000}, {}, store::KeyAccess::make).value()->open_text(sealed, {1}, kPlace), "{}");
    if (WEXITSTATUS(status) == 0) break;
    ASSERT_EQ(WEXITSTATUS(status), 77);
  }
  EXPECT_GE(unfinished, 4);
}

}  // namespace
}  // namespace yi::app
