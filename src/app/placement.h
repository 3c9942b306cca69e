#pragma once
// Which database holds which centre, where one does not hold them all: a file that every node of the operator's has.
#include <map>
#include <string>

#include "base/ids.h"
#include "base/result.h"

namespace yi::app {

// The file:
//   placement:
//     '510000': postgresql://centre@db1.example/yichuang
//     '510100': postgresql://centre@db2.example/yichuang
// Passwords stay in PGPASSWORD or ~/.pgpass. Several centres may share a database.
class Placement {
 public:
  // Refusals of yaml::load, "app.bad_placement" (no part of an address is repeated).
  static Result<Placement> read(const std::string& file);
  // Refusal "app.not_placed".
  Result<std::string> url_of(CentreCode centre) const;

 private:
  std::string file_;
  std::map<std::int32_t, std::string> urls_;
};

// The database of the centre whose catalogue lies in `data_root`. Refusals of both, and of load_common.
Result<std::string> placed(const std::string& file, const std::string& data_root);

}  // namespace yi::app
