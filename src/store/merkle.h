#pragma once
// The ledger's hashes (docs/ledger-format.md): a Merkle tree over each commit group, a Merkle mountain range over the
// groups, one digest for the head. Every hash begins with a byte that says what is hashed, so that no value can be
// passed off as another kind (RFC 6962 does the same).
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "crypto/sm3.h"
#include "store/database.h"

namespace yi::store {

class LedgerHash {
 public:
  crypto::Digest leaf(CentreCode centre, std::int64_t seq, std::string_view record);
  // The tree of RFC 6962: a full left subtree of the largest power of two below the count. `leaves` is not empty;
  // it is used as working space.
  crypto::Digest root(std::vector<crypto::Digest>& leaves);
  crypto::Digest group(CentreCode centre, const GroupRow& group);
  crypto::Digest node(const crypto::Digest& left, const crypto::Digest& right);
  // What a signature covers and a bulletin prints.
  crypto::Digest head(CentreCode centre, const HeadRow& head);

  // Adds the number-th group (from 1) to the peaks: as many peaks as the number has one-bits, largest first.
  void add_peak(std::string& peaks, std::int64_t number, const crypto::Digest& group_hash);

 private:
  crypto::Sm3 sm3_;
  std::string scratch_;
};

}  // namespace yi::store
