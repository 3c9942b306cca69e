// A centre that was built in a schema of its own comes into the store's, beside the other centres of the database.
#include <algorithm>

#include "store/building.h"
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

  // `verified`: its head, where the caller knows it.
  void run(OldStore old, const HeadRow* verified) {
    if (!is_ours(verified))
      throw Refused{{"store.other_building", "数据库中正在建立的不是这个中心，或已不是核对过的那一份；没有放入。", "另一个进程可能同时在这个数据库中迁入或重放；请等它结束后重来。", 409, where_}};
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
  bool is_ours(const HeadRow* verified) {
    if (reader_.select("SELECT count(*) FROM pg_tables WHERE schemaname=$1 AND tablename=$2", {kThere, head_table().name})->next_integer() == 0) return false;
    auto c = reader_.select("SELECT centre, seq, groups, peaks FROM " + kThere + "." + head_table().name, {});
    if (!c->next() || c->integer(0) != centre_.value) return false;
    if (verified && (c->integer(1) != verified->seq || c->integer(2) != verified->groups || c->bytes(3) != verified->peaks)) return false;
    return !c->next();
  }
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
  const AnswerWithin longer(c, c.answer_within.count() > 0 ? c.answer_within + wait : c.answer_within);
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

Checked drop_building(const std::string& url) { return drop_building(url, kOthersEnd); }

Checked drop_building(const std::string& url, std::chrono::milliseconds wait) {
  return with_postgres(url, [&](PostgresConnection& c) -> Checked {
    c.run_quickly("BEGIN");
    if (!hold_building(c, wait)) return is_built(url);
    c.run("DROP SCHEMA IF EXISTS " + kThere + " CASCADE");
    c.run_quickly("COMMIT");
    return Done{};
  });
}

BuildersWord::BuildersWord(std::unique_ptr<PostgresConnection> session) : session_(std::move(session)) {}
BuildersWord::BuildersWord(BuildersWord&&) noexcept = default;
BuildersWord& BuildersWord::operator=(BuildersWord&&) noexcept = default;
BuildersWord::~BuildersWord() = default;

Result<BuildersWord> BuildersWord::take(const std::string& url) {
  std::unique_ptr<PostgresConnection> session;
  YI_CHECK(with_postgres(url, [&](PostgresConnection& c) -> Checked {
    c.run_quickly("SET lock_timeout=" + std::to_string(kOthersEnd.count()));  // one's own of a moment ago may still be ending
    try {
      c.run_quickly("SELECT pg_advisory_lock(hashtext('yichuang'), hashtext('makes a centre'))");
    } catch (const PostgresFailure& f) {
      if (f.state != "55P03") throw;
      return is_built(url);
    }
    session = std::make_unique<PostgresConnection>(std::move(c));
    return Done{};
  }));
  return BuildersWord(std::move(session));
}

Checked BuildersWord::still_held() {
  try {
    if (PostgresReader(*session_, {}).select("SELECT 1", {})->next()) return Done{};
  } catch (const Failure&) {
  }
  return Refusal{"store.locked", "与数据库的连接断过，正在建立的可能已是另一个进程的中心。", "请再运行一次。", 409, ""};
}

namespace {

Checked take_in(const std::string& url, CentreCode centre, OldStore old, const HeadRow* verified) {
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
      TakingIn(c, centre, label_of(url)).run(old, verified);
      c.run("COMMIT");
    } catch (const Refused& r) {
      c.run("ROLLBACK");
      return r.why;
    }
    return Done{};
  });
}

}  // namespace

Checked take_in_building(const std::string& url, CentreCode centre, OldStore old) { return take_in(url, centre, old, nullptr); }
Checked take_in_building(const std::string& url, CentreCode centre, OldStore old, const HeadRow& verified) { return take_in(url, centre, old, &verified); }

bool refused_before_commit(const Refusal& why) {
  for (const char* code : {"store.not_empty", "store.other_tables", "store.other_building", "store.locked"})
    if (why.code == code) return true;
  return false;
}

}  // namespace yi::store
