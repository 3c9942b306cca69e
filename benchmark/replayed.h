#pragma once
// What a node's lane sent to its database in pipelines (all that it writes; not what it asks), kept, and sent again by libpq alone: the limit
// of the same rows in the same groups on the same server.
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "store/postgres_connection.h"

namespace yi::bench {

class Replayed {
 public:
  Replayed();   // before the node opens its store: from here on what it sends is kept
  ~Replayed();
  Replayed(const Replayed&) = delete;
  Replayed& operator=(const Replayed&) = delete;
  // Around the part that is measured.
  void begin();
  void end();    // nothing is kept any more
  // Sends everything again to the database of `url`, in which a node has made its tables and that has no connection any more; its rows go
  // first. Seconds that the measured part took.
  double replay(const std::string& url) const;

 private:
  struct Part {
    const std::string* sql;
    std::vector<Oid> types;
    std::vector<std::string> values;
    std::vector<bool> nulls;
  };
  using Group = std::vector<Part>;
  struct Kept {
    std::vector<Group> groups;
    Group open;
    bool ledger = false;           // of the lane; the audit's, the sessions' and the keys' are beside it
    std::size_t from = 0, to = 0;  // the measured groups
  };
  std::mutex m_;
  bool done_ = false;
  std::map<std::string, std::string> texts_;
  std::map<const store::PostgresConnection*, Kept> kept_;
};

}  // namespace yi::bench
