#pragma once
// The accounts that a demonstration offers (演示账号): one click opens a session, without a password, because there is none. The doors are
// registered by a demonstration alone (docs/decisions/0025); a centre of the machine's clock does not have them.
#include "identity/doors.h"

namespace yi::identity {

struct DemonstrationAccount {
  std::string account;
  std::string name;   // as it is offered; an applicant's account has none of its own
  bool body = false;  // an applicant that is no natural person
  std::string place = {};  // where they work, as it is offered
};

// GET and POST /api/identity/demonstration: who is offered, and a session as one of them. Of `people` only accounts that exist, are not
// suspended and have no password: whoever has set one is no demonstration account any more. Refusal "identity.no_demonstration_account".
void add_demonstration_doors(http::Router& router, const DoorParts& parts, std::vector<DemonstrationAccount> people);

}  // namespace yi::identity
