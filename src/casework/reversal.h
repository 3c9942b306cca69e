#pragma once
// 冲正 as a page may offer it: what it would take back, read from the end of the case's chain of facts instead of from its whole life.
#include "casework/rules.h"
#include "identity/viewer.h"
#include "store/database.h"

namespace yi::casework {

// Whether this viewer may take the case's last act back today, by the rule that the command is judged by (may_reverse). One thing is left
// to the command: whether a paper of that act has been delivered.
bool reversal_offered(store::Reader& reader, const identity::Viewer& viewer, CentreCode centre, const CaseState& s, const catalog::Matter& matter, CivilDay today);

}  // namespace yi::casework
