#pragma once
// Inside the room: a door's parameters as checks, compiled once from the JSON Schemas that its documentation shows.
#include <cstdint>
#include <memory>
#include <regex>
#include <string>
#include <vector>

#include "http/router.h"

namespace yi::http {

class ParameterRules {
 public:
  ParameterRules() = default;
  // The schemas are JSON already (bad_schema); std::regex_error for a pattern that is none.
  explicit ParameterRules(const Door& door);
  Checked check(const Request& request) const;

 private:
  struct Rule {
    std::string name;
    bool in_path = false, required = false;
    enum class Type { any, string, integer, boolean } type = Type::any;
    bool date = false;                 // format "date"
    std::int64_t minimum = 0, maximum = 0, min_length = 0, max_length = 0;  // lengths in code points
    std::vector<std::string> allowed;  // enum; empty when the schema has none
    bool digits = false;               // the pattern of ids, checked by hand: it stands in nearly every door
    std::shared_ptr<const std::regex> pattern;  // any other; values are bounded before they meet it
  };
  static Checked check_value(const Rule& rule, const std::string& value);
  std::vector<Rule> rules_;
  bool any_query_ = false;
};

}  // namespace yi::http
