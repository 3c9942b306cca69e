#include "store/database.h"

namespace yi::store {

HeadRow Reader::head(CentreCode centre) {
  HeadRow h;
  auto c = select("SELECT seq, groups, recorded_at, epoch, peaks FROM ledger_head WHERE centre=$1", {centre.value});
  if (c->next()) {
    h.seq = c->integer(0);
    h.groups = c->integer(1);
    h.recorded_at = c->integer(2);
    h.epoch = c->integer(3);
    h.peaks = c->bytes(4);
  }
  return h;
}

std::optional<std::string> Reader::meta(std::string_view key) {
  auto c = select("SELECT value FROM store_meta WHERE name=$1", {key});
  if (!c->next()) return std::nullopt;
  return std::string(c->bytes(0));
}

void Reader::groups(CentreCode centre, std::int64_t first, const std::function<bool(const GroupRow&)>& f) {
  auto c = select(
      "SELECT number, first_seq, events, recorded_at, root FROM ledger_group WHERE centre=$1 AND number>=$2 ORDER BY number",
      {centre.value, first});
  while (c->next())
    if (!f({c->integer(0), c->integer(1), c->integer(2), c->integer(3), std::string(c->bytes(4))})) return;
}

bool Reader::has_table(std::string_view name) { return select(table_exists_sql(), {name})->next(); }

}  // namespace yi::store
