#include "store/merkle.h"

#include <cstring>

namespace yi::store {
namespace {
enum : char { kLeaf = 0, kNode = 1, kGroup = 2, kHead = 4 };

void put(std::string& s, std::int64_t v, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) s += static_cast<char>(v >> (8 * i));
}
}  // namespace

crypto::Digest LedgerHash::leaf(CentreCode centre, std::int64_t seq, std::string_view record) {
  scratch_.assign(1, kLeaf);
  put(scratch_, centre.value, 4);
  put(scratch_, seq, 8);
  sm3_.start();
  sm3_.add(scratch_);
  sm3_.add(record);
  return sm3_.finish();
}

crypto::Digest LedgerHash::node(const crypto::Digest& left, const crypto::Digest& right) {
  scratch_.assign(1, kNode);
  scratch_ += crypto::bytes(left);
  scratch_ += crypto::bytes(right);
  sm3_.start();
  sm3_.add(scratch_);
  return sm3_.finish();
}

// Level by level with the odd one carried up: the same tree as RFC 6962's recursive definition.
crypto::Digest LedgerHash::root(std::vector<crypto::Digest>& level) {
  std::size_t n = level.size();
  while (n > 1) {
    std::size_t out = 0;
    for (std::size_t i = 0; i + 1 < n; i += 2) level[out++] = node(level[i], level[i + 1]);
    if (n % 2) level[out++] = level[n - 1];
    n = out;
  }
  return level[0];
}

crypto::Digest LedgerHash::group(CentreCode centre, const GroupRow& g) {
  scratch_.assign(1, kGroup);
  put(scratch_, centre.value, 4);
  put(scratch_, g.number, 8);
  put(scratch_, g.first_seq, 8);
  put(scratch_, g.count, 8);
  put(scratch_, g.recorded_at, 8);
  scratch_ += g.root;
  sm3_.start();
  sm3_.add(scratch_);
  return sm3_.finish();
}

crypto::Digest LedgerHash::head(CentreCode centre, const HeadRow& h) {
  scratch_.assign(1, kHead);
  put(scratch_, centre.value, 4);
  put(scratch_, h.seq, 8);
  put(scratch_, h.groups, 8);
  put(scratch_, h.recorded_at, 8);
  scratch_ += h.peaks;
  sm3_.start();
  sm3_.add(scratch_);
  return sm3_.finish();
}

void LedgerHash::add_peak(std::string& peaks, std::int64_t number, const crypto::Digest& group_hash) {
  crypto::Digest carry = group_hash;
  // Each trailing zero-bit of the number joins the last mountain with one of the same height.
  for (std::int64_t n = number; n % 2 == 0; n /= 2) {
    crypto::Digest left;
    std::memcpy(left.data(), peaks.data() + peaks.size() - 32, 32);
    peaks.resize(peaks.size() - 32);
    carry = node(left, carry);
  }
  peaks += crypto::bytes(carry);
}

}  // namespace yi::store
