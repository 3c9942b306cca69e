#include "benchmark/limits.h"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <vector>

#include "app/rooms.h"
#include "base/clock.h"
#include "engine/engine.h"
#include "store/database.h"

namespace yi::bench {
namespace {

class Db {
 public:
  explicit Db(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("cannot open " + file);
    for (const char* p : {"PRAGMA page_size=4096", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                          "PRAGMA wal_autocheckpoint=1000", "PRAGMA cache_size=-131072", "PRAGMA temp_store=MEMORY"})
      exec(p);
  }
  ~Db() {
    for (auto* s : statements_) sqlite3_finalize(s);
    sqlite3_close(db_);
  }
  void exec(const std::string& sql) {
    char* why = nullptr;
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &why) != SQLITE_OK) throw std::runtime_error(sql + ": " + (why ? why : ""));
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* s = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &s, nullptr) != SQLITE_OK) throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
    statements_.push_back(s);
    return s;
  }
  void run(sqlite3_stmt* s) {
    if (const int rc = sqlite3_step(s); rc != SQLITE_DONE && rc != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db_));
    sqlite3_reset(s);
  }

 private:
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

double seconds_since(std::int64_t start) { return static_cast<double>(monotonic_ns() - start) / 1e9; }

constexpr const char* kCaseTable =
    "CREATE TABLE c(centre BIGINT NOT NULL, case_id BIGINT NOT NULL, number TEXT, matter TEXT, matter_version BIGINT, department TEXT, type BIGINT, source BIGINT,"
    " applicant_kind BIGINT, subject BIGINT, agent BIGINT, version BIGINT, received_on BIGINT, accepted_on BIGINT, decided_on BIGINT, closing BIGINT, stage BIGINT,"
    " holder BIGINT, notice_due BIGINT, correction_due BIGINT, statutory_due BIGINT, promised_due BIGINT, step_due BIGINT, delivery_due BIGINT, resumes_by BIGINT,"
    " provisional BIGINT, last_act TEXT, detail TEXT, next_due BIGINT, last_fact BIGINT, first_fact BIGINT, PRIMARY KEY(centre, case_id)) WITHOUT ROWID";
// A row of the width that cases have in the middle of their lives: 270 bytes.
constexpr const char* kCaseUpsert =
    "INSERT INTO c VALUES(510000,?1,'510000202406170100000017','SC-SCJGJ-0001',1,'scjgj',1,1,1,?2,NULL,?2,19891,19891,NULL,NULL,3,1,NULL,NULL,19919,19898,NULL,NULL,NULL,0,"
    "'transfer',?3,19898,?2,?2)"
    " ON CONFLICT(centre, case_id) DO UPDATE SET stage=excluded.stage, holder=excluded.holder, version=excluded.version, accepted_on=excluded.accepted_on,"
    " decided_on=excluded.decided_on, statutory_due=excluded.statutory_due, promised_due=excluded.promised_due, delivery_due=excluded.delivery_due,"
    " next_due=excluded.next_due, detail=excluded.detail, last_fact=excluded.last_fact";

}  // namespace

