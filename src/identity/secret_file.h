#pragma once
// A secret that an administrator puts beside the program: one line in a file that its owner alone may read.
#include <string>

#include "base/result.h"
#include "crypto/secret.h"

namespace yi::identity {

// 1 to 500 printable ASCII characters (RFC 6749 A.2), blanks around them taken off. Refusals "identity.secret_unreadable", "identity.secret_exposed"
// (others may read it) and "identity.secret_damaged" (not an ordinary file of this user's, empty, too long, other characters).
Result<crypto::Secret> read_secret_file(const std::string& file);

}  // namespace yi::identity
