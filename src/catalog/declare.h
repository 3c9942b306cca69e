#pragma once
#include "catalog/catalog.h"
#include "catalog/events.h"
#include "engine/registry.h"
#include "identity/viewer.h"

namespace yi::catalog {

// Command catalog.change_matter; guard catalog_change, one row a version, which publishes to the catalogue's book: what the table has when
// the lane is opened, then each change. Declared before the rooms that read the catalogue, so that a rebuild knows a version before the
// first case under it.
void declare(engine::Registry& registry, std::shared_ptr<const Catalog> catalog);

struct ChangeRow {
  std::int64_t seq = 0;  // of the fact
  MatterCode matter;
  int version = 0;
  CivilDay since;
  std::string definition, reason, by;
  Instant at;
};
// The versions of a matter that the ledger has, in their order; of all matters where `matter` is empty.
std::vector<ChangeRow> changes_of(store::Reader& reader, CentreCode centre, const MatterCode& matter);

// For a program that reads beside the one that writes: publishes what the table has. May be called again.
void load_changes(store::Reader& reader, CentreCode centre, const Catalog& catalog);

// Refusal "catalog.files_disagree" (409) where a version of the ledger does not go with the files: the program does not start over them,
// or cases would run under another text than the one they were received under.
Checked check_book(const Catalog& catalog);

}  // namespace yi::catalog
