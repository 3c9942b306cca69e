#pragma once
// Inside the room: the guard's table behind changes.h.
#include "catalog/changeable.h"
#include "store/database.h"

namespace yi::catalog {

// In the order in which they were proposed. None where the table is not there: a ledger that no program of this version has written.
std::vector<Change> changes_in_table(store::Reader& reader, CentreCode centre);

}  // namespace yi::catalog
