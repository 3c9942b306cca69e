#pragma once
// Backup and restore of a data directory. The keys go to a place of their own: who keeps both together keeps no secret,
// and with an old key an erased person would return.
#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/place.h"

namespace yi::app {

struct BackedUp {
  int databases = 0;
  int keys = 0;
  std::int64_t files = 0, linked = 0;
};

// Of a centre whose ledger is on a database server: what lies in the data directory beside it. The ledger has that server's own tools
// (docs/operations.md, Backup), and is copied before this, so that keys and files are not older than what it names.
//
// Beside a running server. The databases first, each as of one moment, then the files: whatever a fact of the copy names was on
// the disk before it. `to` is missing or empty, and so is `keys_to`; "": no keys are copied. Files are linked where the file
// system can (they never change), copied otherwise. Refusals: those of backup_sqlite, "app.not_empty", "app.cannot_write".
Result<BackedUp> backup(const store::Place& place, const std::string& to, const std::string& keys_to);

// Into a directory that is missing or empty: built beside it and brought in by one rename. `keys_from` "": a centre
// without its keys (receipts get a new key; what was sealed stays sealed). Refusals as above, "app.broken_backup" where
// ledger or files do not verify. The ledger of a centre on a server is back there already, and is verified there.
Result<BackedUp> restore(const std::string& from, const std::string& keys_from, const store::Place& place);

}  // namespace yi::app
