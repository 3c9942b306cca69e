#pragma once
// The operator's token: DIR/operator.token, 64 hex digits, readable by its owner alone. Whoever can read the data directory
// is the machine's operator.
#include <string>

#include "base/result.h"

namespace yi::identity {

// Reads it, or makes it. Whoever calls holds the directory's lock. Refusals "identity.token_unreadable",
// "identity.token_exposed" (the file may be read by others) and "identity.token_damaged" (not a file of ours: short, a
// link, another owner's).
Result<std::string> open_or_make_token(const std::string& directory);

}  // namespace yi::identity
