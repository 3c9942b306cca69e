// Full disks, second writers, damaged bytes.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <random>

#include "load.h"
#include "store/temporary_directory.h"

namespace yi::story {
namespace {

namespace fs = std::filesystem;

// The log grows until `room` more bytes are written; then the disk is full.
void fill_disk_and_recover(rlim_t room, bool from_size) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
  Hall hall(8, 99);
  {
    Server server(data);
    ASSERT_TRUE(server.runs());
    ASSERT_EQ(hall.visit(server, 400).broken, 0);
    const auto size = from_size ? std::max(fs::file_size(data + "/yichuang.db"), fs::file_size(data + "/yichuang.db-wal")) : 0;
    server.process().limit_file_bytes(size + room);
    // The log has room up to the size of the larger file: visits go on until it is used up.
    std::int64_t refused = 0;
    for (int round = 0; round < 20 && refused <= 100; ++round) {
      const auto full = hall.visit(server, 600);
      EXPECT_EQ(full.broken, 0) << full.first_error;
      if (const auto it = full.statuses.find(503); it != full.statuses.end()) refused += it->second;
    }
    EXPECT_GT(refused, 100);
    EXPECT_EQ(hall.unavailable(), refused);

    // What a refused group left free could still hold one clerk's command: now nothing more fits at all.
    server.process().limit_file_bytes(1);
    // A clerk sees what happened and what to do; who reads is still served.
    const auto r = server.post("/api/casework/consult", R"({"department":"scjgj","window":"W01","channel":"window"})", command_key(3, 1));
    EXPECT_EQ(r.status, 503);
    EXPECT_EQ(json_at(r.body, "code"), "engine.storage_unavailable");
    EXPECT_NE(json_at(r.body, "detail").find("此前的办理都已保存"), std::string::npos) << r.body;
    EXPECT_FALSE(json_at(r.body, "next_step").empty());
    EXPECT_FALSE(r.header("retry-after").empty());
    const auto health = server.get("/api/health");
    EXPECT_EQ(health.status, 200);
    EXPECT_NE(json_at(health.body, "storage_failures"), "0");
    hall.expect_ledger(data);

    server.process().limit_file_bytes(RLIM_INFINITY);
    const auto after = hall.visit(server, 800);
    EXPECT_EQ(after.broken, 0) << after.first_error;
    EXPECT_EQ(after.statuses.count(503), 0u) << after.first_error;
    hall.settle(server);
    hall.expect_ledger(data);
    hall.expect_stages(server);
    hall.expect_all_remembered(server);
    EXPECT_EQ(server.stop().code, 0);
  }
  expect_whole_and_same(data);
}

TEST(FullDisk, NothingMoreCanBeWritten) { fill_disk_and_recover(1, false); }
TEST(FullDisk, AGroupIsWrittenInPart) { fill_disk_and_recover(50'000, true); }

TEST(FullDisk, AReplayThatFindsNoRoomSaysSoAndLeavesNothing) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data";
  for (const rlim_t room : {1, 20'000, 700'000}) {
    SCOPED_TRACE(room);
    const auto e = run({"replay", "--data", data, "--week-file", YI_SOURCE_DIR "/testdata/weeks/week-2024-06-17.yaml"}, {room, false});
    EXPECT_EQ(e.code, 1) << "signal " << e.signal << e.err;
    EXPECT_NE(e.err.find("\n["), e.err.npos) << e.err;
    EXPECT_TRUE(fs::is_empty(directory.path()));
  }
}

TEST(FullDisk, APaperThatFindsNoRoomIsNotLeftInHalf) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
  const auto paper = directory.path() + "/paper.pdf";
  const auto e = run({"bulletin", "--data", data, "--week", "2024-06-17", "--format", "pdf", "--out", paper}, {33'000, false});
  EXPECT_EQ(e.code, 1) << "signal " << e.signal;
  EXPECT_NE(e.err.find("app.cannot_write"), e.err.npos) << e.err;
  EXPECT_FALSE(fs::exists(paper));
  for (const auto& left : fs::directory_iterator(directory.path())) EXPECT_EQ(left.path(), data);
  const auto out = run({"bulletin", "--data", data, "--week", "2024-06-17"}, {RLIM_INFINITY, true});
  EXPECT_EQ(out.code, 1);
  EXPECT_NE(out.err.find("app.cannot_write"), out.err.npos) << out.err;
}

TEST(SecondProcess, MayReadButNotWriteBesideAServerAtWork) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
  Hall hall(16, 5);
  Server server(data);
  ASSERT_TRUE(server.runs());
  std::vector<std::unique_ptr<Process>> writers, readers;
  const auto start = [](std::vector<std::string> words) {
    words.insert(words.begin(), {YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data"});
    return std::make_unique<Process>(words);
  };
  const std::string week = YI_SOURCE_DIR "/testdata/weeks/week-2024-06-17.yaml";
  // Each begins while the server is at work; the load goes on until the last has ended.
  std::int64_t replies = 0;
  hall.on_reply = [&] {
    if (++replies != 1'000) return;
    writers.push_back(start({"serve", "--data", data, "--port", "0"}));
    writers.push_back(start({"rebuild", "--data", data}));
    writers.push_back(start({"replay", "--data", data, "--fresh", "--week-file", week}));
    writers.push_back(start({"up", "--data", data, "--port", "0", "--fresh"}));
    for (int i = 0; i < 3; ++i) {
      readers.push_back(start({"verify", "--data", data}));
      readers.push_back(start({"bulletin", "--data", data, "--week", "2024-06-17"}));
    }
  };
  const auto load = hall.visit(server, 0, [&] {
    if (replies < 3'000) return false;
    for (auto* list : {&writers, &readers})
      for (auto& p : *list)
        if (!p->ended()) return false;
    return true;
  });
  EXPECT_EQ(load.broken, 0) << load.first_error;
  EXPECT_EQ(load.statuses.count(503), 0u);
  for (auto& p : writers) {
    const auto e = p->wait();
    EXPECT_EQ(e.code, 1) << e.all();
    EXPECT_NE(e.err.find("另一个一窗进程正在写这个数据目录"), e.err.npos) << e.all();
    EXPECT_NE(e.err.find("store.locked"), e.err.npos) << e.all();
  }
  for (auto& p : readers) {
    const auto e = p->wait();
    EXPECT_EQ(e.code, 0) << e.all();
    EXPECT_FALSE(e.out.empty());
  }
  const auto replay = run({"replay", "--data", data, "--week-file", week});
  EXPECT_EQ(replay.code, 1);
  EXPECT_NE(replay.err.find("app.not_empty"), replay.err.npos) << replay.err;
  hall.expect_ledger(data);
  EXPECT_EQ(server.stop().code, 0);
  expect_whole_and_same(data);
}

TEST(DamagedLedger, AFlippedByteIsFoundAndItsRecordNamed) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
  std::string position;
  {
    Server server(data);
    ASSERT_TRUE(server.runs());
    Hall hall(4, 3);
    hall.visit(server, 300);
    const auto r = server.post("/api/casework/consult",
                               R"({"department":"scjgj","window":"W01","channel":"window","question":"一句独一无二的话"})", command_key(4, 1));
    ASSERT_EQ(r.status, 200) << r.body;
    position = json_at(r.body, "position");
    hall.visit(server, 300);
    EXPECT_EQ(server.stop().code, 0);
  }
  const auto damaged = directory.path() + "/damaged";
  fs::create_directory(damaged);
  auto bytes = read_file(data + "/yichuang.db");
  const auto at = bytes.find("一句独一无二的话");
  ASSERT_NE(at, bytes.npos);
  bytes[at + 1] = static_cast<char>(bytes[at + 1] ^ 0x01);
  write_file(damaged + "/yichuang.db", bytes);
  const auto found = run({"verify", "--data", damaged});
  EXPECT_EQ(found.code, 1) << found.all();
  EXPECT_NE(found.out.find(position), found.out.npos) << found.out << " should name record " << position;
  EXPECT_EQ(run({"verify", "--data", data}).code, 0) << "the original is whole";
}

// Wherever a byte is damaged, the program says so or does its work; it does not fall over.
TEST(DamagedLedger, NoDamageTakesTheProgramDown) {
  store::TemporaryDirectory directory;
  const auto data = directory.path() + "/data", damaged = directory.path() + "/damaged";
  ASSERT_EQ(run({"replay", "--data", data, "--week-file", YI_SOURCE_DIR "/testdata/weeks/week-2024-09-29.yaml"}).code, 0);
  const auto whole = read_file(data + "/yichuang.db");
  std::mt19937 random(17);
  int found = 0;
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(i);
    auto bytes = whole;
    if (i % 8 == 7) {
      bytes.resize(random() % bytes.size());  // cut off
    } else {
      // Some in the first pages, where everything else is looked up; a run of a few bytes.
      const auto at = random() % (i % 2 ? bytes.size() - 16 : std::min<std::size_t>(bytes.size(), 64 * 1024));
      for (std::size_t k = 0; k < 1 + i % 16u; ++k) bytes[at + k] = static_cast<char>(random());
    }
    fs::remove_all(damaged);
    fs::create_directory(damaged);
    write_file(damaged + "/yichuang.db", bytes);
    const std::vector<std::string> commands[] = {{"verify", "--data", damaged},
                                                 {"bulletin", "--data", damaged, "--week", "2024-09-29", "--out", directory.path() + "/paper"},
                                                 {"rebuild", "--data", damaged}};
    for (const auto& words : commands) {
      const auto e = run(words);
      EXPECT_EQ(e.signal, 0) << words[0] << e.all();
      EXPECT_TRUE(e.code == 0 || e.code == 1) << words[0] << " " << e.code << e.all();
      EXPECT_FALSE(e.code == 1 && e.all().empty()) << words[0];
      found += words[0] == "verify" && e.code == 1;
    }
    Server server(damaged);
    if (server.runs()) server.get("/api/casework/stages");
    const auto e = server.runs() ? server.stop() : server.process().wait();
    EXPECT_EQ(e.signal, 0) << e.all();
    EXPECT_TRUE(e.code == 0 || e.code == 1) << "serve " << e.code << e.all();
  }
  EXPECT_GT(found, 5) << "most of the bytes belong to views, but not all";
}

TEST(DamagedView, ARebuildNamesTheRowAndRepairsItWhenAsked) {
  store::TemporaryDirectory directory;
  const auto data = quiet_centre(directory.path());
  {
    Server server(data);
    ASSERT_TRUE(server.runs());
    Hall hall(4, 11);
    hall.visit(server, 200);
    EXPECT_EQ(server.stop().code, 0);
  }
  const struct {
    const char* sql;
    const char* names;
  } rows[] = {
      {"UPDATE casework_case SET stage = stage + 1 WHERE case_id = 20240624000002", "20240624000002"},
      {"DELETE FROM casework_queue WHERE case_id = 20240624000003", "20240624000003"},
      {"UPDATE bulletin_figure_day SET n = n + 1 WHERE figure = 'consulted'", "consulted"},
      {"UPDATE engine_command SET first_seq = first_seq + 1 WHERE first_seq = (SELECT min(first_seq) FROM engine_command WHERE first_seq >= 40)", "engine_command"},
  };
  for (const auto& r : rows) {
    SCOPED_TRACE(r.sql);
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((data + "/yichuang.db").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, r.sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    EXPECT_GE(sqlite3_changes(db), 1);
    sqlite3_close(db);
    const auto found = run({"rebuild", "--data", data});
    EXPECT_EQ(found.code, 1);
    EXPECT_NE(found.out.find("不一致："), found.out.npos) << found.out;
    EXPECT_NE(found.out.find(r.names), found.out.npos) << found.out;
    // The ledger itself is whole; a case that is missing in its queue is said beside it.
    const auto verified = run({"verify", "--data", data});
    EXPECT_NE(verified.out.find("个提交组全部相符"), verified.out.npos) << verified.out;
    EXPECT_EQ(verified.code, verified.out.find("不相符") == verified.out.npos ? 0 : 1) << verified.out;
    EXPECT_EQ(run({"rebuild", "--data", data}).code, 1) << "nothing was changed without being asked";
    EXPECT_EQ(run({"rebuild", "--data", data, "--repair"}).code, 0);
    expect_whole_and_same(data);
  }
}

}  // namespace
}  // namespace yi::story
