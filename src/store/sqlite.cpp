// The embedded store. One connection writes and does every checkpoint; readers are read-only and never checkpoint.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <unordered_map>

#include "store/database.h"
#include "store/dialect.h"

namespace yi::store {
namespace {

// The centre's code and the record's number in one integer, so that the ledger is a plain rowid table: appending to
// it touches one page, where an index-organised table splits its last page in the middle.
constexpr int kSeqBits = 40;
std::int64_t position(CentreCode centre, std::int64_t seq) {
  return (static_cast<std::int64_t>(centre.value) << kSeqBits) | seq;
}

constexpr const char* kSchemaVersion = "1";
constexpr const char* kMetaTable = "CREATE TABLE IF NOT EXISTS store_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";
constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS ledger_event(pos INTEGER PRIMARY KEY, mark BLOB NOT NULL, record BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS ledger_group(centre BIGINT NOT NULL, number BIGINT NOT NULL, first_seq BIGINT NOT NULL,"
    " events BIGINT NOT NULL, recorded_at BIGINT NOT NULL, root BLOB NOT NULL, PRIMARY KEY(centre, number)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS ledger_head(centre BIGINT PRIMARY KEY, seq BIGINT NOT NULL, groups BIGINT NOT NULL,"
    " recorded_at BIGINT NOT NULL, epoch BIGINT NOT NULL, peaks BLOB NOT NULL) WITHOUT ROWID;";

[[noreturn]] void fail(sqlite3* db, int rc, const char* doing) {
  FailureKind kind = FailureKind::other;
  switch (rc & 0xFF) {
    case SQLITE_FULL: kind = FailureKind::full; break;
    case SQLITE_READONLY: kind = FailureKind::read_only; break;
    case SQLITE_IOERR: kind = FailureKind::io; break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: kind = FailureKind::corrupt; break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: kind = FailureKind::busy; break;
    default: break;
  }
  throw Failure(kind, std::string(doing) + ": " + (db ? sqlite3_errmsg(db) : sqlite3_errstr(rc)) + " (SQLite " +
                          std::to_string(rc) + ")");
}

void exec(sqlite3* db, const char* sql) {
  if (const int rc = sqlite3_exec(db, sql, nullptr, nullptr, nullptr); rc != SQLITE_OK) fail(db, rc, "exec");
}

class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql) : db_(db) {
    if (const int rc = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &s_,
                                          nullptr);
        rc != SQLITE_OK)
      fail(db, rc, std::string(sql).c_str());
    // "$3" is a name to SQLite and gets the next free number: remember which.
    const int n = sqlite3_bind_parameter_count(s_);
    for (int i = 1; i <= n; ++i)
      slots_.push_back(sqlite3_bind_parameter_index(s_, ("$" + std::to_string(i)).c_str()));
  }
  ~Statement() { sqlite3_finalize(s_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // The bytes of the values must live until the statement is reset.
  void bind(int index, const Value& v) {
    const int slot = slots_[static_cast<std::size_t>(index)];
    if (v.kind == Value::Kind::null) sqlite3_bind_null(s_, slot);
    else if (v.kind == Value::Kind::integer) sqlite3_bind_int64(s_, slot, v.i);
    else if (v.kind == Value::Kind::blob) bind_blob(index, v.s);
    else sqlite3_bind_text(s_, slot, v.s.data(), static_cast<int>(v.s.size()), SQLITE_STATIC);
  }
  void bind_int(int index, std::int64_t v) { sqlite3_bind_int64(s_, slots_[static_cast<std::size_t>(index)], v); }
  void bind_blob(int index, std::string_view v) {
    sqlite3_bind_blob(s_, slots_[static_cast<std::size_t>(index)], v.data(), static_cast<int>(v.size()), SQLITE_STATIC);
  }
  bool step() {
    const int rc = sqlite3_step(s_);
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) return false;
    sqlite3_reset(s_);
    fail(db_, rc, "step");
  }
  void reset() { sqlite3_reset(s_); }
  void run() {
    step();
    sqlite3_reset(s_);
  }
  sqlite3_stmt* get() { return s_; }
  std::size_t parameters() const { return slots_.size(); }
  bool in_use = false;

 private:
  sqlite3* db_;
  sqlite3_stmt* s_ = nullptr;
  std::vector<int> slots_;
};

struct Connection {
  sqlite3* db = nullptr;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements;
  Connection(const std::string& file, int flags) {
    const int rc = sqlite3_open_v2(file.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nullptr);
    if (rc != SQLITE_OK) {
      const std::string why = db ? sqlite3_errmsg(db) : sqlite3_errstr(rc);
      sqlite3_close(db);
      throw Failure((rc & 0xFF) == SQLITE_CANTOPEN ? FailureKind::io : FailureKind::other, "open: " + why);
    }
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, 5000);
  }
  ~Connection() {
    statements.clear();
    sqlite3_close(db);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  Statement& prepare(std::string_view sql) {
    auto& s = statements[std::string(sql)];
    if (!s) s = std::make_unique<Statement>(db, sql);
    return *s;
  }
  void forget_statements() { statements.clear(); }
};

// A cursor over a cached statement, or over one of its own when the cached one is in use (nested reads).
class SqliteCursor : public Cursor {
 public:
  SqliteCursor(Connection& c, std::string_view sql, const Row& parameters) : parameters_(parameters) {
    Statement& cached = c.prepare(sql);
    if (cached.in_use) own_ = std::make_unique<Statement>(c.db, sql);
    s_ = own_ ? own_.get() : &cached;
    s_->in_use = true;
    if (parameters_.size() != s_->parameters()) throw std::logic_error("wrong number of parameters: " + std::string(sql));
    for (std::size_t i = 0; i < parameters_.size(); ++i) s_->bind(static_cast<int>(i), parameters_[i]);
  }
  ~SqliteCursor() override {
    s_->reset();
    s_->in_use = false;
  }
  bool next() override { return s_->step(); }
  bool is_null(int i) const override { return sqlite3_column_type(s_->get(), i) == SQLITE_NULL; }
  std::int64_t integer(int i) const override { return sqlite3_column_int64(s_->get(), i); }
  std::string_view bytes(int i) const override {
    const void* p = sqlite3_column_blob(s_->get(), i);
    return {static_cast<const char*>(p), static_cast<std::size_t>(sqlite3_column_bytes(s_->get(), i))};
  }

