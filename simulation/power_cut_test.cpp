// The power fails while the program writes. Whatever of the unsynced chance has kept: the store opens, and all that was acknowledged is there.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <set>
#include <sstream>

#include "base/text.h"
#include "crypto/encoding.h"
#include "engine/engine.h"
#include "files/store.h"
#include "load.h"
#include "parameters.h"
#include "power_cut.h"
#include "store/key_vault.h"
#include "store/temporary_directory.h"
#include "store/verify.h"

namespace yi::simulation {
namespace {

namespace fs = std::filesystem;
constexpr CentreCode kCentre{510000};

// A directory that a process works in while what it does there is written down.
class Watched {
 public:
  Watched() { fs::create_directory(root()); }
  std::string root() const { return directory_.path() + "/data"; }
  // What is there now was there for ever; from here on it is watched.
  void begin() {
    fs::copy(root(), directory_.path() + "/before", fs::copy_options::recursive);
  }
  story::Limits limits() const {
    return {RLIM_INFINITY, false, {"LD_PRELOAD=" YI_FORGETFUL, std::string(kForgetRoot) + "=" + root(), std::string(kForgetJournal) + "=" + journal()}};
  }
  std::int64_t so_far() const { return so_far(journal()); }
  static std::int64_t so_far(const std::string& journal) {
    struct stat st {};
    return ::stat(journal.c_str(), &st) == 0 ? st.st_size : 0;
  }
  PowerCut cut(bool deaf = false) const { return PowerCut(root(), directory_.path() + "/before", story::read_file(journal()), deaf); }
  std::string journal() const { return directory_.path() + "/journal"; }
  std::string left() const { return directory_.path() + "/left"; }  // by a power cut

 private:
  store::TemporaryDirectory directory_;
};

// Moments between `from` and the end of a record, in order: half of them just when something was acknowledged.
std::vector<std::int64_t> moments(std::int64_t from, std::int64_t to, const std::vector<std::int64_t>& acknowledged, int n, std::mt19937& random) {
  std::vector<std::int64_t> out;
  for (int i = 0; i < n; ++i) {
    if (i % 2 && !acknowledged.empty()) out.push_back(acknowledged[random() % acknowledged.size()]);
    else out.push_back(from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to - from + 1)));
  }
  std::sort(out.begin(), out.end());
  return out;
}

// --- what the watched children do ------------------------------------------------------------------------------------------------------

void say(const std::string& what) {
  std::printf("%lld %s\n", static_cast<long long>(Watched::so_far(std::getenv(kForgetJournal))), what.c_str());
  std::fflush(stdout);
}

// A database of SQLite's alone, with a level of synchronous.
int child_sqlite(const std::string& directory, const std::string& level) {
  sqlite3* db = nullptr;
  const auto run = [&](const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) std::exit(3);
  };
  sqlite3_open((directory + "/plain.db").c_str(), &db);
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=" + level + "; PRAGMA wal_autocheckpoint=40; CREATE TABLE IF NOT EXISTS t(n INTEGER PRIMARY KEY, b BLOB)");
  for (int i = 1; i <= 300; ++i) {
    run("INSERT INTO t VALUES(" + std::to_string(i) + ", randomblob(900))");
    say(std::to_string(i));
  }
  sqlite3_close(db);
  return 0;
}

std::string content_of(int i) {
  std::string s;
  for (int k = 0; k < 50 + i * 37 % 2'000; ++k) s += "第" + std::to_string(i * 7919 + k) + "行\n";
  return s;
}

int child_files(const std::string& directory) {
  auto store = files::FileStore::open(directory, {}).value();
  for (int i = 0; i < 60; ++i) {
    auto in = store->begin({"text/plain", "说明.txt", {}});
    if (!in || !(*in)->write(content_of(i))) return 3;
    const auto stored = (*in)->finish();
    if (!stored) return 4;
    say(std::to_string(i) + " " + stored->id.value);
  }
  return 0;
}

const store::SealedPlace kPlace{kCentre, "toy.asked/1", "toy:1"};

// Seals for subjects one after the other, forgets one now and then, and changes the master key in between.
int child_keys(const std::string& directory) {
  auto vault = store::KeyVault::open(directory, kCentre, {}, store::KeyAccess::make).value();
  for (int i = 1; i <= 9'000; ++i) {
    if (i % 3'000 == 0) {
      vault.reset();
      if (!store::rotate_master_key(directory, kCentre, {})) return 4;
      vault = store::KeyVault::open(directory, kCentre, {}, store::KeyAccess::make).value();
    }
    const auto sealed = vault->seal_text("甲" + std::to_string(i), {i}, kPlace);
    if (i % 50 == 0) say("sealed " + std::to_string(i) + " " + hex(std::string_view(sealed)));
    if (i % 350 == 0) {
      vault->close({i - 50});
      if (!vault->destroy({{i - 50}})) return 3;
      say("gone " + std::to_string(i - 50));
    }
  }
  return 0;
}

// What a child said, and how long the record was at the time.
struct Said {
  std::int64_t at;
  std::string what;
};
std::vector<Said> run_child(const Watched& w, const std::vector<std::string>& words) {
  std::vector<std::string> all{"/proc/self/exe", "--child"};
  all[0] = fs::read_symlink("/proc/self/exe");
  all.insert(all.end(), words.begin(), words.end());
  story::Process child(all, w.limits());
  const auto ended = child.wait();
  EXPECT_EQ(ended.code, 0) << ended.all();
  std::vector<Said> out;
  std::istringstream lines(ended.out);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    out.push_back({std::stoll(line.substr(0, space)), line.substr(space + 1)});
  }
  return out;
}