double raw_sqlite(const std::string& directory, const RawShape& q) {
  std::filesystem::create_directories(directory);
  Db db(directory + "/raw.db");
  db.exec("CREATE TABLE e(pos INTEGER PRIMARY KEY, mark BLOB NOT NULL, record BLOB NOT NULL)");
  db.exec("CREATE TABLE k(centre BIGINT NOT NULL, id BLOB NOT NULL, first_seq BIGINT, facts BIGINT, digest BLOB, PRIMARY KEY(centre, id)) WITHOUT ROWID");
  db.exec("CREATE TABLE g(centre BIGINT NOT NULL, number BIGINT NOT NULL, first_seq BIGINT, events BIGINT, recorded_at BIGINT, root BLOB, PRIMARY KEY(centre, number)) WITHOUT ROWID");
  db.exec("CREATE TABLE h(centre BIGINT PRIMARY KEY, seq BIGINT, groups BIGINT, peaks BLOB) WITHOUT ROWID");
  db.exec("CREATE TABLE d(centre BIGINT NOT NULL, day BIGINT NOT NULL, last BIGINT, PRIMARY KEY(centre, day)) WITHOUT ROWID");
  db.exec("CREATE TABLE t(centre BIGINT NOT NULL, entry BIGINT NOT NULL, PRIMARY KEY(centre, entry)) WITHOUT ROWID");
  db.exec("CREATE TABLE s(centre BIGINT NOT NULL, subject BIGINT NOT NULL, last BIGINT, erased BIGINT, blind BLOB, PRIMARY KEY(centre, subject)) WITHOUT ROWID");
  db.exec("CREATE TABLE b(centre BIGINT NOT NULL, blind BLOB NOT NULL, subject BIGINT, PRIMARY KEY(centre, blind)) WITHOUT ROWID");
  db.exec(kCaseTable);
  auto* begin = db.prepare("BEGIN IMMEDIATE");
  auto* commit = db.prepare("COMMIT");
  auto* event = db.prepare("INSERT INTO e VALUES(?1,?2,?3)");
  auto* command = db.prepare("INSERT INTO k VALUES(510000,?1,?2,1,?3) ON CONFLICT(centre,id) DO UPDATE SET facts=k.facts+excluded.facts");
  auto* group = db.prepare("INSERT INTO g VALUES(510000,?1,?2,?3,?4,?5)");
  auto* head = db.prepare("INSERT INTO h VALUES(510000,?1,?2,?3) ON CONFLICT(centre) DO UPDATE SET seq=excluded.seq, groups=excluded.groups, peaks=excluded.peaks");
  auto* day = db.prepare("INSERT INTO d VALUES(510000,19891,?1) ON CONFLICT(centre,day) DO UPDATE SET last=excluded.last");
  auto* the_case = db.prepare(kCaseUpsert);
  auto* timer = db.prepare("INSERT INTO t VALUES(510000,?1) ON CONFLICT DO NOTHING");
  auto* person = db.prepare("INSERT INTO s VALUES(510000,?1,0,0,?2)");
  auto* found_by = db.prepare("INSERT INTO b VALUES(510000,?1,?2)");
  const std::string record(static_cast<std::size_t>(q.record_bytes), 'x'), hash(32, 'h'), peaks(15 * 32, 'p'), detail(180, 'd');
  std::mt19937_64 random(1);
  std::int64_t seq = 0, groups = 0, next_case = 1, commands = 0;
  sqlite3_bind_text(the_case, 3, detail.data(), static_cast<int>(detail.size()), SQLITE_STATIC);
  const auto write_event = [&] {
    sqlite3_bind_int64(event, 1, (510000LL << 40) | ++seq);
    sqlite3_bind_blob(event, 2, hash.data(), 8, SQLITE_STATIC);
    sqlite3_bind_blob(event, 3, record.data(), static_cast<int>(record.size()), SQLITE_STATIC);
    db.run(event);
  };
  // A person nobody knew: the fact, the row, and the blind index.
  const auto write_person = [&] {
    write_event();
    const std::uint64_t blind[2] = {random(), random()};
    sqlite3_bind_int64(person, 1, seq);
    sqlite3_bind_blob(person, 2, blind, 16, SQLITE_TRANSIENT);
    db.run(person);
    sqlite3_bind_blob(found_by, 1, blind, 16, SQLITE_TRANSIENT);
    sqlite3_bind_int64(found_by, 2, seq);
    db.run(found_by);
  };
  if (q.pattern == Pattern::step) {
    db.exec("BEGIN");
    for (; next_case <= q.cases; ++next_case) {
      sqlite3_bind_int64(the_case, 1, next_case);
      sqlite3_bind_int64(the_case, 2, 1);
      db.run(the_case);
    }
    db.exec("COMMIT");
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  const auto start = monotonic_ns();
  while (seconds_since(start) < q.seconds) {
    db.run(begin);
    for (int i = 0; i < q.group; ++i) {
      write_event();
      if (q.pattern == Pattern::create || (q.pattern == Pattern::whole_case && commands % 6 == 0)) write_person();
      std::uint64_t id[2] = {__builtin_bswap64(static_cast<std::uint64_t>(seq)), random()};
      sqlite3_bind_blob(command, 1, id, 16, SQLITE_TRANSIENT);
      sqlite3_bind_int64(command, 2, seq);
      sqlite3_bind_blob(command, 3, hash.data(), 16, SQLITE_STATIC);
      db.run(command);
      // whole_case: each case is touched six times by neighbouring groups.
      const std::int64_t c = q.pattern == Pattern::create       ? next_case++
                             : q.pattern == Pattern::whole_case ? std::max<std::int64_t>(1, commands / 6 - static_cast<std::int64_t>(random() % 64))
                                                                : 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(q.cases));
      sqlite3_bind_int64(the_case, 1, c);
      sqlite3_bind_int64(the_case, 2, seq);
      db.run(the_case);
      sqlite3_bind_int64(timer, 1, (19'891LL << 32) + c);  // the next day on which something happens by itself
      db.run(timer);
      ++commands;
    }
    if (q.pattern != Pattern::step) {
      sqlite3_bind_int64(day, 1, seq);
      db.run(day);
    }
    ++groups;
    sqlite3_bind_int64(group, 1, groups);
    sqlite3_bind_int64(group, 2, seq);
    sqlite3_bind_int64(group, 3, q.group);
    sqlite3_bind_int64(group, 4, seq);
    sqlite3_bind_blob(group, 5, hash.data(), 32, SQLITE_STATIC);
    db.run(group);
    sqlite3_bind_int64(head, 1, seq);
    sqlite3_bind_int64(head, 2, groups);
    sqlite3_bind_blob(head, 3, peaks.data(), static_cast<int>(peaks.size()), SQLITE_STATIC);
    db.run(head);
    db.run(commit);
  }
  return static_cast<double>(commands) / seconds_since(start);
}

double bulk_load(const std::string& database_file, const std::string& view) {
  Db db(database_file);
  sqlite3_stmt* columns = db.prepare("SELECT count(*) FROM pragma_table_info('" + view + "')");
  sqlite3_step(columns);
  const int n = sqlite3_column_int(columns, 0);
  sqlite3_reset(columns);
  db.exec("DROP TABLE IF EXISTS bulk");
  // The same table, empty and without indexes.
  sqlite3_stmt* ddl = db.prepare("SELECT sql FROM sqlite_master WHERE name='" + view + "'");
  sqlite3_step(ddl);
  std::string sql = reinterpret_cast<const char*>(sqlite3_column_text(ddl, 0));
  sqlite3_reset(ddl);
  sql.replace(0, sql.find('('), "CREATE TABLE bulk");
  db.exec(sql);
  // The rows are taken into memory first: what is timed is the writing.
  struct Cell {
    int type;
    std::int64_t i;
    std::string s;
  };
  std::vector<Cell> cells;
  sqlite3_stmt* all = db.prepare("SELECT * FROM " + view);
  while (sqlite3_step(all) == SQLITE_ROW)
    for (int i = 0; i < n; ++i) {
      const int type = sqlite3_column_type(all, i);
      Cell c{type, 0, {}};
      if (type == SQLITE_INTEGER) c.i = sqlite3_column_int64(all, i);
      else if (type != SQLITE_NULL)
        c.s.assign(static_cast<const char*>(sqlite3_column_blob(all, i)), static_cast<std::size_t>(sqlite3_column_bytes(all, i)));
      cells.push_back(std::move(c));
    }
  sqlite3_reset(all);
  std::string insert = "INSERT INTO bulk VALUES(";
  for (int i = 0; i < n; ++i) insert += i ? ",?" : "?";
  auto* put = db.prepare(insert + ")");
  const auto start = monotonic_ns();
  db.exec("BEGIN IMMEDIATE");
  for (std::size_t at = 0; at < cells.size(); at += static_cast<std::size_t>(n)) {
    for (int i = 0; i < n; ++i) {
      const Cell& c = cells[at + static_cast<std::size_t>(i)];
      if (c.type == SQLITE_INTEGER) sqlite3_bind_int64(put, i + 1, c.i);
      else if (c.type == SQLITE_NULL) sqlite3_bind_null(put, i + 1);
      else if (c.type == SQLITE_TEXT) sqlite3_bind_text(put, i + 1, c.s.data(), static_cast<int>(c.s.size()), SQLITE_STATIC);
      else sqlite3_bind_blob(put, i + 1, c.s.data(), static_cast<int>(c.s.size()), SQLITE_STATIC);
    }
    db.run(put);
  }
  db.exec("COMMIT");
  const double seconds = seconds_since(start);
  db.exec("DROP TABLE bulk");
  return seconds;
}

}  // namespace yi::bench
