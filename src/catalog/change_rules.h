#pragma once
// How a change is proposed, approved, refused and withdrawn (docs/decisions/0028). Pure but for what `changes` knows.
#include "catalog/changes.h"
#include "catalog/commands.h"

namespace yi::catalog {

enum class NoChange {
  unknown_item, changed_meanwhile, proposal_open, reason_missing, since_past, since_today, nothing_changed, unknown_proposal, decided_already,
  same_person, not_yours, first_day_as_proposed
};
Refusal refusal(NoChange what);

// What a text would change, and who may.
struct Assessed {
  Judged judged;
  std::set<std::string> paths;  // where it differs from the newest version; empty where there are problems
  bool alone = false;           // one person suffices
  CivilDay earliest;            // first day that it may have
};
// The item must be there.
Assessed assess(const Changes& changes, ChangeKind kind, const std::string& code, CivilDay since, std::string_view definition, CivilDay today);

struct Proposed {
  ChangeProposed fact;
  std::optional<ChangeApproved> at_once;  // where one person suffices
};
// The first of several problems of the text says how many more there are.
Result<Proposed> decide(const ProposeChange& c, const Changes& changes, CivilDay today);
Result<ChangeApproved> decide(const ApproveChange& c, const Changes& changes, CivilDay today, const std::string& account);
Result<ChangeRefused> decide(const RefuseChange& c, const Changes& changes, const std::string& account);
Result<ChangeWithdrawn> decide(const WithdrawChange& c, const Changes& changes, const std::string& account);
std::vector<std::string> change_refusal_codes(const Changes& changes);

}  // namespace yi::catalog
