#pragma once
// Report views follow the ledger at a distance: their rows are written by the lane's connection, riding on a group's sync
// or alone. Used by the lane's thread.
#include <deque>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/registry.h"
#include "store/row_buffer.h"

namespace yi::engine {

// One record of the ledger, as bytes.
struct KeptRecord {
  std::int64_t seq;
  std::string record;
};

class Followers {
 public:
  Followers(store::Writer& writer, Registry& registry, CentreCode centre, store::KeyVault& keys);

  // Facts that are durable and that the reports do not have yet, in order.
  void add(KeptRecord fact) { waiting_.push_back(std::move(fact)); }
  bool empty() const { return waiting_.empty(); }
  std::size_t size() const { return waiting_.size(); }

  // Makes rows of the oldest of them ahead, outside of any transaction, up to an erasure and until then (monotonic_ns); not between write()
  // and written(). Throws store::Failure when a key cannot be read now; then forget_rows().
  void prepare(std::size_t at_most, std::int64_t until_ns);
  // Projects the oldest of them, in the open transaction; returns how many. They count as followed only by written(),
  // after the commit, which returns the position that the reports have reached.
  std::size_t write(std::size_t at_most);
  std::int64_t written(std::size_t n) noexcept;
  void forget_rows();  // of a transaction that failed

  // At the start: reports that are behind the ledger read it, in transactions of their own.
  void catch_up(std::int64_t head);
  // After a commit whose end nobody knows: how far the reports are is read again.
  void read_positions();

 private:
  struct Follower {
    Report* report;
    std::int64_t from = 0;  // the last fact it has
    bool broken = false;    // threw; left alone until the next start
    store::RowBuffer rows;
  };
  void project(const RecordedFact& fact);
  void flush(std::int64_t up_to);
  void flush(Follower& f, std::int64_t up_to);
  // An erased subject: out of every report that is behind the fact, in the open transaction.
  void erase(const RecordedFact& fact);
  void reached(std::int64_t position) noexcept;

  store::Writer& writer_;
  const Registry& registry_;
  CentreCode centre_;
  store::KeyVault& keys_;
  std::vector<std::unique_ptr<Follower>> followers_;
  std::unordered_map<std::string_view, std::vector<Follower*>> reports_of_;
  std::deque<KeptRecord> waiting_;
  std::size_t prepared_ = 0;  // of waiting_, those whose rows stand in the buffers
};

}  // namespace yi::engine
