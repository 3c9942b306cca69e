#pragma once
// The database port. One connection writes and checkpoints (SQLite 3.40's WAL-reset bug, docs/decisions/0001);
// others read. Failures of the database are exceptions of type Failure, caught at the lane and at the door: they
// cannot happen in normal work.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "crypto/sm3.h"
#include "store/view.h"

namespace yi::store {

enum class FailureKind {
  full, read_only, io, corrupt, busy, other,
  unreachable,  // the database's server does not answer: what was begun is not stored
  unknown,      // the connection broke at the commit: stored or not, the head tells (Writer::recover)
  stale,        // the head is not where this writer left it: another one has gone on
};

struct Failure : std::runtime_error {
  Failure(FailureKind k, const std::string& what) : std::runtime_error(what), kind(k) {}
  FailureKind kind;
};

// One record as it lies in the ledger (docs/ledger-format.md).
struct LedgerRow {
  std::int64_t seq = 0;
  std::string_view mark;    // the first 8 bytes of the leaf hash: names a broken record inside its group
  std::string_view record;  // the hashed bytes
};

// One commit group.
struct GroupRow {
  std::int64_t number = 0;      // from 1, dense
  std::int64_t first_seq = 0;
  std::int64_t count = 0;
  std::int64_t recorded_at = 0; // of its last record, ms
  std::string root;             // 32 bytes: Merkle root over the group's leaves
};

// The head of a centre's ledger.
struct HeadRow {
  std::int64_t seq = 0;          // last record, 0 for none
  std::int64_t groups = 0;
  std::int64_t recorded_at = 0;  // ms
  std::int64_t epoch = 0;        // of the last claim (Writer::claim); always 0 on SQLite
  std::string peaks;             // 32 bytes each: peaks of the Merkle mountain range over the groups
};

// A step through the rows of a SELECT.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual bool next() = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;  // valid until the next step
  // For a SELECT of one integer: it, or 0 when there is no row.
  std::int64_t next_integer() { return next() ? integer(0) : 0; }
};

// Reads one consistent state between begin_snapshot and end_snapshot, the newest otherwise. Not thread safe: a thread
// takes a reader of its own from the pool.
class Reader {
 public:
  virtual ~Reader() = default;
  // SELECT in the subset that SQLite and PostgreSQL share; parameters are $1, $2, … (a lint holds both).
  virtual std::unique_ptr<Cursor> select(std::string_view sql, const Row& parameters) = 0;
  // The rows of a centre whose second key column has one of these values, in any order: one question, by the key's index. 1 to 256 of
  // them; of one that is given twice the row may come twice.
  virtual std::unique_ptr<Cursor> select_keys(const View& view, std::string_view table, CentreCode centre, const Row& keys) = 0;
  virtual void begin_snapshot() = 0;
  virtual void end_snapshot() noexcept = 0;  // for destructors; without a snapshot it does nothing

  HeadRow head(CentreCode centre);
  // Of the whole store; on SQLite of its one centre too.
  std::optional<std::string> meta(std::string_view key);
  // Of one centre ("clock", "keys", …).
  virtual std::optional<std::string> meta(CentreCode centre, std::string_view key) = 0;
  // The centres that were begun here, with facts or without.
  virtual std::vector<CentreCode> owners() = 0;
  // Calls f for records first <= seq <= last in order until it returns false.
  virtual void events(CentreCode centre, std::int64_t first, std::int64_t last,
                      const std::function<bool(const LedgerRow&)>& f) = 0;
  void groups(CentreCode centre, std::int64_t first, const std::function<bool(const GroupRow&)>& f);
  // The first centre behind `centre` that has a record; false when there is none.
  virtual bool next_centre(CentreCode& centre) = 0;
  bool has_table(std::string_view name);
  virtual std::string table_exists_sql() const = 0;
};

