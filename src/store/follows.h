#pragma once
#include "store/database.h"

namespace yi::store {

// Whether `found`, the head that the store has, stands behind `known`: the groups between give its peaks. Then what `known` stood for lies
// before it, and nothing else. Reads the groups between alone. Throws Failure.
bool follows(Reader& reader, CentreCode centre, const HeadRow& known, const HeadRow& found);

// Whether a ledger has all that another has, which was left: its head stands behind the other's, and the other's last record is there.
bool has_all_of(Reader& there, Reader& left, CentreCode centre);

}  // namespace yi::store
