#include "store/copy_ledger.h"

#include "store/merkle.h"

namespace yi::store {
namespace {
constexpr std::int64_t kRecords = 5'000;  // a transaction, about
}

std::int64_t copy_ledger(Reader& from, Writer& to, CentreCode centre, const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const HeadRow all = from.head(centre);
  HeadRow head = to.claim(centre);
  if (head.seq != 0) throw Failure(FailureKind::other, "there is a ledger already");
  LedgerHash hash;
  std::vector<GroupRow> groups;
  const auto write = [&] {
    if (groups.empty()) return;
    const HeadRow before = head;
    to.begin();
    from.events(centre, groups.front().first_seq, groups.back().first_seq + groups.back().count - 1, [&](const LedgerRow& row) {
      if (row.seq != ++head.seq) throw Failure(FailureKind::corrupt, "record " + std::to_string(head.seq) + " is missing");
      to.append_event(centre, row);
      return true;
    });
    for (const auto& g : groups) {
      to.append_group(centre, g);
      hash.add_peak(head.peaks, ++head.groups, hash.group(centre, g));
      head.recorded_at = g.recorded_at;
    }
    to.advance_head(centre, before, head);
    to.commit();
    groups.clear();
    if (progress) progress(head.seq, all.seq);
  };
  std::int64_t next = 1;
  for (std::int64_t first = 1; first <= all.groups;) {
    from.groups(centre, first, [&](const GroupRow& g) {
      if (g.number != first || g.first_seq != next || g.count < 1) throw Failure(FailureKind::corrupt, "group " + std::to_string(first) + " is missing");
      ++first;
      next += g.count;
      groups.push_back(g);
      return first <= all.groups && next - groups.front().first_seq < kRecords;
    });
    if (groups.empty()) throw Failure(FailureKind::corrupt, "group " + std::to_string(first) + " is missing");
    write();
  }
  if (head.seq != all.seq || head.groups != all.groups || head.peaks != all.peaks || head.recorded_at != all.recorded_at)
    throw Failure(FailureKind::corrupt, "the head does not follow from the records");
  return head.seq;
}

}  // namespace yi::store
