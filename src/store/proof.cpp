#include "store/proof.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace yi::store {
namespace {

using crypto::Digest;

Refusal no_such_record() {
  return {"store.no_such_record", "账本的这个位置之前没有这条记录。", "请核对记录的序号。", 404, ""};
}

// The mountain that holds a group: its place among the peaks, its first group and its height.
struct Mountain {
  std::size_t peak = 0;
  std::int64_t first = 1;
  int height = 0;
};
Mountain mountain_of(std::int64_t group, std::int64_t groups) {
  Mountain m;
  for (int bit = 62; bit >= 0; --bit) {
    const auto size = std::int64_t{1} << bit;
    if (!(groups & size)) continue;
    m.height = bit;
    if (group < m.first + size) return m;
    m.first += size;
    ++m.peak;
  }
  return m;  // not reached: 1 <= group <= groups
}

// RFC 9162 §2.1.3.2: from the leaf at `index` of `count` along the path; nothing when the path has another length.
std::optional<Digest> climb(LedgerHash& hash, Digest at, std::int64_t index, std::int64_t count, const std::vector<Digest>& path) {
  auto fn = static_cast<std::uint64_t>(index), sn = static_cast<std::uint64_t>(count - 1);
  for (const auto& sibling : path) {
    if (sn == 0) return std::nullopt;
    if ((fn & 1) || fn == sn) {
      at = hash.node(sibling, at);
      while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
    } else {
      at = hash.node(at, sibling);
    }
    fn >>= 1;
    sn >>= 1;
  }
  if (sn != 0) return std::nullopt;
  return at;
}

// The siblings of the leaf at `index`, level by level; the odd last node of a level is carried up without one.
std::vector<Digest> audit_path(LedgerHash& hash, std::vector<Digest> level, std::size_t index) {
  std::vector<Digest> path;
  while (level.size() > 1) {
    const auto sibling = index ^ 1;
    if (sibling < level.size()) path.push_back(level[sibling]);
    std::size_t out = 0;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) level[out++] = hash.node(level[i], level[i + 1]);
    if (level.size() % 2) level[out++] = level.back();
    level.resize(out);
    index /= 2;
  }
  return path;
}

GroupRow group_row(Reader& reader, CentreCode centre, std::int64_t number) {
  GroupRow g;
  reader.groups(centre, number, [&](const GroupRow& row) {
    if (row.number == number) g = row;
    return false;
  });
  return g;
}

}  // namespace

bool verify_proof(std::string_view record, const Proof& p, const Digest& head_digest) {
  const auto& h = p.head;
  if (h.groups < 1 || p.group < 1 || p.group > h.groups || p.first_seq < 1 || p.count < 1 || p.seq < p.first_seq || p.seq - p.first_seq >= p.count ||
      h.peaks.size() != 32 * static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(h.groups))))
    return false;
  LedgerHash hash;
  if (hash.head(p.centre, h) != head_digest) return false;
  const auto root = climb(hash, hash.leaf(p.centre, p.seq, record), p.seq - p.first_seq, p.count, p.in_group);
  if (!root) return false;
  const auto leaf = hash.group(p.centre, {p.group, p.first_seq, p.count, p.recorded_at, std::string(crypto::bytes(*root))});
  const auto mountain = mountain_of(p.group, h.groups);
  const auto peak = climb(hash, leaf, p.group - mountain.first, std::int64_t{1} << mountain.height, p.in_mountain);
  return peak && crypto::bytes(*peak) == std::string_view(h.peaks).substr(mountain.peak * 32, 32);
}

Digest Prover::subtree(Reader& reader, std::int64_t first, int height) {
  if (const auto known = whole_.find({first, height}); known != whole_.end()) return known->second;
  Digest root;
  if (height > kBlockHeight) {
    const auto left = subtree(reader, first, height - 1);
    root = hash_.node(left, subtree(reader, first + (std::int64_t{1} << (height - 1)), height - 1));
  } else {
    const auto count = std::size_t{1} << height;
    std::vector<Digest> leaves;
    leaves.reserve(count);
    reader.groups(centre_, first, [&](const GroupRow& g) {
      leaves.push_back(hash_.group(centre_, g));
      return leaves.size() < count;
    });
    leaves.resize(count);  // a gap leads to another head, and is found there
    root = hash_.root(leaves);
  }
  if (height >= kBlockHeight) whole_.emplace(std::pair{first, height}, root);
  return root;
}

std::optional<GroupRow> Prover::group_of(Reader& reader, std::int64_t seq, std::int64_t groups) {
  if (seq < 1 || groups < 1) return std::nullopt;
  // Every group has at least one record, so the seq-th record is in the seq-th group at the latest.
  std::int64_t low = 1, high = std::min(groups, seq);
  while (low < high) {
    const auto middle = low + (high - low + 1) / 2;
    if (group_row(reader, centre_, middle).first_seq <= seq) low = middle;
    else high = middle - 1;
  }
  auto g = group_row(reader, centre_, low);
  if (g.number != low || seq < g.first_seq || seq - g.first_seq >= g.count) return std::nullopt;
  return g;
}

Result<Proof> Prover::prove(Reader& reader, std::int64_t seq, const HeadRow& head) {
  if (seq < 1 || seq > head.seq) return no_such_record();
  const Refusal differs{"store.ledger_differs", "账本与它的头不符，无法为这条记录出具证明。", "请运行 yichuang verify 找出第一条损坏的记录，并从备份恢复。", 500, ""};
  const auto group = group_of(reader, seq, head.groups);
  if (!group) return differs;
  std::vector<Digest> leaves;
  std::string record;
  reader.events(centre_, group->first_seq, group->first_seq + group->count - 1, [&](const LedgerRow& row) {
    leaves.push_back(hash_.leaf(centre_, row.seq, row.record));
    if (row.seq == seq) record = row.record;
    return true;
  });
  if (static_cast<std::int64_t>(leaves.size()) != group->count) return differs;
  Proof p{centre_, seq, group->number, group->first_seq, group->count, group->recorded_at, {}, {}, head};
  p.head.epoch = 0;
  p.in_group = audit_path(hash_, std::move(leaves), static_cast<std::size_t>(seq - group->first_seq));
  const auto mountain = mountain_of(group->number, head.groups);
  const auto index = group->number - mountain.first;
  for (int height = 0; height < mountain.height; ++height) {
    const auto sibling = (index >> height) ^ 1;
    p.in_mountain.push_back(subtree(reader, mountain.first + (sibling << height), height));
  }
  // What leaves here has been checked: a damaged ledger gives a refusal and never a worthless receipt.
  if (!verify_proof(record, p, hash_.head(centre_, head))) return differs;
  return p;
}

Result<HeadRow> Prover::head_at(Reader& reader, std::int64_t groups) {
  const auto last = groups < 1 ? GroupRow{} : group_row(reader, centre_, groups);
  if (last.number != groups || groups < 1) return no_such_record();
  HeadRow h{last.first_seq + last.count - 1, groups, last.recorded_at, 0, {}};
  std::int64_t first = 1;
  for (int bit = 62; bit >= 0; --bit)
    if (groups >> bit & 1) {
      h.peaks += crypto::bytes(subtree(reader, first, bit));
      first += std::int64_t{1} << bit;
    }
  return h;
}

}  // namespace yi::store
