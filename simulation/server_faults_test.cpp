// A database server that is there and cannot serve: no connection left, a statement cut off, its disk full, the password changed, rights taken
// away. The node says so with 503 and when to come again, does nothing by half, and goes on by itself when the cause is gone.
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <filesystem>
#include <fstream>

#include "at_work.h"
#include "parameters.h"
#include "store/store_ground.h"

namespace yi::simulation {
namespace {

using store::PostgresServer;
using story::Hall;
using story::Server;

constexpr const char* kQuestion = "/api/casework/stages";
constexpr const char* kConsult = R"({"department":"scjgj","window":"W01","channel":"window"})";

std::string database_of(const std::string& url) { return url.substr(url.rfind('/') + 1); }
std::string word_of(const std::string& url) { return url.substr(url.find(':', 13) + 1, url.find('@') - url.find(':', 13) - 1); }
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << text;
  return text.replace(at, from.size(), to);
}

// A centre on a database, served, and what is done to the database.
class Faults : public testing::Test {
 protected:
  void begin(PostgresServer& database, int visitors = 8) { begin(database, database.new_database(), visitors); }
  void begin(PostgresServer& database, const std::string& url, int visitors) {
    database_ = &database;
    place_.emplace(story::quiet_centre(directory_.path(), url));
    hall_.emplace(visitors, seed());
    node_.emplace(*place_, story::Limits{}, 2);
    ASSERT_TRUE(node_->runs()) << node_->process().wait().all();
    EXPECT_EQ(hall_->visit(*node_, 200).broken, 0);
  }
  std::string name() const { return database_of(place_->url); }
  void sql(const std::string& text, const std::string& database = "postgres") { database_->sql(database, text); }
  void end_sessions() { sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='" + name() + "' AND usename='centre'"); }

  int next_ = 0;
  http::test::Reply command() { return node_->post("/api/casework/consult", kConsult, story::command_key(9, ++next_)); }
  // Both who reads and who writes are told to come again.
  void expect_unavailable(const http::test::Reply& r) {
    EXPECT_EQ(r.status, 503) << r.body;
    EXPECT_EQ(story::json_at(r.body, "code"), "engine.storage_unavailable") << r.body;
    EXPECT_FALSE(story::json_at(r.body, "detail").empty() || story::json_at(r.body, "next_step").empty()) << r.body;
    EXPECT_FALSE(r.header("retry-after").empty());
  }
  // Within five seconds a command is stored and the lists are read.
  void expect_back(const char* after) {
    const auto start = monotonic_ns();
    const auto key = story::command_key(9, ++next_);
    int stored = 0, read = 0;
    while ((stored != 200 || read != 200) && monotonic_ns() - start < 20'000'000'000) {
      stored = node_->post("/api/casework/consult", kConsult, key).status;
      read = node_->get(kQuestion).status;
    }
    EXPECT_EQ(stored, 200) << after;
    EXPECT_EQ(read, 200) << after;
    EXPECT_LT(monotonic_ns() - start, 5'000'000'000) << after;
  }
  // Our own commands beside the hall's are no surprise to the model: they stand under keys that are nobody's.
  void expect_whole() {
    hall_->settle(*node_);
    hall_->expect_kept(*place_);
    hall_->expect_all_remembered(*node_);
    EXPECT_EQ(node_->stop().code, 0);
    story::expect_whole_and_same(*place_);
  }

  store::TemporaryDirectory directory_;
  PostgresServer* database_ = nullptr;
  std::optional<store::Place> place_;
  std::optional<Hall> hall_;
  std::optional<Server> node_;
};

using Session = std::unique_ptr<PGconn, void (*)(PGconn*)>;
Session session(const std::string& url) { return {PQconnectdb(url.c_str()), &PQfinish}; }

// Mounts of our own, which go with this process: as root, or as whoever we are in a user namespace.
bool go_apart() {
  const auto uid = std::to_string(::geteuid()), gid = std::to_string(::getegid());
  if (::unshare(uid == "0" ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  if (uid != "0") {
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << uid + " " + uid + " 1";
    std::ofstream("/proc/self/gid_map") << gid + " " + gid + " 1";
  }
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}
const bool kApart = go_apart();  // before any server is started: it is to see what is mounted later

// A disk of a few megabytes of its own.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size) {
    there_ = kApart && ::mount("tmpfs", path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    if (there_) std::filesystem::permissions(path(), std::filesystem::perms::all);
  }
  ~SmallDisk() {
    if (there_) ::umount2(path().c_str(), MNT_DETACH);
  }
  bool there() const { return there_; }
  const std::string& path() const { return directory_.path(); }
  // Leaves so many bytes.
  void fill(std::uint64_t left) {
    struct statvfs v {};
    ::statvfs(path().c_str(), &v);
    const auto room = static_cast<std::uint64_t>(v.f_bavail) * v.f_bsize;
    std::ofstream f(path() + "/ballast", std::ios::binary | std::ios::app);
    const std::string block(64 * 1024, 'x');
    for (std::uint64_t n = 0; n + block.size() + left <= room; n += block.size()) f << block;
  }
  void empty() { std::filesystem::remove(path() + "/ballast"); }

 private:
  store::TemporaryDirectory directory_;
  bool there_ = false;
};

constexpr const char* kNoDisk = "a small disk cannot be mounted: this needs root or user namespaces";

}  // namespace

TEST_F(Faults, NoConnectionLeft) {
  PostgresServer database({"max_connections=14"});
  begin(database);
  // Whoever else uses the server takes every connection that the node gives up.
  std::vector<Session> others;
  const auto take_all = [&] {
    for (;;) {
      auto s = session(place_->url);
      if (PQstatus(s.get()) != CONNECTION_OK) break;
      others.push_back(std::move(s));
    }
  };
  take_all();
  EXPECT_EQ(command().status, 200) << "the node's own connections stay";
  EXPECT_EQ(node_->get(kQuestion).status, 200);
  const auto end_and_take = [&](const char* which) {
    for (int i = 0; i < 20; ++i) {
      sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='centre' AND application_name LIKE '" + std::string(which) + "'");
      take_all();
    }
  };
  end_and_take("yichuang%");
  expect_unavailable(node_->get(kQuestion));
  expect_unavailable(command());
  const auto second = story::run_at("verify", *place_);
  EXPECT_EQ(second.code, 1);
  EXPECT_NE(second.err.find("store.cannot_connect"), second.err.npos) << second.all();
  others.clear();
  expect_back("the others have gone");
  expect_whole();
}

TEST_F(Faults, AStatementThatIsCutOffOrWaitsTooLong) {
  begin(store::test_server());
  // What an administrator sets for everybody does not make our transactions fail.
  sql("ALTER DATABASE " + name() + " SET statement_timeout='1ms'");
  sql("ALTER ROLE centre SET statement_timeout='1ms'");
  end_sessions();
  expect_back("statement_timeout is the server's, not ours");
  sql("ALTER ROLE centre RESET statement_timeout");
  {
    AtWork work(*hall_, {&*node_});
    for (int i = 0; i < 20 * kills(); ++i) {
      work.until(5, 5);
      sql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname='" + name() + "' AND usename='centre' AND state='active'");
    }
    work.expect_on("statements were cut off");
    const auto load = work.end();
    EXPECT_EQ(load.broken, 0) << load.first_error;
    EXPECT_EQ(load.no_retry_after, 0);
    EXPECT_EQ(load.statuses.count(500), 0u) << load.first_error;
  }
  // Somebody's transaction stands in the way: the commit is given up within seconds, not for ever.
  auto blocker = session(database_->admin_url(name()));
  PQclear(PQexec(blocker.get(), "BEGIN; SELECT * FROM yichuang.ledger_head FOR UPDATE"));
  expect_unavailable(command());
  blocker.reset();
  expect_back("the lock is gone");
  expect_whole();
}

TEST_F(Faults, ADiskOfTheDatabaseThatIsFull) {
  SmallDisk disk("96m");
  ASSERT_TRUE(disk.there()) << kNoDisk;
  auto& database = store::test_server();
  const auto url = database.new_database();
  const auto folder = disk.path() + "/tables";
  std::filesystem::create_directory(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  database.own(folder);
  database.sql("postgres", "CREATE TABLESPACE small LOCATION '" + folder + "'");
  database.sql("postgres", "ALTER DATABASE " + database_of(url) + " SET TABLESPACE small");
  begin(database, url, 16);
  disk.fill(256 * 1024);
  {
    AtWork work(*hall_, {&*node_});
    for (const auto until = monotonic_ns() + 60'000'000'000; hall_->answered > 0 && work.until(1, 0.3) < 0.3 && monotonic_ns() < until;) continue;
    const auto load = work.end();
    EXPECT_EQ(load.broken, 0) << load.first_error;
    EXPECT_EQ(load.no_retry_after, 0);
    EXPECT_EQ(load.statuses.count(500), 0u) << load.first_error;
  }
  EXPECT_GT(hall_->unavailable(), 0);
  // What a refused group left free still holds one clerk's command, and another.
  auto r = command();
  for (const auto until = monotonic_ns() + 20'000'000'000; r.status == 200 && monotonic_ns() < until;) r = command();
  expect_unavailable(r);
  EXPECT_NE(r.body.find("磁盘已满"), r.body.npos) << r.body;
  EXPECT_EQ(node_->get(kQuestion).status, 200) << "who reads is still served";
  disk.empty();
  expect_back("there is room again");
  {
    AtWork work(*hall_, {&*node_});
    work.expect_on("there is room again");
  }
  expect_whole();
  node_.reset();
  database.sql("postgres", "DROP DATABASE " + name() + " WITH (FORCE)");
  database.sql("postgres", "DROP TABLESPACE small");
}

// Where the log itself finds no room, the server ends; when there is room and it runs again, the node goes on.
TEST_F(Faults, ADiskOfTheServerThatIsFull) {
  SmallDisk disk("160m");
  ASSERT_TRUE(disk.there()) << kNoDisk;
  PostgresServer database({"min_wal_size=32MB", "max_wal_size=64MB", "wal_recycle=off"}, disk.path());
  begin(database, 16);
  disk.fill(128 * 1024);
  {
    AtWork work(*hall_, {&*node_});
    for (const auto until = monotonic_ns() + 60'000'000'000; work.until(1, 0.5) < 0.5 && monotonic_ns() < until;) continue;
    const auto load = work.end();
    EXPECT_EQ(load.broken, 0) << load.first_error;
    EXPECT_EQ(load.no_retry_after, 0);
    EXPECT_EQ(load.statuses.count(500), 0u) << load.first_error;
  }
  // Between two of its crashes the server may find room for one more.
  auto r = command();
  for (const auto until = monotonic_ns() + 20'000'000'000; r.status == 200 && monotonic_ns() < until;) r = command();
  expect_unavailable(r);
  disk.empty();
  database.kill();
  database.start();
  expect_back("the server runs again");
  expect_whole();
}

TEST_F(Faults, APasswordThatIsChangedAndRightsThatAreTakenAway) {
  begin(store::test_server());
  const auto word = word_of(place_->url);
  sql("ALTER ROLE centre PASSWORD 'another'");
  end_sessions();
  expect_unavailable(command());
  expect_unavailable(node_->get(kQuestion));
  const auto r = story::run_at("verify", *place_);
  EXPECT_EQ(r.code, 1);
  EXPECT_NE(r.err.find("store.wrong_password"), r.err.npos) << r.all();
  EXPECT_EQ(r.all().find(word), std::string::npos);
  sql("ALTER ROLE centre PASSWORD '" + word + "'");
  expect_back("the password is the old one again");

  sql("ALTER TABLE yichuang.ledger_event OWNER TO postgres", name());
  const auto refused = command();
  expect_unavailable(refused);
  EXPECT_NE(refused.body.find("权限"), refused.body.npos) << refused.body;
  EXPECT_EQ(node_->get(kQuestion).status, 200);
  sql("ALTER TABLE yichuang.ledger_event OWNER TO centre", name());
  expect_back("the rights are there again");

  sql("ALTER ROLE centre NOLOGIN");
  end_sessions();
  expect_unavailable(command());
  sql("ALTER ROLE centre LOGIN");
  expect_back("the account may log in again");
  expect_whole();
}

// Nothing of PostgreSQL's that is not in every database.
TEST_F(Faults, ADatabaseWithoutAnyExtension) {
  auto& server = store::test_server();
  const auto url = server.new_database();
  server.sql(database_of(url), "DROP EXTENSION plpgsql");
  EXPECT_EQ(server.sql(database_of(url), "SELECT count(*) FROM pg_extension"), "0");
  begin(server, url, 4);
  expect_back("no extension is needed");
  expect_whole();
}

// What cannot be served is said at the start: exit code 1, the refusal's three parts, no password, and nothing was made or changed.
TEST(FaultsAtTheStart, AreSaidAndChangeNothing) {
  auto& server = store::test_server();
  store::TemporaryDirectory directory;
  const auto place = story::quiet_centre(directory.path(), server.new_database());
  const auto name = database_of(place.url), word = word_of(place.url);
  const auto state = [&](const std::string& database) {
    return server.sql(database, "SELECT string_agg(schemaname||'.'||tablename, ' ' ORDER BY 1) FROM (SELECT schemaname, tablename FROM pg_tables WHERE"
                                " schemaname NOT IN ('pg_catalog','information_schema') ORDER BY 1,2) t");
  };
  const auto refused = [&](const std::string& url, const std::string& code) {
    SCOPED_TRACE(code);
    for (const char* command : {"serve", "rebuild", "verify"}) {
      std::vector<std::string> more;
      if (std::string(command) == "serve") more = {"--port", "0"};
      const auto e = story::run_at(command, {place.directory, url}, more);
      EXPECT_EQ(e.code, 1) << command << e.all();
      EXPECT_NE(e.err.find(code), e.err.npos) << command << e.all();
      EXPECT_EQ(e.all().find(word), std::string::npos) << command << e.all();
    }
  };
  refused(replaced(place.url, ":" + std::to_string(server.port()) + "/", ":1/"), "store.cannot_connect");
  refused(replaced(place.url, word, "wrong"), "store.wrong_password");
  refused(server.url("no_such"), "store.no_database");
  refused("postgresql://centre:" + word + "@127.0.0.1:" + std::to_string(server.port()) + ",127.0.0.1:1/no_such", "store.no_database");
  const auto theirs = server.new_database();
  server.sql(database_of(theirs), "CREATE SCHEMA yichuang AUTHORIZATION centre");
  server.sql(database_of(theirs), "CREATE TABLE yichuang.letters(a int)");
  refused(theirs, "store.not_ours");
  EXPECT_EQ(state(database_of(theirs)), "yichuang.letters");
  const auto before = state(name);
  const auto version = server.sql(name, "SELECT value FROM yichuang.store_meta WHERE name='schema'");
  server.sql(name, "UPDATE yichuang.store_meta SET value='99' WHERE name IN ('schema','readable_by')");
  refused(place.url, "store.newer");
  EXPECT_EQ(server.sql(name, "SELECT value FROM yichuang.store_meta WHERE name='schema'"), "99");
  server.sql(name, "UPDATE yichuang.store_meta SET value='" + version + "' WHERE name IN ('schema','readable_by')");
  EXPECT_EQ(state(name), before);
  EXPECT_EQ(story::run_at("verify", place).code, 0);
}

}  // namespace yi::simulation