std::vector<std::int64_t> times_of(const std::vector<Said>& said) {
  std::vector<std::int64_t> out;
  for (const auto& s : said) out.push_back(s.at);
  return out;
}

// Every cut of a child's work; `whole` says whether all that it had said was there.
template <class Whole>
int cuts_that_lost(const Watched& w, const std::vector<Said>& said, Whole whole, bool deaf = false) {
  std::mt19937 random(seed());
  auto cut = w.cut(deaf);
  int lost = 0;
  for (const auto at : moments(0, static_cast<std::int64_t>(cut.size()), times_of(said), cuts(), random)) {
    cut.advance(static_cast<std::size_t>(at));
    cut.leave(w.left(), random);
    std::vector<std::string> due;
    for (const auto& s : said)
      if (s.at <= at) due.push_back(s.what);
    try {
      lost += !whole(w.left(), due);
    } catch (const store::Failure& f) {  // damaged
      EXPECT_TRUE(deaf) << f.what();
      ++lost;
    }
    fs::remove_all(w.left());
  }
  return lost;
}

bool sqlite_is_whole(const std::string& directory, const std::vector<std::string>& due) {
  sqlite3* db = nullptr;
  sqlite3_open((directory + "/plain.db").c_str(), &db);
  const auto first = [&](const char* sql) {
    sqlite3_stmt* s = nullptr;
    std::string out = "?";
    if (sqlite3_prepare_v2(db, sql, -1, &s, nullptr) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
      out = reinterpret_cast<const char*>(sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return out;
  };
  const bool good = due.empty() || (first("PRAGMA integrity_check") == "ok" && first(("SELECT count(*) FROM t WHERE n<=" + due.back()).c_str()) == due.back());
  sqlite3_close(db);
  return good;
}

int sqlite_cuts_that_lost(const std::string& level) {
  Watched w;
  w.begin();
  const auto said = run_child(w, {"sqlite", w.root(), level});
  EXPECT_EQ(said.size(), 300u);
  return cuts_that_lost(w, said, sqlite_is_whole);
}

}  // namespace

// The layer bites: what a careless setting loses at a power cut it finds lost, and what a careful one keeps it finds there.
TEST(PowerCut, FindsWhatACarelessSettingLoses) {
  EXPECT_EQ(sqlite_cuts_that_lost("FULL"), 0);
  EXPECT_GT(sqlite_cuts_that_lost("NORMAL"), cuts() / 4);
  EXPECT_GT(sqlite_cuts_that_lost("OFF"), cuts() / 4);
}

TEST(PowerCut, AStoredFileIsThereWithItsName) {
  Watched w;
  w.begin();
  const auto said = run_child(w, {"files", w.root()});
  EXPECT_EQ(said.size(), 60u);
  const auto whole = [](const std::string& left, const std::vector<std::string>& due) {
    auto store = files::FileStore::open(left, {});
    if (!store) return false;
    bool good = !files::verify(left).broken;
    for (const auto& line : due) {
      const auto space = line.find(' ');
      auto out = (*store)->read({line.substr(space + 1)});
      std::string bytes;
      if (!out) good = false;
      else
        for (bool more = true; more;) {
          auto r = (*out)->read(bytes);
          more = r.ok() && *r;
          good &= r.ok();
        }
      good &= bytes == content_of(std::stoi(line));
    }
    return good;
  };
  EXPECT_EQ(cuts_that_lost(w, said, whole), 0);
  EXPECT_GT(cuts_that_lost(w, said, whole, true), 0);
}

TEST(PowerCut, AKeyThatSealedIsThereAndADestroyedOneIsNot) {
  Watched w;
  w.begin();
  const auto said = run_child(w, {"keys", w.root()});
  EXPECT_GT(said.size(), 180u);
  const auto whole = [](const std::string& left, const std::vector<std::string>& due) {
    auto vault = store::KeyVault::open(left, kCentre, {}, store::KeyAccess::make);
    if (!vault) return false;
    std::set<std::string> gone;
    for (const auto& line : due)
      if (line.starts_with("gone ")) gone.insert(line.substr(5));
    for (const auto& line : due) {
      if (!line.starts_with("sealed ")) continue;
      const auto number = line.substr(7, line.find(' ', 7) - 7);
      const auto sealed = *crypto::from_hex(line.substr(line.rfind(' ') + 1));
      const auto text = (*vault)->open_text(sealed, {std::stoll(number)}, kPlace);
      // One that was about to be destroyed may be either.
      if (gone.contains(number) ? text.has_value() : text && *text != "甲" + number) return false;
      if (!text && !gone.contains(number) && std::stoll(number) % 350 != 300) return false;
    }
    return true;
  };
  EXPECT_EQ(cuts_that_lost(w, said, whole), 0);
  EXPECT_GT(cuts_that_lost(w, said, whole, true), 0);
}

// A centre that is being made is there or not there, never by half; once its maker has said so, it is there.
TEST(PowerCut, ACentreIsMadeWholeOrNotAtAll) {
  Watched w;
  w.begin();
  story::Process maker({YI_PROGRAM, "--catalogue", YI_SOURCE_DIR "/data", "replay", "--data", w.root(), "--week-file", YI_SOURCE_DIR "/testdata/weeks/week-2024-09-29.yaml"},
                       w.limits());
  const auto ended = maker.wait();
  ASSERT_EQ(ended.code, 0) << ended.all();
  std::mt19937 random(seed());
  auto cut = w.cut();
  const auto end = static_cast<std::int64_t>(cut.size());
  // The last steps are where it becomes one: half of the moments lie there, some after all of it.
  std::vector<std::int64_t> late;
  for (int i = 0; i < 16; ++i) late.push_back(std::max<std::int64_t>(0, end - (std::int64_t{1} << i)));
  late.insert(late.end(), 4, end);
  int made = 0;
  for (const auto at : moments(0, end, late, cuts(), random)) {
    SCOPED_TRACE(std::to_string(at) + " of " + std::to_string(end));
    cut.advance(static_cast<std::size_t>(at));
    cut.leave(w.left(), random);
    const auto verified = story::run_at("verify", {w.left()});
    const bool there = verified.code == 0;
    EXPECT_TRUE(there || (at < end && verified.err.find("store.missing") != verified.err.npos)) << verified.all();
    if (there) story::expect_whole_and_same({w.left()});
    made += there;
    fs::remove_all(w.left());
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(made, 0);
  EXPECT_LT(made, cuts());
}

// The whole program with all of its files: ledger, keys, secrets, audit, drafts.
TEST(PowerCut, EveryAcknowledgedCommandOfAHallIsThere) {
  Watched w;
  fs::remove(w.root());
  const auto made = story::quiet_centre(fs::path(w.root()).parent_path().string());
  ASSERT_EQ(made, w.root());
  w.begin();
  story::Hall hall(16, seed());
  hall.stamp = [&] { return w.so_far(); };
  std::vector<std::int64_t> stamps;
  hall.on_reply = [&] { stamps.push_back(w.so_far()); };
  {
    story::Server server(w.root(), w.limits(), 2);
    ASSERT_TRUE(server.runs()) << server.process().wait().all();
    const auto load = hall.visit(server, simulation::replies());
    EXPECT_EQ(load.broken, 0) << load.first_error;
    server.crash();
  }
  std::mt19937 random(seed());
  auto cut = w.cut();
  int number = 0;
  for (const auto at : moments(0, static_cast<std::int64_t>(cut.size()), stamps, cuts(), random)) {
    SCOPED_TRACE("cut " + std::to_string(++number) + " at " + std::to_string(at) + " of " + std::to_string(cut.size()));
    cut.advance(static_cast<std::size_t>(at));
    cut.leave(w.left(), random);
    hall.expect_kept_of(w.left(), at);
    {
      auto opened = store::open_sqlite(w.left(), store::Mode::write);
      ASSERT_TRUE(opened.ok()) << opened.error().sentence;
      const auto verified = store::verify(opened.value()->writer().reader(), kCentre);
      EXPECT_FALSE(verified.broken) << *verified.broken;
      auto keys = engine::open_keys(opened.value()->writer().reader(), w.left(), kCentre, {}, store::KeyAccess::make);
      EXPECT_TRUE(keys.ok()) << keys.error().sentence;
    }
    // Each tenth time the program itself comes up on it, and its views are those of the ledger.
    if (number % 10 == 1) {
      story::expect_whole_and_same(w.left());
      story::Server again(w.left());
      EXPECT_TRUE(again.runs()) << again.process().wait().all();
      if (again.runs()) {
        EXPECT_EQ(again.get("/api/casework/stages").status, 200);
        EXPECT_EQ(again.stop().code, 0);
      }
      hall.expect_kept_of(w.left(), at);
    }
    if (testing::Test::HasFailure()) return;
    fs::remove_all(w.left());
  }
  std::printf("  %d power cuts in %lld syncs, %lld commands acknowledged\n", cuts(), static_cast<long long>(cut.syncs()), static_cast<long long>(hall.acknowledged()));
}

}  // namespace yi::simulation

int main(int argc, char** argv) {
  using namespace yi::simulation;
  if (argc >= 4 && std::string_view(argv[1]) == "--child") {
    const std::string_view what(argv[2]);
    if (what == "sqlite") return child_sqlite(argv[3], argv[4]);
    if (what == "files") return child_files(argv[3]);
    if (what == "keys") return child_keys(argv[3]);
    return 2;
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
