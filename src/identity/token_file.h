#pragma once
// The operator's token: DIR/operator.token, 64 hex digits, readable by its owner alone. Whoever can read the data directory
// is the machine's operator.
#include <string>

#include "base/result.h"
#include "store/centre_secrets.h"

namespace yi::identity {

// Reads it, or makes it. Whoever calls holds the directory's lock. Refusals "identity.token_unreadable",
// "identity.token_exposed" (the file may be read by others) and "identity.token_damaged" (not a file of ours: short, a
// link, another owner's).
Result<std::string> open_or_make_token(const std::string& directory);
inline constexpr const char* kOperatorToken = "operator token";  // its name among the secrets of a centre on a server
// The same of a centre on a server: one token for all nodes, sealed among its rows. The file of each node's directory says it too; the
// first start takes the one that stands there. Further refusals of store::open_or_make_secret.
Result<std::string> open_or_make_token(const store::Place& place, CentreCode centre, store::KeyVault& keys);

}  // namespace yi::identity
