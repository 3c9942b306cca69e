#pragma once
// How a matter is changed while the program runs: the loader's own rules, applied to one entry.
#include <vector>

#include "catalog/catalog.h"
#include "catalog/commands.h"

namespace yi::catalog {

// The entry as a matter, completed as Catalog::load completes it, or everything that is wrong with it: Catalog::load's refusals, and
// "catalog.bad_definition" (not JSON, another matter's code, a department or kind that is not the matter's, a name that another has).
struct ReadChange {
  std::optional<Matter> matter;  // present exactly when there are no problems
  std::vector<Refusal> problems;
};
// `definition` without regard to what the matter is now: what the ledger has was judged when it was recorded.
ReadChange read_version(const Catalog& catalog, int version, CivilDay since, std::string_view definition);
ReadChange read_change(const Catalog& catalog, const MatterCode& code, int version, CivilDay since, std::string_view definition);

// Refusals: "catalog.unknown_matter" (404), "catalog.changed_meanwhile" (409), "catalog.reason_missing", "catalog.since_past",
// "catalog.nothing_changed", and those of read_change; the first of several says how many more there are.
Result<MatterChanged> decide(const ChangeMatter& c, const Catalog& catalog, CivilDay today);
std::vector<std::string> refusal_codes();

}  // namespace yi::catalog
