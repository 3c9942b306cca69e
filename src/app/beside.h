#pragma once
// What of a centre stands beside its ledger (accounts' secrets, sessions, links, the access audit, drafts, the signing key, the
// operator's token), taken from one place to another.
#include <array>

#include "casework/drafts.h"
#include "identity/audit.h"
#include "identity/secrets.h"
#include "store/key_vault.h"
#include "store/place.h"

namespace yi::app {

// The databases of a data directory beside its ledger: NAME.db, with what SQLite puts beside it.
inline constexpr std::array<const char*, 3> kBesideNames{identity::kSecretsFile, identity::kAuditFile, casework::kDraftsFile};

// Of the rows of `from`, which is not served meanwhile, each comes as it is. `keys` are the new place's. The new place has none of
// this centre's yet. Refusals of open_beside; "app.move_failed": the audit's chain does not arrive as it left. Throws store::Failure.
Checked copy_beside(const store::Place& from, const store::Place& to, CentreCode centre, store::KeyVault& keys);
// Before a centre on a server is served from `place.directory`: where a move of this directory's centre into that database was marked
// and did not come in, nobody begins a new centre in its place. Refusals: "app.move_unfinished"; "app.other_ledger": what stands there does not
// follow from what was left here, and keys or accounts are still here.
Checked check_moved_in(const store::Place& place, CentreCode centre);
// A program of before 0021 kept these files beside a ledger that lay on the server: they are taken in, once, in one transaction, and are
// in the database alone from then on; so are those that a move was interrupted before it could remove. `keys` are the centre's. Refusals
// of open_beside; "app.beside_twice": the database has this centre's already, and they are not these; "app.move_failed".
Checked adopt_beside(const store::Place& place, CentreCode centre, store::KeyVault& keys);
// What opens accounts, drafts and the signing key, where a move has left them: they are in one place alone. The audit stays, as the
// ledger does. Throws store::Failure or std::filesystem::filesystem_error.
void forget_beside(const store::Place& place, CentreCode centre);

}  // namespace yi::app
