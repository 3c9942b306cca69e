#pragma once
// The proof that one record stands in a centre's ledger under a given head (docs/receipt-format.md). It holds a path of
// sibling hashes through the record's commit group and a path through its mountain: about log2(group) + log2(groups)
// hashes of 32 bytes.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/sm3.h"
#include "store/database.h"
#include "store/merkle.h"

namespace yi::store {

struct Proof {
  CentreCode centre;
  std::int64_t seq = 0;
  // The record's commit group as it is hashed; its root follows from the record and the path.
  std::int64_t group = 0, first_seq = 0, count = 0, recorded_at = 0;
  std::vector<crypto::Digest> in_group;     // siblings from the leaf up to the group's root
  std::vector<crypto::Digest> in_mountain;  // siblings from the group's hash up to its peak
  HeadRow head;                             // `epoch` is not part of it
};

// Pure: needs no ledger. True when the record is the seq-th of the ledger whose head has this hash. Every field of the
// proof is bound by the hash; a path that is longer or shorter than its tree is refused.
bool verify_proof(std::string_view record, const Proof& proof, const crypto::Digest& head_digest);

// Makes proofs for one centre. It keeps the roots of finished blocks of 1,024 groups (64 bytes each), which never
// change in an append-only ledger, so only the first proof reads every group of its mountain: about 2 µs a group, 2 s
// for a million. Later ones read the record's group (to hash its leaves), one block of groups and what is new.
// Not thread safe; use one reader at a time. Throws Failure as readers do.
class Prover {
 public:
  explicit Prover(CentreCode centre) : centre_(centre) {}
  // `head` is the present head or an earlier one (head_at). Refusals: "store.no_such_record" (404) when the head does
  // not reach so far, "store.ledger_differs" (500) when the ledger does not lead to the head.
  Result<Proof> prove(Reader& reader, std::int64_t seq, const HeadRow& head);
  // The head as it stood after so many groups. Refusal "store.no_such_record".
  Result<HeadRow> head_at(Reader& reader, std::int64_t groups);
  // The group that holds the record, among the first `groups`, by bisection.
  std::optional<GroupRow> group_of(Reader& reader, std::int64_t seq, std::int64_t groups);

 private:
  // The root over groups first .. first + 2^height - 1, a whole subtree of the range.
  crypto::Digest subtree(Reader& reader, std::int64_t first, int height);

  static constexpr int kBlockHeight = 10;
  CentreCode centre_;
  LedgerHash hash_;
  std::map<std::pair<std::int64_t, int>, crypto::Digest> whole_;  // by first group and height
};

}  // namespace yi::store
