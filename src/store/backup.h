#pragma once
#include <string>

#include "base/result.h"

namespace yi::store {

// Copies one SQLite database into a new file (0600), as it stood at one moment, while others write to it: one read
// transaction for the whole copy, on a connection that never checkpoints (decision 0001). The writer's log cannot start
// anew until the copy is done. Durable when it returns. Refusals: "store.missing", "store.backup_failed".
Checked backup_sqlite(const std::string& from_file, const std::string& to_file);

}  // namespace yi::store
