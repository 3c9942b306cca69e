#include "store/postgres_partitions.h"

#include "base/clock.h"
#include "store/dialect.h"
#include "store/postgres_schema.h"

namespace yi::store {
namespace {

constexpr std::int64_t kTryAgainNs = 60'000'000'000;  // a cut that a reader held up
constexpr const char *kDuplicateTable = "42P07", *kDuplicateKey = "23505", *kLocked = "55P03";
constexpr const char* kSoon = "SET LOCAL lock_timeout=500";  // behind a lock that is waited for, all others of the bucket stand
constexpr int kTries = 5;
constexpr const char* kClosing = "closing";

PostgresParameters parameters(std::initializer_list<std::int64_t> all) {
  PostgresParameters p;
  for (const auto v : all) p.add(v);
  return p;
}

// Of the two tables: what orders a centre's rows.
struct Kind {
  const View* view;
  const char* order;
};
const Kind kKinds[] = {{&event_table(), "seq"}, {&group_table(), "number"}};

std::string bucket_name(const View& v, std::int64_t bucket) { return v.name + "_h" + std::to_string(bucket); }
std::string part_name(const View& v, CentreCode centre, std::int64_t year) { return v.name + "_" + std::to_string(centre.value) + "_" + std::to_string(year); }
std::string bound(CentreCode centre, std::int64_t at, const char* where_none) {
  return "(" + std::to_string(centre.value) + "," + (at ? std::to_string(at) : std::string(where_none)) + ")";
}
// First and end of a part; 0: none.
std::string bounds(CentreCode centre, std::int64_t first, std::int64_t end) {
  return " FOR VALUES FROM " + bound(centre, first, "MINVALUE") + " TO " + bound(centre, end, "MAXVALUE");
}

std::int64_t year_of(std::int64_t ms) { return civil_day(Instant{ms}).year(); }

// The server knows how it hashes.
std::int64_t bucket_of(PostgresConnection& c, const View& v, CentreCode centre) {
  const auto r = c.ask("SELECT b::bigint FROM generate_series(0," + std::to_string(kBuckets - 1) + ") AS b WHERE satisfies_hash_partition('" + v.name + "'::regclass," +
                           std::to_string(kBuckets) + ",b,$1::bigint)", parameters({centre.value}));
  if (PQntuples(r.get()) != 1) throw Failure(FailureKind::other, v.name + " is not in " + std::to_string(kBuckets) + " buckets");
  return integer_of(r);
}

// What the server asks of each row of such a part, in its own words: with this as a constraint of the table it attaches without reading it.
std::string closing(PostgresConnection& c, const Kind& k, CentreCode centre, std::int64_t first, std::int64_t end) {
  const auto whole = std::to_string(integer_of(c.ask("SELECT '" + k.view->name + "'::regclass::oid::bigint", {})));
  const auto order = std::string(k.order), number = std::to_string(centre.value) + "::bigint";
  return "satisfies_hash_partition(" + whole + "::oid," + std::to_string(kBuckets) + "," + std::to_string(bucket_of(c, *k.view, centre)) + ",centre) AND centre=" + number +
         (first ? " AND " + order + ">=" + std::to_string(first) + "::bigint" : "") + " AND " + order + "<" + std::to_string(end) + "::bigint";
}

void note(PostgresConnection& c, CentreCode centre, std::int64_t year, std::int64_t first_seq, std::int64_t first_number) {
  c.ask("INSERT INTO store_part(centre, year, first_seq, end_seq, first_number, end_number, attached) VALUES($1,$2,$3,0,$4,0,1)",
        parameters({centre.value, year, first_seq, first_number}));
}

// Attached, not created as a part: that would wait for everybody who reads the bucket.
void make_part(PostgresConnection& c, const Kind& k, CentreCode centre, std::int64_t year, std::int64_t first) {
  const auto bucket = bucket_name(*k.view, bucket_of(c, *k.view, centre)), name = part_name(*k.view, centre, year);
  c.run("CREATE TABLE " + name + "(LIKE " + bucket + " INCLUDING ALL)");
  c.run("ALTER TABLE " + bucket + " ATTACH PARTITION " + name + bounds(centre, first, 0));
}

// Ended without commit, it is rolled back.
class Change {
 public:
  explicit Change(PostgresConnection& c) : c_(c) { c_.run_quickly("BEGIN"); }
  ~Change() {
    try {
      if (c_.alive() && c_.in_transaction()) c_.run_quickly("ROLLBACK");
    } catch (const std::exception&) {  // the connection is gone: the server rolls back
    }
  }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;
  void commit() { c_.run_quickly("COMMIT"); }

