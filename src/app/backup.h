#pragma once
// Backup and restore of what a centre has on a machine: its data directory, and its files where they lie elsewhere. The keys go to a
// place of their own: who keeps both together keeps no secret, and with an old key an erased person would return.
#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "store/data_keys.h"
#include "store/place.h"

namespace yi::app {

// What is copied, or where it comes back.
struct KeptCentre {
  store::Place place;
  std::string files = {};       // the configured folder of files, which nodes may share; "": in the data directory
  CentreCode centre = {};       // on a server: whose; a data directory says it itself
  store::KeyOptions keys = {};  // a master key that lies elsewhere is not ours to copy
};

struct BackedUp {
  int databases = 0;
  int keys = 0;
  std::int64_t files = 0, linked = 0;
  bool master = false;      // the master key is among the keys
  bool signed_out = false;  // restore: nobody is signed in any more
};

// Of a centre whose ledger is on a database server: what lies in the data directory beside it, and its files. The ledger has that server's
// own tools (docs/operations.md, Backup), and is copied before this, so that keys and files are not older than what it names.
//
// Beside a running server. The databases first, each as of one moment, then the files: whatever a fact of the copy names was on
// the disk before it. `to` is missing or empty, and so is `keys_to`; "": no keys are copied. Files are linked where the file
// system can (they never change), copied otherwise. Refusals: those of backup_sqlite and store::open, "app.not_empty",
// "app.cannot_write", "app.files_missing": the configured folder has none of this centre (a disk that is not mounted, perhaps),
// "app.empty_ledger".
Result<BackedUp> backup(const KeptCentre& from, const std::string& to, const std::string& keys_to);

// Into a data directory that is missing or empty, but for what a restore left there that was ended: built inside it, verified, and brought
// in, the ledger last; until then nobody starts there ("app.restore_unfinished"). Nothing beside the directory is written, but for a
// configured folder of files, which gets those that it lacks. `keys_from` "": a centre without its keys (receipts get a new key; what was
// sealed stays sealed). Refusals as above, "store.locked", "app.broken_backup" where ledger or files do not verify. The ledger of a centre
// on a server is back there already, and is verified there; its sessions are ended unless nodes serve it, who then know better
// ("app.database_away": whether they do, the database did not answer).
// `after_step` is called after every change of the data directory itself: a test ends the process there.
Result<BackedUp> restore(const std::string& from, const std::string& keys_from, const KeptCentre& to, const std::function<void()>& after_step = {});

}  // namespace yi::app