 private:
  Row parameters_;
  std::unique_ptr<Statement> own_;
  Statement* s_;
};

class SqliteReader : public Reader {
 public:
  explicit SqliteReader(Connection& c) : c_(&c) {}
  explicit SqliteReader(std::unique_ptr<Connection> own) : own_(std::move(own)), c_(own_.get()) {}
  std::unique_ptr<Cursor> select(std::string_view sql, const Row& parameters) override {
    return std::make_unique<SqliteCursor>(*c_, sql, parameters);
  }
  std::unique_ptr<Cursor> select_keys(const View& view, std::string_view table, CentreCode centre, const Row& keys) override {
    // 1, 4, 16, … values, the rest being the last one again: few statements are prepared.
    std::size_t size = 1;
    while (size < keys.size()) size *= 4;
    Row parameters{centre.value};
    for (std::size_t i = 0; i < size; ++i) {
      const Value& v = keys[std::min(i, keys.size() - 1)];
      parameters.push_back(view.columns[1].type == Type::bytes ? Value::blob(v.s) : v);
    }
    return select(kSqlite.select_by_second_key(view, table, size), parameters);
  }
  void begin_snapshot() override { exec(c_->db, "BEGIN"); }
  void end_snapshot() noexcept override {
    for (const char* sql : {"COMMIT", "ROLLBACK"})  // a COMMIT that failed leaves the transaction open
      if (!sqlite3_get_autocommit(c_->db)) sqlite3_exec(c_->db, sql, nullptr, nullptr, nullptr);
  }
  void events(CentreCode centre, std::int64_t first, std::int64_t last,
              const std::function<bool(const LedgerRow&)>& f) override {
    SqliteCursor c(*c_, "SELECT pos, mark, record FROM ledger_event WHERE pos BETWEEN $1 AND $2 ORDER BY pos",
                   {position(centre, first), position(centre, last)});
    while (c.next()) {
      const LedgerRow row{c.integer(0) & ((std::int64_t{1} << kSeqBits) - 1), c.bytes(1), c.bytes(2)};
      if (!f(row)) return;
    }
  }
  using Reader::meta;
  std::optional<std::string> meta(CentreCode, std::string_view key) override { return meta(key); }  // a file has one centre
  std::vector<CentreCode> owners() override {
    const auto one = meta("centre");
    std::int32_t code = 0;
    if (!one || std::from_chars(one->data(), one->data() + one->size(), code).ec != std::errc{}) return {};
    return {{code}};
  }
  bool next_centre(CentreCode& centre) override {
    SqliteCursor c(*c_, "SELECT pos FROM ledger_event WHERE pos>=$1 ORDER BY pos LIMIT 1", {position({centre.value + 1}, 0)});
    if (!c.next()) return false;
    centre.value = static_cast<std::int32_t>(c.integer(0) >> kSeqBits);
    return true;
  }
  std::string table_exists_sql() const override { return "SELECT 1 FROM sqlite_master WHERE type='table' AND name=$1"; }