 private:
  PostgresConnection& c_;
};

void make_partitioned(PostgresConnection& c, const View& v, const char* order) {
  c.run(create_table_sql(v, v.name, kPostgres) + " PARTITION BY HASH (centre)");
  for (int b = 0; b < kBuckets; ++b)
    c.run("CREATE TABLE IF NOT EXISTS " + bucket_name(v, b) + " PARTITION OF " + v.name + " FOR VALUES WITH (MODULUS " + std::to_string(kBuckets) + ", REMAINDER " +
          std::to_string(b) + ") PARTITION BY RANGE (centre, " + order + ")");
}

// The old table becomes the part of the centre that has most in it; the others' rows move to parts of their own.
void take_over(PostgresConnection& c, const Kind& k, const std::string& old) {
  const auto all = c.ask("SELECT centre, count(*) FROM " + old + " GROUP BY centre ORDER BY 2 DESC, 1", {});
  const auto oldest = [&](CentreCode centre) {
    // The groups are still where they were, or already aside.
    const auto r = c.ask("SELECT recorded_at FROM " + (k.view == &group_table() ? old : group_table().name) + " WHERE centre=$1 ORDER BY number LIMIT 1", parameters({centre.value}));
    return PQntuples(r.get()) ? year_of(integer_of(r)) : year_of(0);
  };
  if (PQntuples(all.get()) == 0) {
    c.run("DROP TABLE " + old);
    return;
  }
  for (int i = PQntuples(all.get()) - 1; i >= 0; --i) {
    const CentreCode centre{static_cast<std::int32_t>(integer_of(all, i))};
    const auto year = oldest(centre);
    if (i > 0) {
      make_part(c, k, centre, year, 0);
      c.ask("WITH moved AS (DELETE FROM " + old + " WHERE centre=$1 RETURNING *) INSERT INTO " + k.view->name + " SELECT * FROM moved", parameters({centre.value}));
    } else {
      const auto name = part_name(*k.view, centre, year);
      c.run("ALTER TABLE " + old + " RENAME TO " + name);
      c.run("ALTER TABLE " + bucket_name(*k.view, bucket_of(c, *k.view, centre)) + " ATTACH PARTITION " + name + bounds(centre, 0, 0));
    }
    if (k.view == &event_table()) note(c, centre, year, 0, 0);
  }
}

}  // namespace

const View& part_table() {
  static const View v{"store_part", 1, ViewKind::guard, 2,
                      {{"centre", Type::integer}, {"year", Type::integer}, {"first_seq", Type::integer}, {"end_seq", Type::integer}, {"first_number", Type::integer},
                       {"end_number", Type::integer}, {"attached", Type::integer}}};
  return v;
}

void partition_ledger(PostgresConnection& c) {
  c.run(create_table_sql(part_table(), part_table().name, kPostgres));
  for (const auto& k : kKinds) {
    const auto& name = k.view->name;
    const auto r = c.ask("SELECT (relkind='r')::int::bigint FROM pg_class WHERE relnamespace=current_schema()::regnamespace AND relname='" + name + "'", {});
    const bool plain = PQntuples(r.get()) && integer_of(r) == 1;
    const auto old = name + "_before";
    if (plain) {
      c.run("ALTER TABLE " + name + " RENAME TO " + old);
      c.run("ALTER INDEX " + name + "_pkey RENAME TO " + old + "_pkey");
    }
    make_partitioned(c, *k.view, k.order);
    if (plain) take_over(c, k, old);
  }
}

void move_parts(PostgresConnection& c, CentreCode centre, const std::string& from, const std::string& to) {
  const auto parts_in = [&](const std::string& schema) {
    return c.ask("SELECT year, first_seq, end_seq, first_number, end_number, attached FROM " + schema + "." + part_table().name + " WHERE centre=$1 ORDER BY year", parameters({centre.value}));
  };
  const auto old = parts_in(to), parts = parts_in(from);
  for (int i = 0; i < 2; ++i) {
    const auto& v = *kKinds[i].view;
    const auto bucket = bucket_name(v, bucket_of(c, v, centre));  // the same in both: the hash and the number of buckets are
    for (int p = 0; p < PQntuples(old.get()); ++p) c.run("DROP TABLE IF EXISTS " + to + "." + part_name(v, centre, integer_of(old, p)));
    for (int p = 0; p < PQntuples(parts.get()); ++p) {
      const auto name = part_name(v, centre, integer_of(parts, p));
      const bool attached = integer_of(parts, p, 5) != 0;
      if (attached) c.run("ALTER TABLE " + from + "." + bucket + " DETACH PARTITION " + from + "." + name);
      c.run("ALTER TABLE " + from + "." + name + " SET SCHEMA " + to);
      if (attached) c.run("ALTER TABLE " + to + "." + bucket + " ATTACH PARTITION " + to + "." + name + bounds(centre, integer_of(parts, p, 1 + 2 * i), integer_of(parts, p, 2 + 2 * i)));
    }
  }
}

void PostgresPartitions::prepare(CentreCode centre, const HeadRow& from, const HeadRow& to, bool alone) {
  const auto year = year_of(to.recorded_at);
  auto it = open_.find(centre.value);
  if (it == open_.end()) {
    const auto r = c_->ask("SELECT year FROM store_part WHERE centre=$1 AND end_seq=0", parameters({centre.value}));
    if (PQntuples(r.get()) == 0) begin_first(centre, year);
    it = open_.emplace(centre.value, Open{PQntuples(r.get()) ? integer_of(r) : year, 0}).first;
  }
  auto& open = it->second;
  if (year <= open.year || !alone || from.seq == 0 || monotonic_ns() < open.not_before_ns) return;
  if (cut(centre, from, year)) open = {year, 0};
  else open.not_before_ns = monotonic_ns() + kTryAgainNs;
}

// Two writers that begin the same centre at once: the tables' names decide, and the head decides who writes.
void PostgresPartitions::begin_first(CentreCode centre, std::int64_t year) {
  const auto make = [&] {
    for (const auto& k : kKinds) make_part(*c_, k, centre, year, 0);
    note(*c_, centre, year, 0, 0);
  };
  if (c_->in_transaction()) {
    make();
    return;
  }
  try {
    Change change(*c_);
    make();
    change.commit();
  } catch (const PostgresFailure& f) {
    if (f.state != kDuplicateTable && f.state != kDuplicateKey) throw;
  }
}

// The open part ends behind `from`, and the next begins. The server looks its rows through once, as a constraint of the part alone, which
// then says to the attaching that nothing is left to be looked at: the bucket, in which other centres write, is held for a moment only.
// False: not now; the year's first group is not held up but goes where the last one went.
bool PostgresPartitions::cut(CentreCode centre, const HeadRow& from, std::int64_t year) {
  try {
    Change change(*c_);
    c_->run_quickly(kSoon);
    const auto at = c_->ask("SELECT 1 FROM ledger_head WHERE centre=$1 AND seq=$2 AND groups=$3 AND epoch=$4 FOR UPDATE", parameters({centre.value, from.seq, from.groups, from.epoch}));
    const auto open = c_->ask("SELECT year, first_seq, first_number FROM store_part WHERE centre=$1 AND end_seq=0", parameters({centre.value}));
    if (PQntuples(at.get()) == 0 || PQntuples(open.get()) == 0) return false;  // somebody went on: the group itself will fail
    const std::int64_t ends[] = {from.seq + 1, from.groups + 1};
    const auto old_year = integer_of(open);
    for (int i = 0; i < 2; ++i) c_->run("ALTER TABLE " + part_name(*kKinds[i].view, centre, old_year) + " ADD CONSTRAINT " + kClosing + " CHECK (" + closing(*c_, kKinds[i], centre, integer_of(open, 0, 1 + i), ends[i]) + ")");
    for (int i = 0; i < 2; ++i) {
      const auto& v = *kKinds[i].view;
      const auto bucket = bucket_name(v, bucket_of(*c_, v, centre)), old = part_name(v, centre, old_year);
      c_->run("ALTER TABLE " + bucket + " DETACH PARTITION " + old);
      c_->run("ALTER TABLE " + bucket + " ATTACH PARTITION " + old + bounds(centre, integer_of(open, 0, 1 + i), ends[i]));
      c_->run("ALTER TABLE " + old + " DROP CONSTRAINT " + kClosing);
      make_part(*c_, kKinds[i], centre, year, ends[i]);
    }
    c_->ask("UPDATE store_part SET end_seq=$2, end_number=$3 WHERE centre=$1 AND end_seq=0", parameters({centre.value, ends[0], ends[1]}));
    note(*c_, centre, year, ends[0], ends[1]);
    change.commit();
    return true;
  } catch (const PostgresFailure& f) {
    if (!c_->alive() || f.state.empty()) throw;
    return false;
  }
}

std::vector<LedgerPart> PostgresPartitions::parts(CentreCode centre) {
  const auto r = c_->ask("SELECT year, first_seq, end_seq, first_number, end_number, attached FROM store_part WHERE centre=$1 ORDER BY year", parameters({centre.value}));
  std::vector<LedgerPart> out;
  for (int i = 0; i < PQntuples(r.get()); ++i)
    out.push_back({integer_of(r, i, 0), integer_of(r, i, 1), integer_of(r, i, 2), integer_of(r, i, 3), integer_of(r, i, 4), integer_of(r, i, 5) != 0});
  return out;
}

namespace {
Refusal no_such_part(std::int64_t year) {
  return {"store.no_such_part", "账本没有 " + std::to_string(year) + " 年的分区，或它已是所要的状态。", "请先查看有哪些分区。", 404, std::to_string(year)};
}
}  // namespace

Checked PostgresPartitions::detach(CentreCode centre, std::int64_t year) {
  for (const auto& part : parts(centre)) {
    if (part.year != year || !part.attached) continue;
    if (part.end_seq == 0)
      return Refusal{"store.part_is_open", std::to_string(year) + " 年的分区还在写入，不能卸下。", "请等到下一年的第一笔业务之后。", 409, std::to_string(year)};
    for (int tries = 1;; ++tries) {
      try {
        Change change(*c_);
        c_->run_quickly(kSoon);
        for (const auto& k : kKinds) c_->run("ALTER TABLE " + bucket_name(*k.view, bucket_of(*c_, *k.view, centre)) + " DETACH PARTITION " + part_name(*k.view, centre, year));
        c_->ask("UPDATE store_part SET attached=0 WHERE centre=$1 AND year=$2", parameters({centre.value, year}));
        change.commit();
        return Done{};
      } catch (const PostgresFailure& f) {
        if (f.state != kLocked) throw;
        if (tries == kTries)
          return Refusal{"store.part_in_use", std::to_string(year) + " 年的分区正在被读取，现在不能卸下；账本没有变动。", "请等备份、核验或统计结束后再试。", 503, std::to_string(year)};
      }
    }
  }
  return no_such_part(year);
}

Checked PostgresPartitions::attach(CentreCode centre, std::int64_t year) {
  for (const auto& part : parts(centre)) {
    if (part.year != year || part.attached) continue;
    const std::int64_t first[] = {part.first_seq, part.first_number}, end[] = {part.end_seq, part.end_number};
    Change change(*c_);
    for (int i = 0; i < 2; ++i) {
      const auto& v = *kKinds[i].view;
      c_->run("ALTER TABLE " + bucket_name(v, bucket_of(*c_, v, centre)) + " ATTACH PARTITION " + part_name(v, centre, year) + bounds(centre, first[i], end[i]));
    }
    c_->ask("UPDATE store_part SET attached=1 WHERE centre=$1 AND year=$2", parameters({centre.value, year}));
    change.commit();
    return Done{};
  }
  return no_such_part(year);
}

}  // namespace yi::store
