#pragma once
#include "engine/registry.h"
#include "identity/accounts.h"
#include "identity/subjects.h"

namespace yi::identity {

// What the catalogue, two floors above, knows; wired by app.
struct KnownPlaces {
  std::function<bool(const DepartmentCode&)> department;
  std::function<bool(const WindowCode&)> window;
};

// Commands identity.open_account, grant_roles, suspend_account, restore_account, set_post_pair, and the program's own
// (open_three_posts, open_applicant, note_password, note_totp); guard identity_account, report identity_account_history. The book hears what was committed.
// `subjects`, of the same registry: then also identity.bind_applicant, the program's own identity.enter_external and guard identity_link_of.
void declare(engine::Registry& registry, KnownPlaces known, std::shared_ptr<AccountBook> book, std::optional<Subjects> subjects = {});

}  // namespace yi::identity
