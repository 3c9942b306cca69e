#include "app/backup.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

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

}  // namespace
}  // namespace yi::app
