// Limit P, see limits.h.
#include <algorithm>
#include <random>

#include "base/clock.h"
#include "benchmark/limits.h"
#include "store/dialect.h"
#include "store/place.h"
#include "store/postgres_batch.h"
#include "store/postgres_schema.h"

namespace yi::bench {
namespace {

using store::Merge;
using store::Type;
using store::View;

View table(const char* name, int keys, std::initializer_list<std::pair<const char*, Type>> columns) {
  View v{name, 1, store::ViewKind::guard, keys, {}};
  for (const auto& [column, type] : columns) v.columns.push_back({column, type});
  return v;
}

// The columns of a case; their rows are 270 bytes wide in the middle of a life, as limit A has them.
View case_table() {
  View v = table("c", 2, {{"centre", Type::integer}, {"case_id", Type::integer}, {"number", Type::text}, {"matter", Type::text}, {"department", Type::text},
      {"last_act", Type::text}, {"detail", Type::text}});
  for (int i = 0; i < 24; ++i) v.columns.push_back({"n" + std::to_string(i), Type::integer});
  return v;
}

// Rows of one table on their way, by one statement.
struct Rows {
  Rows(View v, bool merge) : view(std::move(v)), sql(merge ? upsert_sql(view, view.name, store::kPostgres) : insert_sql(view, view.name, store::kPostgres)),
      rows(view, view.columns.size()) {}
  View view;
  std::string sql;
  store::PostgresRows rows;
};

}  // namespace

store::PostgresOptions options_of(const std::string& url) {
  store::PostgresOptions out;
  auto* all = PQconninfoParse(url.c_str(), nullptr);
  for (auto* o = all; o && o->keyword; ++o)
    if (o->val) out.emplace_back(o->keyword, o->val);
  PQconninfoFree(all);
  return out;
}

double raw_postgres(const std::string& url, const RawShape& q) {
  store::PostgresConnection c(options_of(url));
  Rows events(store::event_table(), false), groups(store::group_table(), false), head(store::head_table(), true),
      ids(table("k", 2, {{"centre", Type::integer}, {"id", Type::bytes}, {"first_seq", Type::integer}, {"facts", Type::integer}, {"digest", Type::bytes}}), true),
      days(table("d", 2, {{"centre", Type::integer}, {"day", Type::integer}, {"last", Type::integer}}), true),
      timers(table("t", 2, {{"centre", Type::integer}, {"entry", Type::integer}}), true),
      people(table("s", 2, {{"centre", Type::integer}, {"subject", Type::integer}, {"last", Type::integer}, {"erased", Type::integer}, {"blind",
          Type::bytes}}), false),
      blinds(table("b", 2, {{"centre", Type::integer}, {"blind", Type::bytes}, {"subject", Type::integer}}), false), cases(case_table(), true);
  const std::initializer_list<Rows*> all{&head, &events, &groups, &ids, &days, &timers, &people, &blinds, &cases};
  for (const auto* r : all) c.run(create_table_sql(r->view, r->view.name, store::kPostgres));
  const auto send = [&] {
    c.start_pipeline();
    c.send("BEGIN", {});
    for (auto* r : all) r->rows.send(c, r->sql);
    c.send("COMMIT", {});
    c.finish_pipeline();
  };
  const std::string record(static_cast<std::size_t>(q.record_bytes), 'x'), hash(32, 'h'), peaks(15 * 32, 'p'), detail(180, 'd');
  constexpr std::int64_t centre = 510000;
  std::mt19937_64 random(1);
  std::int64_t seq = 0, number = 0, next_case = 1, commands = 0;
  store::Row the_case{centre, 0, "510000202406170100000017", "SC-SCJGJ-0001", "scjgj", "transfer", std::string_view(detail)};
  for (int i = 0; i < 24; ++i) the_case.emplace_back(i < 10 ? store::Value(19'891 + i) : store::Value());
  const auto write_case = [&](std::int64_t id) {
    the_case[1] = id;
    the_case[7] = seq;
    cases.rows.add(the_case);
  };
  if (q.pattern == Pattern::step)
    for (; next_case <= q.cases; ++next_case) {
      write_case(next_case);
      if (next_case % 5'000 == 0) send();
    }
  std::vector<std::int64_t> touched;
  const auto start = monotonic_ns();
  const auto seconds = [&] { return static_cast<double>(monotonic_ns() - start) / 1e9; };
  while (seconds() < q.seconds) {
    touched.clear();
    for (int i = 0; i < q.group; ++i) {
      events.rows.add({centre, ++seq, std::string_view(hash).substr(0, 8), std::string_view(record)});
      if (q.pattern == Pattern::create || (q.pattern == Pattern::whole_case && commands % 6 == 0)) {
        events.rows.add({centre, ++seq, std::string_view(hash).substr(0, 8), std::string_view(record)});
        const std::uint64_t blind[2] = {random(), random()};
        const std::string_view b(reinterpret_cast<const char*>(blind), sizeof blind);
        people.rows.add({centre, seq, 0, 0, b});
        blinds.rows.add({centre, b, seq});
      }
      const std::uint64_t id[2] = {__builtin_bswap64(static_cast<std::uint64_t>(seq)), random()};
      ids.rows.add({centre, std::string_view(reinterpret_cast<const char*>(id), sizeof id), seq, 1, std::string_view(hash).substr(0, 16)});
      touched.push_back(q.pattern == Pattern::create       ? next_case++
                        : q.pattern == Pattern::whole_case ? std::max<std::int64_t>(1, commands / 6 - static_cast<std::int64_t>(random() % 64))
                                                           : 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(q.cases)));
      ++commands;
    }
    // A key comes once in a statement, as in ours: the last state of a case that a group touched twice.
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const auto id : touched) {
      write_case(id);
      timers.rows.add({centre, (std::int64_t{19'891} << 32) + id});
    }
    if (q.pattern != Pattern::step) days.rows.add({centre, 19'891, seq});
    groups.rows.add({centre, ++number, seq, q.group, seq, std::string_view(hash)});
    head.rows.add({centre, seq, number, seq, 1, std::string_view(peaks)});
    send();
  }
  return static_cast<double>(commands) / seconds();
}

}  // namespace yi::bench
