#pragma once
// What of a centre stands beside its ledger (accounts' secrets, sessions, links, the access audit, drafts, the signing key, the
// operator's token), taken from one place to another.
#include "store/key_vault.h"
#include "store/place.h"

namespace yi::app {

// Of the rows of `from`, which is not served meanwhile, each comes as it is. `keys` are the new place's. The new place has none of
// this centre's yet. Refusals of open_beside; "app.move_failed": the audit's chain does not arrive as it left. Throws store::Failure.
Checked copy_beside(const store::Place& from, const store::Place& to, CentreCode centre, store::KeyVault& keys);
// What opens accounts, drafts and the signing key, where a move has left them: they are in one place alone. The audit stays, as the
// ledger does. Throws store::Failure or std::filesystem::filesystem_error.
void forget_beside(const store::Place& place, CentreCode centre);

}  // namespace yi::app
