// A centre that was built in a schema of its own comes into the store's, beside the other centres of the database.
#include <algorithm>

#include "store/place.h"
#include "store/postgres_open.h"
#include "store/postgres_partitions.h"
#include "store/postgres_reader.h"
#include "store/postgres_schema.h"

namespace yi::store {
namespace {

const std::string kHere = kPostgresSchema, kThere = kBuildingSchema;

struct Refused {
  Refusal why;
};

class TakingIn {
 public:
  TakingIn(PostgresConnection& c, CentreCode centre, std::string where) : c_(c), reader_(c, {}), centre_(centre), where_(std::move(where)) {}

  void run(OldStore old) {
    reader_.select("SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))", {"schema", kHere});
    if (reader_.select("SELECT count(*) FROM pg_namespace WHERE nspname=$1", {kHere})->next_integer() == 0) {
      c_.run("ALTER SCHEMA " + kThere + " RENAME TO " + kHere);
      return;
    }
    const auto here = tables(kHere), there = tables(kThere);
    if (old == OldStore::keep && std::find(here.begin(), here.end(), head_table().name) != here.end() && rows(head_table().name, "centre=$1"))
      throw Refused{{"store.not_empty", "数据库中已有这个中心的数据。", "请用 --store 指定另一个数据库。", 409, where_}};
    move_parts(c_, centre_, kThere, kHere);
    for (const auto& t : here)
      if (std::find(there.begin(), there.end(), t) == there.end() && !columns(kHere, t, "centre").empty()) forget(t);
    for (const auto& t : there) {
      if (t == meta_table().name) continue;
      if (std::find(here.begin(), here.end(), t) == here.end()) {
        bring(t);
      } else if (rows(t, "centre<$1") || rows(t, "centre>$1")) {
        add(t);
      } else {
        c_.run("DROP TABLE " + kHere + "." + t);
        bring(t);
      }
    }
    c_.run("DROP SCHEMA " + kThere + " CASCADE");
  }

 private:
  std::vector<std::string> tables(const std::string& schema) {
    std::vector<std::string> out;
    // The ledger's own tables, their buckets and parts go another way.
    auto c = reader_.select("SELECT tablename::text FROM pg_tables WHERE schemaname=$1 AND NOT tablename LIKE 'ledger\\_event%' AND NOT tablename LIKE 'ledger\\_group%' ORDER BY tablename", {schema});
    while (c->next()) out.emplace_back(c->bytes(0));
    return out;
  }
  // "a bigint, b text" in their order; `one`: that one alone, where it is there.
  std::string columns(const std::string& schema, const std::string& table, const std::string& one = "") {
    auto c = reader_.select("SELECT coalesce(string_agg(quote_ident(attname) || ' ' || atttypid::regtype::text, ', ' ORDER BY attnum), '')"
                            " FROM pg_attribute WHERE attrelid=to_regclass($1) AND attnum>0 AND NOT attisdropped AND ($2='' OR attname=$2)",
                            {schema + "." + table, one});
    return c->next() ? std::string(c->bytes(0)) : "";
  }
  std::string names(const std::string& table) {
    auto c = reader_.select("SELECT string_agg(quote_ident(attname), ',' ORDER BY attnum) FROM pg_attribute"
                            " WHERE attrelid=to_regclass($1) AND attnum>0 AND NOT attisdropped", {kHere + "." + table});
    return c->next() ? std::string(c->bytes(0)) : "";
  }
  bool rows(const std::string& table, const std::string& condition) {
    return reader_.select("SELECT 1 FROM " + kHere + "." + table + " WHERE " + condition + " LIMIT 1", {centre_.value})->next();
  }
  void forget(const std::string& table) { reader_.select("DELETE FROM " + kHere + "." + table + " WHERE centre=$1", {centre_.value}); }
  void bring(const std::string& table) { c_.run("ALTER TABLE " + kThere + "." + table + " SET SCHEMA " + kHere); }
  void add(const std::string& table) {
    if (columns(kHere, table) != columns(kThere, table))
      throw Refused{{"store.other_tables", "数据库中别的中心的表 " + table + " 是另一版本的，新的中心没有放入。", "请先用这个版本启动那些中心，再重来。", 409, where_}};
    forget(table);
    const auto list = names(table);
    c_.run("INSERT INTO " + kHere + "." + table + "(" + list + ") SELECT " + list + " FROM " + kThere + "." + table);
  }

  PostgresConnection& c_;
  PostgresReader reader_;
  CentreCode centre_;
  std::string where_;
};

}  // namespace

namespace {

// One's own session that has built may still be ending; behind hours of copying nobody is refused for that.
constexpr std::chrono::milliseconds kOwnEnds{10'000}, kOthersEnd{1'000};

// In the open transaction: whoever builds there holds the writer's lock of that schema (PostgresWriter).
bool hold_building(PostgresConnection& c, std::chrono::milliseconds wait) {
  try {
    c.run_quickly("SET LOCAL lock_timeout=" + std::to_string(wait.count()));
    c.run_quickly("SELECT pg_advisory_xact_lock(hashtext('yichuang'), hashtext('" + kThere + "'))");
    c.run_quickly("SET LOCAL lock_timeout TO DEFAULT");
    return true;
  } catch (const PostgresFailure& f) {
    if (f.state != "55P03") throw;
    c.run_quickly("ROLLBACK");
    return false;
  }
}

Refusal is_built(const std::string& url) {
  return {"store.locked", "另一个进程正在这个数据库中建立中心：" + label_of(url), "一个数据库同时只能迁入或重放一个中心；请等它结束后再运行。", 409, label_of(url)};
}

}  // namespace

Checked drop_building(const std::string& url) {
  return with_postgres(url, [&](PostgresConnection& c) -> Checked {
    c.run_quickly("BEGIN");
    if (!hold_building(c, kOthersEnd)) return is_built(url);
    c.run("DROP SCHEMA IF EXISTS " + kThere + " CASCADE");
    c.run_quickly("COMMIT");
    return Done{};
  });
}

Checked take_in_building(const std::string& url, CentreCode centre, OldStore old) {
  // What is there is brought up first.
  if (const auto there = open_beside(Place{"", url}, "", Mode::read); there || there.error().code == "store.older") {
    YI_TRY(const auto opened, open_beside(Place{"", url}, "", Mode::write));
  } else if (there.error().code != "store.missing") {
    return there.error();
  }
  return with_postgres(url, [&](PostgresConnection& c) -> Checked {
    c.answer_within = {};  // as long as a large centre takes
    try {
      c.run("BEGIN");
      if (!hold_building(c, kOwnEnds)) return is_built(url);
      TakingIn(c, centre, label_of(url)).run(old);
      c.run("COMMIT");
    } catch (const Refused& r) {
      c.run("ROLLBACK");
      return r.why;
    }
    return Done{};
  });
}

}  // namespace yi::store
