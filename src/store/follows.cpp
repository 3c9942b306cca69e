#include "store/follows.h"

#include "store/merkle.h"

namespace yi::store {

bool follows(Reader& reader, CentreCode centre, const HeadRow& known, const HeadRow& found) {
  LedgerHash hash;
  auto peaks = known.peaks;
  auto number = known.groups, seq = known.seq;
  if (number < found.groups)
    reader.groups(centre, number + 1, [&](const GroupRow& g) {
      if (g.number != number + 1 || g.first_seq != seq + 1) return false;
      hash.add_peak(peaks, ++number, hash.group(centre, g));
      seq += g.count;
      return number < found.groups;
    });
  return number == found.groups && seq == found.seq && peaks == found.peaks;
}

bool has_all_of(Reader& there, Reader& left, CentreCode centre) {
  const auto known = left.head(centre);
  if (!follows(there, centre, known, there.head(centre))) return false;
  bool has = known.seq == 0;
  there.events(centre, known.seq, known.seq, [&](const LedgerRow& row) {
    has = row.seq == known.seq;
    return false;
  });
  return has;
}

}  // namespace yi::store
