#pragma once
// The writing connection to PostgreSQL. What a transaction changes is held back and goes with its commit, in one round trip;
// only a question within the transaction, or too many bytes, sends it earlier.
#include <map>
#include <memory>
#include <unordered_map>

#include "store/postgres_batch.h"
#include "store/postgres_partitions.h"
#include "store/postgres_reader.h"

namespace yi::store {

// What a lane asks and removes it names by a key. A plan that was made while a table was small would read all of it, and is kept while the
// table grows.
inline constexpr const char* kPlanByKeys =
    "SELECT set_config('enable_seqscan','off',false), set_config('enable_hashjoin','off',false), set_config('enable_mergejoin','off',false),"
    " set_config('enable_material','off',false)";

class PostgresWriter : public Writer {
 public:
  // Of the ledger: throws FailureKind::busy when another process holds the store; `shared` (a node beside others): when one holds it
  // alone. Beside it several processes write.
  enum class Of { ledger, beside };
  explicit PostgresWriter(std::unique_ptr<PostgresConnection> c, Of of = Of::ledger, bool shared = false);
  void begin() override;
  void start_commit() override;
  void commit() override;
  void rollback() noexcept override;
  void append_event(CentreCode centre, const LedgerRow& row) override;
  void append_group(CentreCode centre, const GroupRow& group) override;
  HeadRow claim(CentreCode centre) override;
  void set_term(CentreCode centre, std::int64_t epoch) override;
  void end_term() override;
  void hurry(bool yes) override { c_->answer_within = yes ? usual_ : std::chrono::milliseconds(0); }
  void advance_head(CentreCode centre, const HeadRow& from, const HeadRow& to) override;
  void put_meta(std::string_view key, std::string_view value) override;
  void put_meta(CentreCode centre, std::string_view key, std::string_view value) override;
  void lock_until_commit(std::string_view word) override;
  void take_rows(const View& view, std::string_view from, CentreCode centre) override;
  void ensure_view(const View& view) override;
  void drop_view(std::string_view name) override;
  void rename_view(std::string_view from, std::string_view to) override;
  void change(const View& view, std::string_view table, const RowChange& change) override;
  void erase_subject(const View& view, std::string_view table, CentreCode centre, SubjectId subject) override;
  void index_subject(const View& view, std::string_view table, bool wanted) override;
  Reader& reader() override { return reader_; }
  std::int64_t log_bytes() const override { return 0; }
  void checkpoint() override {}
  void recover() override;

  void run(const std::string& sql);  // in the open transaction, now
  void partition();                  // partition_ledger, in the open transaction
  PostgresPartitions& partitions() { return partitions_; }  // outside of one

 private:
  enum class State { idle, open, begun };  // begun: the server has the transaction's first part
  void in_transaction() const;  // else a defect
  void settle_session();
  void hold(std::size_t bytes);
  void flush(bool commit);
  bool send_part(bool commit);  // false: there was nothing to send
  void finish_part();
  [[noreturn]] void part_failed(const PostgresFailure& f);
  void send_held(bool first);  // first: of its transaction
  void drop_held();
  void take_lock(std::chrono::milliseconds wait);
  void name_session();
  PostgresBatch& batch(const View& view, std::string_view table);

  std::unique_ptr<PostgresConnection> c_;
  PostgresReader reader_;
  PostgresPartitions partitions_;
  const Of of_;
  const std::chrono::milliseconds patient_;  // for the answer to a large part
  std::chrono::milliseconds usual_;          // for any other
  State state_ = State::idle;
  struct Sent {
    bool commit;
    std::chrono::milliseconds answer_within;
  };
  std::optional<Sent> sent_;  // a part whose answer has not been read
  const bool shared_;
  bool must_recover_ = false;
  struct Term {
    CentreCode centre;
    std::int64_t epoch;
  };
  std::optional<Term> term_;
  int last_backend_ = 0;
  std::size_t held_bytes_ = 0;
  PostgresRows events_, groups_;
  struct Head {
    CentreCode centre;
    HeadRow from, to;
  };
  std::vector<Head> heads_;
  std::map<std::int32_t, std::int64_t> first_records_;  // of centres whose records are held: when the first of them was recorded
  std::map<std::string, std::string, std::less<>> meta_;
  std::map<std::string, std::unique_ptr<PostgresBatch>, std::less<>> batches_;  // by table
  std::unordered_map<const View*, PostgresBatch*> batch_of_;                    // the last table of a view
};

}  // namespace yi::store
