#pragma once
// The rules of 电子监察 changed while the program runs (docs/decisions/0026): a new version is a fact, in force from a day on. Lights are
// reckoned by the version of the day they are looked at; cards and orders are facts and stay as they were given.
#include <deque>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "casework/warnings.h"
#include "engine/registry.h"
#include "http/router.h"

namespace yi::engine { class Engine; }

namespace yi::casework {

// The longest thinkable table, 40 rules, is 12 KB.
using WarningsDefinition = Text<20'000>;

// 监察规则变更: all of warnings.yaml, as one JSON object. Stream: "casework:warnings".
struct WarningsChanged {
  static constexpr std::string_view kName = "casework.warnings_changed/1";
  std::int32_t version = 0;  // from 2: the first is the file
  CivilDay since;
  WarningsDefinition definition;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(WarningsChanged, (), (version, since, definition, reason))

struct ChangeWarnings {
  std::int32_t base_version = 0;  // the newest as the editor saw it
  CivilDay since;                 // today or later
  WarningsDefinition definition;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeWarnings, (), (base_version, since, definition, reason))

// The versions that the ledger has. The lane's guard publishes them, any thread reads; a version stays for as long as the book lives.
class WarningBook {
 public:
  struct Version {
    int version = 0;
    CivilDay since;
    WarningRules rules;
  };
  // The newest version that had begun on that day; else the file's.
  const WarningRules& on(CivilDay day, const WarningRules& of_file) const;
  int newest() const;  // 1: the file
  const WarningRules* find(int version) const;
  void put(Version v);  // nothing where it is there already
  void forget(int version);

 private:
  mutable std::shared_mutex m_;
  std::deque<std::unique_ptr<const Version>> kept_;  // never shrinks, so that references stay
  std::vector<const Version*> versions_;             // ascending
};

// Refusals "casework.warnings_changed_meanwhile" (409), "casework.reason_missing", "casework.since_past", "casework.nothing_changed",
// "casework.bad_warnings" and those of base/yaml.h.
Result<WarningsChanged> decide(const ChangeWarnings& c, const WarningRules& of_file, const WarningBook& book, CivilDay today);

// Command casework.change_warnings; guard casework_warnings, one row a version, which publishes to the book. Declared before the cases.
void declare_warnings(engine::Registry& registry, std::shared_ptr<const WarningRules> of_file, std::shared_ptr<WarningBook> book);
// For a program that reads beside the one that writes. May be called again.
void load_warnings(store::Reader& reader, CentreCode centre, WarningBook& book);

// GET /api/casework/warning_rules, POST /api/casework/check_warnings.
void add_warning_doors(http::Router& router, engine::Engine& engine, std::shared_ptr<const WarningRules> of_file, std::shared_ptr<const WarningBook> book);

}  // namespace yi::casework
