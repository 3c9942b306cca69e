#pragma once
// What stands beside the ledger (secrets and sessions, drafts): a few tables, in a database of their own on SQLite, in the store's
// schema on a server; written one durable change at a time, there by several nodes.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/place.h"

namespace yi::store {

// Any thread. Every call may throw Failure.
class SideTables {
 public:
  // On SQLite DIR/<name>.db, and whoever calls holds the directory's lock already. Refusals of open_beside.
  static Result<std::unique_ptr<SideTables>> open(const Place& place, const std::string& name, CentreCode centre, const std::vector<const View*>& tables);

  CentreCode centre() const { return centre_; }
  // Other nodes write here too: what was read is no longer true a moment later.
  bool shared() const { return shared_; }
  // `row` begins with the centre's code; for `remove` the key alone. Durable when it returns.
  void put(const View& view, Row row);
  void remove(const View& view, Row key);
  // Every row of this centre, in key order; not to be called back from `f`.
  void each(const View& view, const std::function<void(const Row&)>& f);
  std::optional<Row> find(const View& view, Row key);
  // Rows of a SELECT whose columns are the view's, in its order.
  std::vector<Row> select(const View& view, std::string_view sql, const Row& parameters);

  // The same within as_one: durable together, when that returns.
  class Turn {
   public:
    void put(const View& view, Row row);
    void remove(const View& view, Row key);
    std::optional<Row> find(const View& view, Row key);
    std::vector<Row> select(const View& view, std::string_view sql, const Row& parameters);

   private:
    friend class SideTables;
    explicit Turn(Writer& w) : w_(w) {}
    Writer& w_;
  };
  // Looks and writes as one: of all that is done under the same word, on whatever node, nothing happens meanwhile. `act` may be
  // called a second time, where the connection was lost before anything was stored; it calls none of the above. What it throws
  // undoes it.
  void as_one(std::string_view word, const std::function<void(Turn&)>& act);
  // One account's, session's or draft's row: the word under which put and remove change it.
  static std::string word_of(const View& view, const Row& key);

 private:
  SideTables(std::unique_ptr<Store> s, CentreCode centre, bool shared);
  Reader& reading() { return reader_ ? *reader_ : store_->writer().reader(); }
  std::mutex& reading_mutex() { return reader_ ? reading_ : writing_; }
  std::unique_ptr<Store> store_;
  std::unique_ptr<Reader> reader_;  // on a server, so that no question waits for a commit
  CentreCode centre_;
  const bool shared_;
  std::mutex writing_, reading_;
};

}  // namespace yi::store