 private:
  std::unique_ptr<Connection> own_;
  Connection* c_;
};

class SqliteWriter : public Writer {
 public:
  SqliteWriter(const std::string& file) : c_(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE), reader_(c_) {
    exec(c_.db, "PRAGMA page_size=4096");
    use_write_ahead_log();
    exec(c_.db, "PRAGMA journal_size_limit=67108864");  // a log that one long reader made grow gives its place back
    exec(c_.db, "PRAGMA synchronous=FULL");
    exec(c_.db, "PRAGMA cache_size=-131072");
    exec(c_.db, "PRAGMA temp_store=MEMORY");
    exec(c_.db, "PRAGMA cell_size_check=ON");
    sqlite3_wal_hook(c_.db, &SqliteWriter::on_commit, this);
  }
  void create_meta_table() { exec(c_.db, kMetaTable); }
  void create_ledger_tables() {
    create_meta_table();
    exec(c_.db, kTables);
  }
  void begin() override { c_.prepare("BEGIN IMMEDIATE").run(); }
  void commit() override { c_.prepare("COMMIT").run(); }
  void rollback() noexcept override {
    if (!sqlite3_get_autocommit(c_.db)) sqlite3_exec(c_.db, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  void append_event(CentreCode centre, const LedgerRow& row) override {
    if (!append_event_) append_event_ = &c_.prepare("INSERT INTO ledger_event(pos, mark, record) VALUES($1,$2,$3)");
    auto& s = *append_event_;
    s.bind_int(0, position(centre, row.seq));
    s.bind_blob(1, row.mark);
    s.bind_blob(2, row.record);
    s.run();
  }
  void append_group(CentreCode centre, const GroupRow& g) override {
    auto& s = c_.prepare(
        "INSERT INTO ledger_group(centre, number, first_seq, events, recorded_at, root) VALUES($1,$2,$3,$4,$5,$6)");
    s.bind_int(0, centre.value);
    s.bind_int(1, g.number);
    s.bind_int(2, g.first_seq);
    s.bind_int(3, g.count);
    s.bind_int(4, g.recorded_at);
    s.bind_blob(5, g.root);
    s.run();
  }
  HeadRow claim(CentreCode centre) override { return reader_.head(centre); }  // the directory's lock is the claim
  void advance_head(CentreCode centre, const HeadRow& from, const HeadRow& to) override {
    auto& s = c_.prepare(from.groups == 0 ? "INSERT INTO ledger_head(centre, seq, groups, recorded_at, epoch, peaks) VALUES($1,$2,$3,$4,$5,$6)"
                                            " ON CONFLICT(centre) DO UPDATE SET seq=$2, groups=$3, recorded_at=$4, peaks=$6"
                                            " WHERE seq=$7 AND groups=$8 AND epoch=$5"
                                          : "UPDATE ledger_head SET seq=$2, groups=$3, recorded_at=$4, peaks=$6"
                                            " WHERE centre=$1 AND seq=$7 AND groups=$8 AND epoch=$5");
    s.bind_int(0, centre.value);
    s.bind_int(1, to.seq);
    s.bind_int(2, to.groups);
    s.bind_int(3, to.recorded_at);
    s.bind_int(4, from.epoch);
    s.bind_blob(5, to.peaks);
    s.bind_int(6, from.seq);
    s.bind_int(7, from.groups);
    s.run();
    if (sqlite3_changes(c_.db) != 1) throw Failure(FailureKind::stale, "the ledger's head is not where this writer left it");
  }
  void recover() override {}
  void put_meta(std::string_view key, std::string_view value) override {
    auto& s = c_.prepare(
        "INSERT INTO store_meta(name, value) VALUES($1,$2) ON CONFLICT(name) DO UPDATE SET value=excluded.value");
    const Value k(key), v(value);
    s.bind(0, k);
    s.bind(1, v);
    s.run();
  }
  void put_meta(CentreCode, std::string_view key, std::string_view value) override { put_meta(key, value); }
  void lock_until_commit(std::string_view) override {}
  void take_rows(const View& view, std::string_view from, CentreCode centre) override {
    for (const auto& sql : {drop_rows_sql(view), copy_rows_sql(view, from)}) {
      auto& s = c_.prepare(sql);
      s.bind_int(0, centre.value);
      s.run();
    }
  }
  void ensure_view(const View& view) override {
    exec(c_.db, create_table_sql(view, view.name, kSqlite).c_str());
    for (const auto& sql : create_index_sql(view, view.name)) exec(c_.db, sql.c_str());
  }
  void drop_view(std::string_view name) override {
    forget_statements();
    exec(c_.db, ("DROP TABLE IF EXISTS " + std::string(name)).c_str());
  }
  void rename_view(std::string_view from, std::string_view to) override {
    forget_statements();
    exec(c_.db, ("ALTER TABLE " + std::string(from) + " RENAME TO " + std::string(to)).c_str());
  }
  void change(const View& view, std::string_view table, const RowChange& change) override {
    Statement& s = prepared(view, table, change.kind);
    for (std::size_t i = 0; i < change.row.size(); ++i) {
      const auto& v = change.row[i];
      if (view.columns[i].type == Type::bytes && v.kind != Value::Kind::null) s.bind_blob(static_cast<int>(i), v.s);
      else s.bind(static_cast<int>(i), v);
    }
    s.run();
  }
  void erase_subject(const View& view, std::string_view table, CentreCode centre, SubjectId subject) override {
    exec(c_.db, "PRAGMA secure_delete=ON");
    auto& s = c_.prepare(erase_subject_sql(view, table));
    s.bind_int(0, centre.value);
    s.bind_int(1, subject.value);
    s.run();
    exec(c_.db, "PRAGMA secure_delete=OFF");
  }
  void index_subject(const View& view, std::string_view table, bool wanted) override {
    exec(c_.db, index_subject_sql(view, table, wanted).c_str());
  }
  Reader& reader() override { return reader_; }
  std::int64_t log_bytes() const override { return (frames_before_ + frames_) * (4096 + 24); }
  void checkpoint() override { sqlite3_wal_checkpoint_v2(c_.db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr); }

 private:
  // SQLite keeps the old journal without a word where it cannot have the log: readers would then block the writer.
  void use_write_ahead_log() {
    Statement s(c_.db, "PRAGMA journal_mode=WAL");
    const auto* mode = s.step() ? reinterpret_cast<const char*>(sqlite3_column_text(s.get(), 0)) : nullptr;
    if (!mode || std::string_view(mode) != "wal")
      throw Failure(FailureKind::other, "这个位置的文件系统不支持预写日志（WAL）");
  }
  // Keyed by the view's address, so that the hot path neither builds SQL nor looks a statement up by its text.
  Statement& prepared(const View& view, std::string_view table, RowChange::Kind kind) {
    auto& entry = prepared_[static_cast<std::size_t>(kind)][&view];
    if (!entry.statement || entry.table != table) {
      entry.table = table;
      entry.statement = &c_.prepare(kind == RowChange::Kind::remove   ? kSqlite.delete_by_key(view, table)
                                    : kind == RowChange::Kind::insert ? insert_sql(view, table, kSqlite)
                                                                      : upsert_sql(view, table, kSqlite));
    }
    return *entry.statement;
  }
  void forget_statements() {
    for (auto& p : prepared_) p.clear();
    append_event_ = nullptr;
    c_.forget_statements();
  }
  // Counts the frames that each commit appended, and does what wal_autocheckpoint would have done.
  static int on_commit(void* self, sqlite3* db, const char* name, int frames) {
    auto* w = static_cast<SqliteWriter*>(self);
    if (frames < w->frames_) w->frames_before_ += w->frames_;
    w->frames_ = frames;
    if (frames >= 1000) sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
  }
  Connection c_;
  SqliteReader reader_;
  struct Prepared {
    std::string table;
    Statement* statement = nullptr;
  };
  std::array<std::unordered_map<const View*, Prepared>, 3> prepared_;  // by RowChange::Kind
  Statement* append_event_ = nullptr;
  std::int64_t frames_ = 0, frames_before_ = 0;
};

class SqliteStore : public Store {
 public:
  explicit SqliteStore(std::string file) : file_(std::move(file)) {}
  std::optional<DirectoryLock> lock;
  std::unique_ptr<SqliteWriter> w;
  Writer& writer() override {
    if (!w) throw Failure(FailureKind::read_only, "the store is open for reading");
    return *w;
  }
  std::unique_ptr<Reader> open_reader() override {
    auto c = std::make_unique<Connection>(file_, SQLITE_OPEN_READONLY);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    exec(c->db, "PRAGMA query_only=ON");
    exec(c->db, "PRAGMA cache_size=-16384");
    return std::make_unique<SqliteReader>(std::move(c));
  }

 private:
  std::string file_;
};

Refusal unusable(const std::string& file, const std::string& why) {
  return {"store.unusable", "数据文件无法使用：" + why, "请检查目录的读写权限和磁盘空间；数据没有被改动。", 503, file};
}

// Readers share a small file beside the database; where nobody has made it and it cannot be made, nothing can be read.
Refusal unreadable(const std::string& directory, const std::string& file, const std::string& why) {
  if (::access(directory.c_str(), W_OK) != 0 && ::access((file + "-shm").c_str(), R_OK | W_OK) != 0)
    return {"store.unusable", "当前用户不能写这个数据目录，无法读取其中的账本：" + why,
            "请以数据目录的所有者运行；目录在只读介质上时，请先把整个目录复制到可写的位置。", 503, file};
  return unusable(file, why);
}

// The file of an existing directory without symbolic links on its way: SQLITE_OPEN_NOFOLLOW then refuses only a
// database that is itself one.
std::string file_of(const std::string& directory, const std::string& name = "yichuang") {
  return std::filesystem::canonical(directory).string() + "/" + name + ".db";
}

// Holds personal data: readable by its owner alone, whatever the umask. SQLite gives the log the same mode.
void make_private(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0) ::close(fd);  // SQLite says what is wrong otherwise
}

Checked check_version(Reader& reader, const std::string& file) {
  if (!reader.has_table("store_meta"))
    return Refusal{"store.not_ours", "这个文件不是一窗的数据文件。", "请检查 --data 指定的目录。", 409, file};
  const auto version = reader.meta("schema");
  if (!version || *version > kSchemaVersion)
    return Refusal{"store.newer", "数据由更新版本的一窗写成。", "请使用同一或更新的版本打开。", 409, file};
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& directory, Mode mode) {
  const std::string named = directory + "/yichuang.db";  // as the person wrote it
  try {
    std::error_code ignored;
    const bool there = std::filesystem::exists(named, ignored);
    if (mode == Mode::read) {
      if (!there)
        return Refusal{"store.missing", "目录中没有一窗的数据：" + directory, "请先运行 yichuang replay 或 ./run，或检查 --data。", 404, named};
      auto store = std::make_unique<SqliteStore>(file_of(directory));
      YI_CHECK(check_version(*store->open_reader(), named));
      return std::unique_ptr<Store>(std::move(store));
    }
    YI_TRY(auto lock, lock_directory(directory));
    const auto file = file_of(directory);
    auto store = std::make_unique<SqliteStore>(file);
    store->lock.emplace(std::move(lock));
    make_private(file);
    store->w = std::make_unique<SqliteWriter>(file);
    auto& w = *store->w;
    if (!w.reader().has_table("store_meta")) {
      if (there && w.reader().select("SELECT count(*) FROM sqlite_master", {})->next_integer() > 0)
        return check_version(w.reader(), named).error();
      w.begin();
      w.create_ledger_tables();
      w.put_meta("schema", kSchemaVersion);
      w.commit();
    }
    YI_CHECK(check_version(w.reader(), named));
    return std::unique_ptr<Store>(std::move(store));
  } catch (const Failure& f) {
    return mode == Mode::read ? unreadable(directory, named, f.what()) : unusable(named, f.what());
  } catch (const std::filesystem::filesystem_error& e) {
    return unusable(named, e.code().message());
  }
}


Result<std::unique_ptr<Store>> open_beside(const std::string& directory, const std::string& name, Mode mode) {
  const std::string named = directory + "/" + name + ".db";
  try {
    std::error_code ignored;
    if (mode == Mode::read) {
      if (!std::filesystem::exists(named, ignored))
        return Refusal{"store.missing", "目录中没有这个数据文件：" + named, "服务启动后会建立它。", 404, named};
      auto store = std::make_unique<SqliteStore>(file_of(directory, name));
      YI_CHECK(check_version(*store->open_reader(), named));
      return std::unique_ptr<Store>(std::move(store));
    }
    const auto file = file_of(directory, name);
    auto store = std::make_unique<SqliteStore>(file);
    make_private(file);
    store->w = std::make_unique<SqliteWriter>(file);
    auto& w = *store->w;
    if (!w.reader().has_table("store_meta")) {
      if (w.reader().select("SELECT count(*) FROM sqlite_master", {})->next_integer() > 0) return check_version(w.reader(), named).error();
      w.begin();
      w.create_meta_table();
      w.put_meta("schema", kSchemaVersion);
      w.commit();
    }
    YI_CHECK(check_version(w.reader(), named));
    return std::unique_ptr<Store>(std::move(store));
  } catch (const Failure& f) {
    return mode == Mode::read ? unreadable(directory, named, f.what()) : unusable(named, f.what());
  } catch (const std::filesystem::filesystem_error& e) {
    return unusable(named, e.code().message());
  }
}

}  // namespace yi::store
