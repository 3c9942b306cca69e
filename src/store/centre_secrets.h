#pragma once
// Small secrets of a whole centre on a server (the key that signs receipts, the operator's token): rows, sealed under the
// installation's own key, so that each node with the master key has the same ones.
#include <functional>
#include <string>

#include "crypto/secret.h"
#include "store/key_vault.h"
#include "store/place.h"

namespace yi::store {

// The secret of that name, at most limits::kSealedSegmentBytes. Where there is none, `make` gives it and it is durable when this
// returns; of two nodes that make it at the same moment both get the first. Refusals of open_beside, of KeyVault::open_bytes and
// of `make`; "store.unusable". Throws no Failure.
Result<crypto::Secret> open_or_make_secret(const Place& place, CentreCode centre, KeyVault& keys, const std::string& name,
                                           const std::function<Result<crypto::Secret>()>& make);

const View& centre_secret_view();

}  // namespace yi::store
