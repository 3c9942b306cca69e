#include "store/postgres_writer.h"

#include <algorithm>
#include <stdexcept>

#include "store/dialect.h"
#include "store/postgres_schema.h"
#include "store/record.h"

namespace yi::store {
namespace {

constexpr std::size_t kHeldBytes = 8 << 20;  // of a transaction, before its first part is sent
constexpr std::chrono::milliseconds kGroupAnswer{4'000};  // beyond it the way is taken for broken, and the head tells
constexpr std::chrono::milliseconds kQuestionAnswer{4'000};  // a question of a rule, by an index: a node's clerks wait no longer for a way that is shut
constexpr std::size_t kGroupBytes = 1 << 20;                 // a part that is larger, and the commit of parts, may take as long as for any writer
constexpr std::chrono::milliseconds kOldSessionEnds{1'000};  // is waited for so long; then the caller tries again
constexpr std::chrono::milliseconds kNameAnswer{1'000};   // a session's name is a courtesy; a node that steps down waits no longer for it

// A whole transaction is on its way before any of its answers is read, and what is not so must end it: a division by zero is
// the one failure that a plain statement can bring about.
constexpr const char* kDivisionByZero = "22012";
#define YI_OR_FAIL(CHANGE) "WITH moved AS (" CHANGE " RETURNING 1) SELECT 1/count(*) FROM moved"
constexpr const char* kFirstHead = YI_OR_FAIL(
    "INSERT INTO ledger_head AS h(centre, seq, groups, recorded_at, epoch, peaks) VALUES($1,$2,$3,$4,$5,$6)"
    " ON CONFLICT(centre) DO UPDATE SET seq=$2, groups=$3, recorded_at=$4, peaks=$6 WHERE h.seq=$7 AND h.groups=$8 AND h.epoch=$5");
constexpr const char* kNextHead = YI_OR_FAIL(
    "UPDATE ledger_head SET seq=$2, groups=$3, recorded_at=$4, peaks=$6 WHERE centre=$1 AND seq=$7 AND groups=$8 AND epoch=$5");
constexpr const char* kSameTerm =
    "WITH held AS (SELECT 1 FROM ledger_head WHERE centre=$1 AND epoch=$2 FOR NO KEY UPDATE) SELECT 1/count(*) FROM held";
#undef YI_OR_FAIL

}  // namespace

PostgresWriter::PostgresWriter(std::unique_ptr<PostgresConnection> c, Of of, bool shared)
    : c_(std::move(c)), reader_(*c_, [this] { if (state_ != State::idle) flush(false); }), partitions_(*c_), of_(of), patient_(c_->answer_within), usual_(patient_), shared_(shared),
      events_(event_table(), event_table().columns.size()), groups_(group_table(), group_table().columns.size()) {
  if (shared_) c_->answer_within = usual_ = std::min(usual_, kQuestionAnswer);
  settle_session();
  take_lock({});
}

// An acknowledged command is on the disk, whatever the role's or the database's settings say; a stricter one
// (remote_apply) stays.
void PostgresWriter::settle_session() {
  auto c = reader_.select("SELECT current_setting('synchronous_commit')", {});
  if (c->next() && (c->bytes(0) == "off" || c->bytes(0) == "local")) c_->run_quickly("SET synchronous_commit=on");
  if (term_) reader_.select(kPlanByKeys, {});
}

// One process writes, or the nodes of a centre do, of which one leads. The lock is the session's: it goes with the
// connection, however the process ends.
void PostgresWriter::take_lock(std::chrono::milliseconds wait) {
  if (of_ == Of::beside) return;
  const std::string kind = shared_ ? "lock_shared" : "lock", which = "(hashtext('yichuang'), hashtext(current_schema()))";
  bool held = reader_.select("SELECT pg_try_advisory_" + kind + which, {})->next_integer() != 0;
  if (!held && wait.count()) {
    try {
      c_->run_quickly("SET lock_timeout=" + std::to_string(wait.count()));
      c_->run_quickly("SELECT pg_advisory_" + kind + which);
      held = true;
    } catch (const PostgresFailure& f) {
      if (f.state != "55P03") throw;
    }
    c_->run_quickly("RESET lock_timeout");
  }
  if (!held) throw Failure(FailureKind::busy, "another process holds the store");
  last_backend_ = c_->backend();
}

// By its name whoever takes the lead finds the session of the term before (store/lease.h).
void PostgresWriter::name_session() {
  if (term_) reader_.select("SELECT set_config('application_name', $1 || current_schema() || ' ' || $2, false)", {std::string(kWriterName) + " ", std::to_string(term_->centre.value)});
}

void PostgresWriter::set_term(CentreCode centre, std::int64_t epoch) {
  if (state_ != State::idle) throw std::logic_error("a term within a transaction");
  term_ = Term{centre, epoch};
  name_session();
  reader_.select(kPlanByKeys, {});
}

// Its name goes too: whoever takes the lead next need not end a session that writes no more.
void PostgresWriter::end_term() {
  if (state_ != State::idle) throw std::logic_error("a term within a transaction");
  if (!std::exchange(term_, std::nullopt) || !c_->alive()) return;
  const AnswerWithin quickly(*c_, kNameAnswer);
  try {
    reader_.select("SELECT set_config('application_name', $1, false)", {kWriterName});
  } catch (const Failure&) {  // the connection is gone, and the name with it
    must_recover_ = true;
  }
}

void PostgresWriter::recover() {
  drop_held();
  if (std::exchange(sent_, std::nullopt)) must_recover_ = true;
  partitions_.forget();
  state_ = State::idle;
  if (!must_recover_ && c_->alive()) return;
  must_recover_ = true;
  c_->reconnect();
  // Our own old session may not have noticed yet that we are gone; it ends, and its transaction with it.
  // Until it has, what it was committing may still land behind what is read now.
  if (last_backend_ && last_backend_ != c_->backend()) {
    auto old = reader_.select("SELECT pg_terminate_backend(pid, $3) FROM pg_stat_activity WHERE pid=$1::int AND usename=current_user AND application_name LIKE $2",
                              {std::to_string(last_backend_), std::string(kWriterName) + "%", kOldSessionEnds.count()});
    if (old->next() && old->integer(0) == 0) throw Failure(FailureKind::unreachable, "the session before has not ended yet");
  }
  settle_session();
  take_lock(std::chrono::seconds(2));
  name_session();
  must_recover_ = false;
}

void PostgresWriter::begin() {
  if (state_ != State::idle) throw std::logic_error("a transaction within a transaction");
  if (must_recover_ || !c_->alive()) {
    must_recover_ = true;
    throw Failure(FailureKind::unreachable, "the connection to the database was lost");
  }
  state_ = State::open;
}

void PostgresWriter::start_commit() {
  if (state_ == State::idle || sent_) throw std::logic_error("no transaction");
  send_part(true);
}
void PostgresWriter::commit() {
  if (state_ == State::idle) throw std::logic_error("no transaction");
  if (sent_) finish_part();
  else flush(true);
  state_ = State::idle;
}

void PostgresWriter::rollback() noexcept {
  drop_held();
  partitions_.forget();
  try {
    if (std::exchange(sent_, std::nullopt)) {  // it may be stored
      must_recover_ = true;
      if (c_->alive()) c_->finish_pipeline();
    }
  } catch (const std::exception&) {  // what became of it the head tells
  }
  try {
    if (c_->alive() && c_->in_transaction()) c_->run_quickly("ROLLBACK");
  } catch (const std::exception&) {  // the connection is gone: the server rolls back
  }
  if (!c_->alive()) must_recover_ = true;
  state_ = State::idle;
}

void PostgresWriter::in_transaction() const {
  if (state_ == State::idle) throw std::logic_error("a change outside a transaction");
}

void PostgresWriter::hold(std::size_t bytes) {
  held_bytes_ += bytes;
  if (held_bytes_ > kHeldBytes) flush(false);
}

void PostgresWriter::flush(bool commit) {
  if (send_part(commit)) finish_part();
}

bool PostgresWriter::send_part(bool commit) {
  if (sent_) throw std::logic_error("a statement while a commit is under way");
  if (held_bytes_ == 0 && (commit ? state_ == State::open : state_ == State::begun)) return false;
  const auto usual = c_->answer_within;
  Sent part{false, usual.count() == 0 ? usual : commit && state_ == State::open ? kGroupAnswer : commit || held_bytes_ > kGroupBytes ? patient_ : usual};
  const AnswerWithin limit(*c_, part.answer_within);
  sent_ = part;
  try {
    const bool alone = state_ == State::open;
    for (const auto& [centre, recorded_at] : first_records_) {
      const auto head = std::find_if(heads_.begin(), heads_.end(), [&, c = centre](const Head& h) { return h.centre.value == c; });
      HeadRow first;
      first.recorded_at = recorded_at;
      if (head != heads_.end()) partitions_.prepare({centre}, head->from, head->to, alone);
      else partitions_.prepare({centre}, {}, first, alone);
    }
    c_->start_pipeline();
    const bool first = state_ == State::open;
    if (first) c_->send("BEGIN", {});
    state_ = State::begun;
    send_held(first);
    if (commit) {
      sent_->commit = true;
      c_->send("COMMIT", {});
    }
    c_->end_pipeline();
  } catch (const PostgresFailure& f) {
    part_failed(f);
  } catch (...) {
    sent_.reset();
    throw;
  }
  drop_held();
  return true;
}

void PostgresWriter::finish_part() {
  const AnswerWithin limit(*c_, sent_->answer_within);
  try {
    c_->finish_pipeline();
  } catch (const PostgresFailure& f) {
    part_failed(f);
  }
  sent_.reset();
}

void PostgresWriter::part_failed(const PostgresFailure& f) {
  const bool committing = std::exchange(sent_, std::nullopt)->commit;
  drop_held();
  if (!c_->alive()) must_recover_ = true;
  if (f.state == kDivisionByZero) throw Failure(FailureKind::stale, "the ledger's head is not where this writer left it");
  if (committing && !c_->alive()) throw Failure(FailureKind::unknown, f.what());
  throw f;
}

// The head first: its row is the lock under which a group is appended, and a writer that is too late does no work.
void PostgresWriter::send_held(bool first) {
  if (first && heads_.empty() && term_) {
    PostgresParameters p;
    p.add(std::int64_t{term_->centre.value});
    p.add(term_->epoch);
    c_->send(kSameTerm, p);
  }
  for (const auto& h : heads_) {
    PostgresParameters p;
    for (const std::int64_t v : {std::int64_t{h.centre.value}, h.to.seq, h.to.groups, h.to.recorded_at, h.from.epoch}) p.add(v);
    p.add(h.to.peaks, oid::bytea);
    p.add(h.from.seq);
    p.add(h.from.groups);
    c_->send(h.from.groups == 0 ? kFirstHead : kNextHead, p);
  }
  static const auto insert_event = insert_sql(event_table(), event_table().name, kPostgres);
  static const auto insert_group = insert_sql(group_table(), group_table().name, kPostgres);
  events_.send(*c_, insert_event);
  groups_.send(*c_, insert_group);
  for (const auto& [key, value] : meta_) {
    PostgresParameters p;
    p.add(key, oid::text);
    p.add(value, oid::text);
    c_->send("INSERT INTO store_meta(name, value) VALUES($1,$2) ON CONFLICT(name) DO UPDATE SET value=excluded.value", p);
  }
  for (auto& [table, b] : batches_) b->send(*c_);
}

void PostgresWriter::drop_held() {
  heads_.clear();
  first_records_.clear();
  meta_.clear();
  held_bytes_ = 0;
  events_.clear();
  groups_.clear();
  for (auto& [table, b] : batches_) b->clear();
}

void PostgresWriter::append_event(CentreCode centre, const LedgerRow& row) {
  in_transaction();
  if (!first_records_.contains(centre.value)) {
    Record r;
    first_records_.emplace(centre.value, decode(row.record, r) ? r.recorded_at.ms : 0);
  }
  events_.add({centre.value, row.seq, row.mark, row.record});
  hold(64 + row.record.size());
}
void PostgresWriter::append_group(CentreCode centre, const GroupRow& g) {
  in_transaction();
  first_records_.emplace(centre.value, g.recorded_at);
  groups_.add({centre.value, g.number, g.first_seq, g.count, g.recorded_at, std::string_view(g.root)});
  hold(128);
}

HeadRow PostgresWriter::claim(CentreCode centre) {
  if (state_ != State::idle) throw std::logic_error("a claim within a transaction");
  PostgresParameters p;
  p.add(std::int64_t{centre.value});
  c_->ask("INSERT INTO ledger_head AS h(centre, seq, groups, recorded_at, epoch, peaks) VALUES($1,0,0,0," YI_EPOCH_STEP ",'')"
          " ON CONFLICT(centre) DO UPDATE SET epoch=h.epoch+" YI_EPOCH_STEP, p);
  return reader_.head(centre);
}
void PostgresWriter::advance_head(CentreCode centre, const HeadRow& from, const HeadRow& to) {
  in_transaction();
  heads_.push_back({centre, from, to});
  hold(128 + to.peaks.size());
}
void PostgresWriter::put_meta(std::string_view key, std::string_view value) {
  in_transaction();
  meta_.insert_or_assign(std::string(key), std::string(value));
  hold(key.size() + value.size() + 1);
}
void PostgresWriter::put_meta(CentreCode centre, std::string_view key, std::string_view value) {
  change(centre_table(), centre_table().name, {{centre.value, key, value}});
}
void PostgresWriter::lock_until_commit(std::string_view word) {
  in_transaction();
  reader_.select("SELECT pg_advisory_xact_lock(hashtext($1), hashtext(current_schema()))", {word});
}
void PostgresWriter::take_rows(const View& view, std::string_view from, CentreCode centre) {
  in_transaction();
  flush(false);
  PostgresParameters p;
  p.add(std::int64_t{centre.value});
  c_->run_quickly("SET LOCAL enable_seqscan=on");  // all of a centre's rows
  for (const auto& sql : {drop_rows_sql(view), copy_rows_sql(view, from)}) c_->ask(sql, p);
}

void PostgresWriter::run(const std::string& sql) {
  in_transaction();
  flush(false);
  c_->run(sql);
}
void PostgresWriter::partition() {
  in_transaction();
  flush(false);
  partition_ledger(*c_);
}
void PostgresWriter::ensure_view(const View& view) {
  run(create_table_sql(view, view.name, kPostgres));
  for (const auto& sql : create_index_sql(view, view.name)) run(sql);
}
void PostgresWriter::drop_view(std::string_view name) {
  run("DROP TABLE IF EXISTS " + std::string(name));
  batch_of_.clear();
  batches_.erase(std::string(name));
}
void PostgresWriter::rename_view(std::string_view from, std::string_view to) {
  run("ALTER TABLE " + std::string(from) + " RENAME TO " + std::string(to));
  batch_of_.clear();
  batches_.erase(std::string(from));
  batches_.erase(std::string(to));
}

PostgresBatch& PostgresWriter::batch(const View& view, std::string_view table) {
  auto& last = batch_of_[&view];
  if (last && last->table() == table) return *last;
  auto& b = batches_[std::string(table)];
  if (!b || &b->view() != &view) {
    if (b && b->bytes()) flush(false);
    b = std::make_unique<PostgresBatch>(view, table);
    batch_of_.clear();
  }
  return *(batch_of_[&view] = b.get());
}

void PostgresWriter::change(const View& view, std::string_view table, const RowChange& change) {
  in_transaction();
  auto& b = batch(view, table);
  if (!b.fits(change)) flush(false);
  const auto before = b.bytes();
  b.add(change);
  hold(b.bytes() - before);
}
void PostgresWriter::erase_subject(const View& view, std::string_view table, CentreCode centre, SubjectId subject) {
  in_transaction();
  flush(false);
  PostgresParameters p;
  p.add(std::int64_t{centre.value});
  p.add(subject.value);
  c_->ask(erase_subject_sql(view, table), p);
}
void PostgresWriter::index_subject(const View& view, std::string_view table, bool wanted) { run(index_subject_sql(view, table, wanted)); }

}  // namespace yi::store
