#include "store/signed_head.h"

#include "store/merkle.h"

namespace yi::store {
namespace {
constexpr std::int64_t kBetweenSignaturesNs = 1'000'000'000;
}

std::string signed_message(const crypto::Digest& head_hash) {
  std::string m = "yichuang.signed-head/1";
  m += '\0';
  m += crypto::bytes(head_hash);
  return m;
}

SignedHead sign_head(const crypto::Signer& signer, CentreCode centre, const HeadRow& head) {
  SignedHead s{centre, head, LedgerHash().head(centre, head), {}, signer.public_key().id()};
  s.head.epoch = 0;
  s.signature = signer.sign(signed_message(s.hash));
  return s;
}

HeadFault check_head(const SignedHead& s, const crypto::Sm2PublicKey& key) {
  if (s.key_id != key.id()) return HeadFault::other_key;
  if (LedgerHash().head(s.centre, s.head) != s.hash) return HeadFault::hash;
  return key.verify(signed_message(s.hash), s.signature) ? HeadFault::none : HeadFault::signature;
}

const SignedHead& HeadSigner::signed_now(const HeadRow& present, std::int64_t now_ns) {
  kept_ = sign_head(signer_, centre_, present);
  kept_ns_ = now_ns;
  ++signatures_;
  return *kept_;
}

SignedHead HeadSigner::latest(const HeadRow& present, std::int64_t now_ns) {
  const std::lock_guard lock(m_);
  // A head that is read late may be older than the kept one; the kept one is then the newer truth.
  if (kept_ && (present.seq <= kept_->head.seq || now_ns - kept_ns_ < kBetweenSignaturesNs)) return *kept_;
  return signed_now(present, now_ns);
}

SignedHead HeadSigner::covering(std::int64_t seq, const HeadRow& present, std::int64_t now_ns) {
  const std::lock_guard lock(m_);
  if (kept_ && seq <= kept_->head.seq) return *kept_;
  return signed_now(present, now_ns);
}

std::int64_t HeadSigner::signatures() const {
  const std::lock_guard lock(m_);
  return signatures_;
}

}  // namespace yi::store
