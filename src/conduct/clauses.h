#pragma once
// The list (正负面清单) as a centre has it: data/<province>/conduct.yaml, docs/decisions/0036. Pure.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace yi::conduct {

enum class ClauseKind { positive, negative };
BOOST_DESCRIBE_ENUM(ClauseKind, positive, negative)
struct Clause {
  std::string number, text, basis;
  ClauseKind kind{};
  bool unverified = false;
};
BOOST_DESCRIBE_STRUCT(Clause, (), (number, text, basis, kind, unverified))
struct ClauseList {
  std::string version, title;
  CivilDay from;
  std::string pledge;           // the words that are signed
  std::vector<Clause> clauses;
  const Clause* find(std::string_view number) const;
};
BOOST_DESCRIBE_STRUCT(ClauseList, (), (version, title, from, pledge, clauses))
struct ConductRules {
  std::vector<ClauseList> versions;  // by rising day
  int reminder_days = 365;           // calendar days that a contact is remembered for where a case of the same enterprise runs
  // Refusals of base/yaml.h, "conduct.bad_list".
  static Result<ConductRules> load(const std::filesystem::path& file);
  const ClauseList* on(CivilDay day) const;  // nullptr: none is in force yet
};

}  // namespace yi::conduct
