#pragma once
// A head with the installation's signature: what a receipt rests on, and what a stranger may keep as an anchor outside
// the system (docs/receipt-format.md).
#include <mutex>
#include <optional>
#include <string>

#include "crypto/sm2.h"
#include "store/database.h"

namespace yi::store {

struct SignedHead {
  CentreCode centre;
  HeadRow head;             // with all its peaks, so that the hash can be computed again
  crypto::Digest hash{};    // of the head (docs/ledger-format.md)
  std::string signature;    // SM2, DER, over signed_message(hash)
  std::string key_id;
};

// "yichuang.signed-head/1" ‖ 00 ‖ head hash: the label keeps a signature from being passed off as one over something else.
std::string signed_message(const crypto::Digest& head_hash);
SignedHead sign_head(const crypto::Signer& signer, CentreCode centre, const HeadRow& head);

enum class HeadFault { none, other_key, hash, signature };
// The first thing that is wrong: signed with another key, hash not that of the fields, signature not the key's.
HeadFault check_head(const SignedHead& signed_head, const crypto::Sm2PublicKey& key);

// Signs no more than it must (348 µs each): the last signed head is kept. Safe from several threads.
class HeadSigner {
 public:
  HeadSigner(const crypto::Signer& signer, CentreCode centre) : signer_(signer), centre_(centre) {}
  // The newest signed head, at most about a second behind `present`. `now_ns` is a monotonic clock.
  SignedHead latest(const HeadRow& present, std::int64_t now_ns);
  // One that covers the record: the kept one when it reaches so far, else `present`, signed now.
  SignedHead covering(std::int64_t seq, const HeadRow& present, std::int64_t now_ns);
  std::int64_t signatures() const;

 private:
  const SignedHead& signed_now(const HeadRow& present, std::int64_t now_ns);
  const crypto::Signer& signer_;
  CentreCode centre_;
  mutable std::mutex m_;
  std::optional<SignedHead> kept_;
  std::int64_t kept_ns_ = 0, signatures_ = 0;
};

}  // namespace yi::store