// The writing connection, used by one thread at a time. One process holds it (a lock in the directory, or in the database),
// or one node at a time writes by it (set_term).
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void begin() = 0;
  // The transaction is whole: its commit may set out, so that the caller does something else meanwhile. Nothing but commit() may follow.
  virtual void start_commit() {}
  virtual void commit() = 0;    // durable when it returns
  virtual void rollback() noexcept = 0;

  virtual void append_event(CentreCode centre, const LedgerRow& row) = 0;
  virtual void append_group(CentreCode centre, const GroupRow& group) = 0;
  // From here on whoever claimed the centre's ledger before cannot move its head any more. Outside a transaction.
  virtual HeadRow claim(CentreCode centre) = 0;
  // From here on every transaction holds only where the centre's head still has this epoch; else FailureKind::stale, from the
  // statement or from the commit. So whoever was overtaken changes nothing any more, not even a view (docs/decisions/0020). A
  // store that one process holds needs no such check.
  virtual void set_term(CentreCode, std::int64_t /*epoch*/) {}
  // The term is over, or did not come to begin: the writer checks no epoch any more. Outside a transaction; never throws for a
  // connection that is gone.
  virtual void end_term() {}
  // false: answers may take as long as they take (class Unhurried).
  virtual void hurry(bool) {}
  // Moves the head on where it still is `from` in number, groups and epoch; else FailureKind::stale, from here or from the
  // commit. The epoch stays.
  virtual void advance_head(CentreCode centre, const HeadRow& from, const HeadRow& to) = 0;
  virtual void put_meta(std::string_view key, std::string_view value) = 0;
  virtual void put_meta(CentreCode centre, std::string_view key, std::string_view value) = 0;
  // Within a transaction: from here to its end nobody else of this store, in whatever process, is past the same word. On SQLite
  // nobody else writes.
  virtual void lock_until_commit(std::string_view word) = 0;
  // The centre's rows of `from`, a copy of the view, take the place of its rows of the view; others' stay.
  virtual void take_rows(const View& view, std::string_view from, CentreCode centre) = 0;

  virtual void ensure_view(const View& view) = 0;  // creates table and indexes where missing
  virtual void drop_view(std::string_view name) = 0;
  virtual void rename_view(std::string_view from, std::string_view to) = 0;
  // `table` is the view's name, or the name of a copy of it being rebuilt.
  virtual void change(const View& view, std::string_view table, const RowChange& change) = 0;

  // What View::subject_column says of an erased subject, for the rows that are in the table; their old bytes are
  // overwritten in the file. A copy that is being rebuilt has no indexes: `index_subject` gives it the one that this needs
  // (true) and takes it away (false).
  virtual void erase_subject(const View& view, std::string_view table, CentreCode centre, SubjectId subject) = 0;
  virtual void index_subject(const View& view, std::string_view table, bool wanted) = 0;

  virtual Reader& reader() = 0;  // sees the open transaction
  virtual std::int64_t log_bytes() const = 0;  // bytes written to the write-ahead log by this connection so far; 0 where it is the server's
  virtual void checkpoint() = 0;

  // After a failure of kind unreachable or unknown: connects again; throws while that does not succeed, and FailureKind::busy
  // while another process holds the store. Until it is called, every begin() throws: whoever writes must read the head
  // again, because others may have gone on meanwhile.
  virtual void recover() = 0;
};

// While it lives a writer's answers have no deadline: for steps that take longer the larger a ledger is (views that come in, tables of
// an earlier program). A server that is gone is noticed all the same, by its keepalives. One at a time.
class Unhurried {
 public:
  explicit Unhurried(Writer& writer) : writer_(writer) { writer_.hurry(false); }
  ~Unhurried() { writer_.hurry(true); }
  Unhurried(const Unhurried&) = delete;
  Unhurried& operator=(const Unhurried&) = delete;

 private:
  Writer& writer_;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual Writer& writer() = 0;                      // throws Failure when the store was opened for reading
  virtual std::unique_ptr<Reader> open_reader() = 0;
};

// The right to write in a data directory, held until it is destroyed; the kernel takes it back when the process dies,
// however it dies.
class DirectoryLock {
 public:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~DirectoryLock();

 private:
  int fd_;
};

// Makes DIR (0700) where it is missing and locks DIR/lock. Refusals: "store.locked" (another process writes),
// "store.unusable".
Result<DirectoryLock> lock_directory(const std::string& directory);

// write: alone. node: beside others of the same centre, one of which leads at a time (store/lease.h); the same as write on SQLite.
enum class Mode { write, read, node };

// Opens DIR/yichuang.db; Mode::write takes the directory's lock and keeps it. Refusals: "store.locked" (another process
// writes), "store.missing" (Mode::read and nothing there), "store.not_ours", "store.newer" (written by a later
// version), "store.unusable".
Result<std::unique_ptr<Store>> open_sqlite(const std::string& directory, Mode mode);

// A database of its own beside the ledger (secrets, the access audit): DIR/<name>.db, 0600, with the same port. Whoever
// opens it for writing holds the directory's lock already and writes from one thread at a time. Refusals: "store.missing" (Mode::read
// and nothing there), "store.not_ours", "store.newer", "store.unusable".
Result<std::unique_ptr<Store>> open_beside(const std::string& directory, const std::string& name, Mode mode);

// One row by its whole key: SELECT every column … WHERE key=$1 AND …
std::string select_row_sql(const View& view, std::string_view table);
// Every row in key order.
std::string select_all_sql(const View& view, std::string_view table);
// Those of the centre $1.
std::string select_centre_sql(const View& view, std::string_view table);
// Those behind the key $1, $2, …; what walks a table asks by ViewWalk.
std::string select_behind_sql(const View& view, std::string_view table);
Row read_row(const View& view, const Cursor& cursor);  // of a cursor that stands on a row of either

}  // namespace yi::store
