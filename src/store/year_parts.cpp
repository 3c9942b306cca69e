#include "store/year_parts.h"

#include "store/place.h"
#include "store/postgres_open.h"
#include "store/postgres_partitions.h"
#include "store/postgres_reader.h"
#include "store/postgres_schema.h"
#include "store/view_walk.h"

namespace yi::store {
namespace {

// A year is looked through when it comes back, for as long as that takes.
Checked with_parts(const std::string& url, const std::function<Checked(PostgresConnection&)>& act) {
  if (const auto brought_up = look_after_schema(url, false); !brought_up) return brought_up.error();
  return with_postgres(url, [&](PostgresConnection& c) {
    c.answer_within = {};
    return act(c);
  });
}

}  // namespace

Result<std::vector<YearPart>> year_parts(const std::string& url) {
  std::vector<YearPart> out;
  YI_CHECK(with_parts(url, [&](PostgresConnection& c) -> Checked {
    PostgresReader reader(c, [] {});
    for (ViewWalk walk(reader, part_table(), part_table().name); walk.next();) {
      const auto& r = walk.row();
      out.push_back({{static_cast<std::int32_t>(r[0].i)}, r[1].i, r[2].i, r[3].i, r[6].i != 0});
    }
    return Done{};
  }));
  return out;
}

Checked detach_year(const std::string& url, CentreCode centre, std::int64_t year) {
  return with_parts(url, [&](PostgresConnection& c) { return PostgresPartitions(c).detach(centre, year); });
}
Checked attach_year(const std::string& url, CentreCode centre, std::int64_t year) {
  return with_parts(url, [&](PostgresConnection& c) { return PostgresPartitions(c).attach(centre, year); });
}

}  // namespace yi::store
