// The data directory while the program works on it: who may, what is left when it is interrupted, who may read it.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>

#include "program.h"
#include "store/temporary_directory.h"

namespace yi::story {
namespace {

namespace fs = std::filesystem;
const std::string kQuiet = YI_SOURCE_DIR "/testdata/weeks/quiet-2024-06-17.yaml";
const std::string kWeek = YI_SOURCE_DIR "/testdata/weeks/week-2024-06-17.yaml";

std::string paper_of(const std::string& data) { return run({"bulletin", "--data", data, "--week", "2024-06-17"}).out; }

// A replay over `data`, held still in the middle of its work.
std::unique_ptr<Process> held_replay(const std::string& data) {
  auto p = std::make_unique<Process>(std::vector<std::string>{YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "replay", "--data", data, "--fresh", "--week-file", kWeek});
  while (!p->ended() && !fs::exists(data + "/.yichuang-building/yichuang.db-wal")) ::sched_yield();
  p->signal(SIGSTOP);
  EXPECT_FALSE(p->ended());
  return p;
}

TEST(DataDirectory, NobodyWritesWhileItIsReplacedAlsoBehindALink) {
  store::TemporaryDirectory directory;
  fs::create_directory(directory.path() + "/disk");
  const auto data = directory.path() + "/data";
  fs::create_directory_symlink("disk", data);
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", kQuiet}).code, 0);
  const auto before = paper_of(data);
  struct stat lock_before {}, lock_after {};
  ASSERT_EQ(::stat((data + "/lock").c_str(), &lock_before), 0);
  const auto replay = held_replay(data);
  for (const auto& words : {std::vector<std::string>{"serve", "--data", data, "--port", "0"}, {"up", "--data", data, "--port", "0"}, {"rebuild", "--data", data}}) {
    const auto e = run(words);
    EXPECT_EQ(e.code, 1) << e.all();
    EXPECT_NE(e.err.find("store.locked"), e.err.npos) << e.all();
  }
  EXPECT_EQ(run({"verify", "--data", data}).code, 0);
  EXPECT_EQ(paper_of(data), before);
  replay->signal(SIGCONT);
  const auto e = replay->wait();
  EXPECT_EQ(e.code, 0) << e.err;
  EXPECT_NE(paper_of(data), before);
  ASSERT_EQ(::stat((data + "/lock").c_str(), &lock_after), 0);
  EXPECT_EQ(lock_before.st_ino, lock_after.st_ino) << "the lock is the same file";
  EXPECT_TRUE(fs::is_symlink(data));
  EXPECT_FALSE(fs::exists(data + "/.yichuang-building"));
  EXPECT_FALSE(fs::exists(data + "/.yichuang-old"));
}

TEST(DataDirectory, AReplayCanBeInterruptedAndTheOldCentreStays) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data";
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", kQuiet}).code, 0);
  const auto before = paper_of(data);
  const auto replay = held_replay(data);
  replay->signal(SIGINT);
  replay->signal(SIGCONT);
  EXPECT_EQ(replay->wait().signal, SIGINT);
  EXPECT_EQ(paper_of(data), before);
  EXPECT_FALSE(fs::exists(data + "/.yichuang-building")) << "whoever comes next tidies up";
  Server server(data);
  ASSERT_TRUE(server.runs()) << server.process().wait().all();
  EXPECT_EQ(server.stop().code, 0);
}

TEST(DataDirectory, APaperIsNotMadeOfStatisticsThatAreBehind) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data";
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", kQuiet}).code, 0);
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((data + "/yichuang.db").c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "DELETE FROM bulletin_figure_day; UPDATE engine_followed SET seq=0 WHERE name='bulletin_figure_day'", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  const auto e = run({"bulletin", "--data", data, "--week", "2024-06-17"});
  EXPECT_EQ(e.code, 1);
  EXPECT_TRUE(e.out.empty());
  EXPECT_NE(e.err.find("[app.reports_behind"), e.err.npos) << e.err;
  EXPECT_EQ(run({"rebuild", "--data", data}).code, 0);
  EXPECT_EQ(run({"bulletin", "--data", data, "--week", "2024-06-17"}).code, 0);
}

TEST(DataDirectory, EveryStartWritesThePapersThatAreMissingForTheOwnerAlone) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data";
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", kQuiet}).code, 0);
  fs::create_directory(data + "/bulletins");
  const auto kept = data + "/bulletins/2024-06-17-public.txt";
  write_file(kept, "a paper that is there");
  fs::permissions(data + "/bulletins", fs::perms::owner_all);
  Process up({YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "up", "--data", data, "--port", "0"});
  ASSERT_TRUE(up.wait_for([](const std::string& out) { return out.find("按 Ctrl+C 停止") != out.npos; })) << up.wait().all();
  const auto mode = [](const fs::path& p) { return static_cast<unsigned>(fs::status(p).permissions()); };
  EXPECT_EQ(mode(data), 0700u);
  for (const auto& e : fs::recursive_directory_iterator(data)) EXPECT_EQ(mode(e.path()), e.is_directory() || e.path() == kept ? mode(e.path()) : 0600u) << e.path();
  for (const char* name : {"internal.txt", "internal.html", "internal.pdf", "public.txt", "public.html", "public.pdf"})
    EXPECT_GT(fs::file_size(data + "/bulletins/2024-06-17-" + name), 10u) << name;
  EXPECT_EQ(read_file(kept), "a paper that is there");
  up.signal(SIGINT);
  const auto e = up.wait();
  EXPECT_EQ(e.code, 0) << e.all();
  EXPECT_NE(e.out.find("正在停止"), e.out.npos);
}

}  // namespace
}  // namespace yi::story
