#pragma once
// What stands beside the ledger in a database of its own (secrets and sessions, drafts): a few tables, written one durable
// change at a time.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"

namespace yi::store {

// Any thread. Every call may throw Failure.
class SideTables {
 public:
  // DIR/<name>.db with these tables. Whoever calls holds the directory's lock already. Refusals of open_beside.
  static Result<std::unique_ptr<SideTables>> open(const std::string& directory, const std::string& name, CentreCode centre, const std::vector<const View*>& tables);

  CentreCode centre() const { return centre_; }
  // `row` begins with the centre's code; for `remove` the key alone. Durable when it returns.
  void put(const View& view, Row row);
  void remove(const View& view, Row key);
  // Every row of this centre, in key order; not to be called back from `f`.
  void each(const View& view, const std::function<void(const Row&)>& f);
  std::optional<Row> find(const View& view, Row key);
  // Rows of a SELECT whose columns are the view's, in its order.
  std::vector<Row> select(const View& view, std::string_view sql, const Row& parameters);

 private:
  SideTables(std::unique_ptr<Store> s, CentreCode centre) : store_(std::move(s)), centre_(centre) {}
  void change(const View& view, RowChange change);
  std::mutex m_;
  std::unique_ptr<Store> store_;
  CentreCode centre_;
};

}  // namespace yi::store
