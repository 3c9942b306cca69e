#pragma once
#include <functional>

#include "store/database.h"

namespace yi::store {

// Copies a centre's records, groups and head into a store that has none of them, byte for byte and in transactions of some
// thousand records; the head's peaks are computed anew from what was copied. Returns the records copied. Throws Failure:
// FailureKind::corrupt where the ledger has a gap or its head does not follow from it. `progress` is told the records done
// and all.
std::int64_t copy_ledger(Reader& from, Writer& to, CentreCode centre, const std::function<void(std::int64_t, std::int64_t)>& progress = {});

}  // namespace yi::store
