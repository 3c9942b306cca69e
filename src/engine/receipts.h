#pragma once
// Receipts: one fact of the ledger in a file that proves itself with the installation's public key alone
// (docs/receipt-format.md), and the doors that give them out.
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/sm2.h"
#include "engine/engine.h"
#include "http/router.h"
#include "store/proof.h"
#include "store/record.h"
#include "store/signed_head.h"

namespace yi::engine {

// The name of its key among the secrets of a centre on a server (store/centre_secrets.h).
inline constexpr const char* kSigningKey = "signing key";

// Writes receipts and signed heads for one centre, beside a writing process or in it. The key is read, or made, at first need: in the
// data directory, or on a server as a sealed row, so that every node signs with the same one. Safe from several threads; they prove
// one after another.
class Receipts {
 public:
  // `keys` outlives it; only a server's store needs them.
  Receipts(store::Place place, CentreCode centre, store::KeyVault* keys = nullptr) : place_(std::move(place)), centre_(centre), keys_(keys), prover_(centre) {}

  // The receipt of the seq-th fact as JSON. Refusals: those of crypto::open_or_make_key and store::open_or_make_secret, "engine.no_such_record" (404),
  // "store.ledger_differs" (500).
  Result<std::string> receipt(store::Reader& reader, std::int64_t seq);
  // The newest signed head with the public key, as JSON; signed at most once a second.
  Result<std::string> head(store::Reader& reader);

 private:
  Checked prepare();  // under m_
  Result<crypto::Sm2PrivateKey> open_key();
  const store::Place place_;
  const CentreCode centre_;
  store::KeyVault* const keys_;
  std::mutex m_;
  store::Prover prover_;                            // under m_
  std::unique_ptr<crypto::Sm2PrivateKey> key_;      // under m_ until it is there
  std::unique_ptr<store::HeadSigner> signer_;
};

// What a receipt proves.
struct ProvenFact {
  CentreCode centre;
  std::int64_t seq = 0;
  std::string bytes;      // of the record, as hashed
  store::HeadRow head;    // that it stands under
  std::string head_hash;  // hex
  std::string key_id;
  store::Record record() const;  // views into `bytes`
};

// Pure and offline. Refusals, in the order of the checks: "engine.receipt_unreadable" (not a receipt; `where` is the JSON
// pointer), "engine.receipt_newer", "engine.receipt_other_key", "engine.receipt_bad_head" (hash is not that of the
// fields), "engine.receipt_bad_signature", "engine.receipt_bad_proof" (the record does not lead to the signed head).
Result<ProvenFact> verify_receipt(std::string_view json, const crypto::Sm2PublicKey& key);

// GET /api/ledger/receipts/{seq} (operator: a fact may hold personal data) and GET /api/ledger/head (public). Engine and
// receipts outlive the router.
void add_receipt_doors(http::Router& router, Engine& engine, Receipts& receipts);

}  // namespace yi::engine
