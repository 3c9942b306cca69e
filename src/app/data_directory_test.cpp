#include "app/data_directory.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/console.h"
#include "store/database.h"
#include "store/temporary_directory.h"

using namespace yi;
using namespace yi::app;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& p, const std::string& text) { std::ofstream(p) << text; }
std::string read(const fs::path& p) {
  std::ifstream in(p);
  return {std::istreambuf_iterator<char>(in), {}};
}

void make_database(const std::string& directory, const std::string& name) {
  auto s = store::open_sqlite(directory, store::Mode::write);
  ASSERT_TRUE(s.ok()) << s.error().sentence;
  auto& w = s.value()->writer();
  w.begin();
  w.put_meta("name", name);
  w.commit();
}

// A centre whose last commit stands in the log alone, as a crash leaves it: database and log must stay together.
void make_crashed_centre(const std::string& directory) {
  store::TemporaryDirectory work;
  make_database(work.path(), "early");
  auto s = store::open_sqlite(work.path(), store::Mode::write);
  auto& w = s.value()->writer();
  w.begin();
  w.put_meta("name", "old");
  w.commit();
  fs::create_directories(directory + "/bulletins");
  for (const char* f : {"yichuang.db", "yichuang.db-wal"}) fs::copy_file(work.path() + "/" + f, directory + "/" + f);
  write(directory + "/operator.token", "the old token");
  fs::create_directories(directory + "/keys");
  write(directory + "/keys/data-keys", "old");
  write(directory + "/bulletins/paper.txt", "the old paper");
}

// Which centre the directory opens with; that the rest of it is of the same centre.
std::string centre_of(const std::string& directory) {
  auto s = store::open_sqlite(directory, store::Mode::write);
  if (!s) return s.error().code;
  const auto name = s.value()->writer().reader().meta("name").value_or("none");
  EXPECT_EQ(fs::exists(directory + "/operator.token"), name == "old");
  EXPECT_EQ(read(directory + "/keys/data-keys"), name);  // a ledger without its own keys is lost to everybody
  EXPECT_EQ(fs::exists(directory + "/bulletins/paper.txt"), name == "old");
  return name;
}

void expect_tidy(const std::string& directory) {
  for (const auto& e : fs::directory_iterator(directory))
    EXPECT_FALSE(e.path().filename().string().starts_with(".")) << e.path();
}

}  // namespace

TEST(DataDirectory, WhateverStepACrashFollowsOneCentreIsThereWhole) {
  int old_ones = 0, new_ones = 0;
  for (int step = 0;; ++step) {
    SCOPED_TRACE(step);
    store::TemporaryDirectory place;
    const auto data = place.path() + "/data";
    make_crashed_centre(data);
    make_database(building_place(data), "new");
    fs::create_directories(building_place(data) + "/keys");
    write(building_place(data) + "/keys/data-keys", "new");
    const pid_t child = ::fork();
    if (child == 0) {
      int n = 0;
      ::_exit(take_in(data, [&] {
                if (n++ == step) ::_exit(77);
              }).ok() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_TRUE(check_ours(data).ok());
    ASSERT_TRUE(settle(data).ok());
    const auto name = centre_of(data);
    EXPECT_TRUE(name == "old" || name == "new") << name;
    (name == "old" ? old_ones : new_ones) += 1;
    expect_tidy(data);
    if (WEXITSTATUS(status) == 0) {
      EXPECT_EQ(name, "new");
      break;
    }
    ASSERT_EQ(WEXITSTATUS(status), 77);
  }
  EXPECT_GE(old_ones, 5);
  EXPECT_GE(new_ones, 3);
}

TEST(DataDirectory, AMendThatIsItselfEndedIsMadeGoodByTheNext) {
  store::TemporaryDirectory place;
  const auto data = place.path() + "/data", old = data + "/.yichuang-old";
  make_crashed_centre(data);
  fs::create_directory(old);
  // The log and the token are back already, the database is not.
  fs::rename(data + "/yichuang.db", old + "/yichuang.db");
  fs::rename(data + "/bulletins", old + "/bulletins");
  ASSERT_TRUE(settle(data).ok());
  EXPECT_EQ(centre_of(data), "old");
  expect_tidy(data);
}

TEST(DataDirectory, WhatCannotBeTakenInLeavesTheOldCentre) {
  store::TemporaryDirectory place;
  const auto data = place.path() + "/data";
  make_crashed_centre(data);
  fs::create_directory(building_place(data));
  EXPECT_EQ(take_in(data).error().code, "app.cannot_write");  // nothing was built
  EXPECT_EQ(centre_of(data), "old");
  expect_tidy(data);
  make_database(building_place(data), "new");
  write(building_place(data) + "/yichuang.db-wal", "a log that was not written back");
  EXPECT_EQ(take_in(data).error().code, "app.cannot_write");
  EXPECT_EQ(centre_of(data), "old");
}

TEST(DataDirectory, SettlingWaitsForNobodyAndTouchesNothingOfAnother) {
  store::TemporaryDirectory place;
  const auto data = place.path() + "/data";
  make_database(data, "old");
  make_database(building_place(data), "new");
  auto writer = store::open_sqlite(data, store::Mode::write);
  EXPECT_EQ(settle(data).error().code, "store.locked");
  EXPECT_TRUE(has_ledger(building_place(data)));
  writer.value().reset();
  EXPECT_TRUE(settle(data).ok());
  EXPECT_FALSE(fs::exists(building_place(data)));
  EXPECT_TRUE(fs::exists(data + "/lock"));
}

TEST(DataDirectory, OnlyWhatIsOursByNameIsOurs) {
  store::TemporaryDirectory place;
  const auto data = place.path() + "/data";
  make_database(data, "old");
  fs::create_directory(data + "/bulletins");
  EXPECT_TRUE(check_ours(data).ok());
  for (const char* name : {"yichuang.db.bak", "yichuang.db-2023", ".building", "thesis.txt"}) {
    write(data + "/" + name, "mine");
    const auto r = check_ours(data);
    ASSERT_FALSE(r.ok()) << name;
    EXPECT_EQ(r.error().code, "app.foreign_files");
    EXPECT_NE(r.error().sentence.find(name), std::string::npos);
    fs::remove(data + "/" + name);
  }
  fs::remove(data + "/yichuang.db");
  EXPECT_EQ(check_ours(data).error().code, "app.foreign_files") << "bulletins without a ledger are somebody's";
}

TEST(Output, APaperIsReadAsItsOwnersUmaskSaysAndHouseFilesByTheOwnerAlone) {
  store::TemporaryDirectory place;
  const auto file = place.path() + "/paper.txt", secret = place.path() + "/secret.txt", victim = place.path() + "/victim";
  const auto old = ::umask(027);
  keep_files_private();
  write(victim, "theirs");
  fs::create_symlink(victim, file);  // is replaced, not followed
  ASSERT_TRUE(write_output(file, "text").ok());
  ASSERT_TRUE(write_output(secret, "text", ReadableBy::owner).ok());
  EXPECT_EQ(write_output(place.path() + "/none/paper", "text").error().code, "app.cannot_write");
  ::umask(old);
  struct stat st {};
  ASSERT_EQ(::lstat(file.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 07777, 0640u);
  EXPECT_TRUE(S_ISREG(st.st_mode));
  ASSERT_EQ(::stat(secret.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 07777, 0600u);
  EXPECT_EQ(read(victim), "theirs");
  EXPECT_EQ(read(file), "text");
  EXPECT_EQ(std::distance(fs::directory_iterator(place.path()), fs::directory_iterator()), 3);
}
