#include "store/schema_steps.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/clock.h"
#include "store/postgres_schema.h"

namespace yi::store {
namespace {

std::optional<int> number(const std::optional<std::string>& text) {
  int n = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), n).ec != std::errc{}) return std::nullopt;
  return n;
}

SchemaState written(PostgresWriter& w, SchemaState s) {
  w.put_meta("schema", std::to_string(s.version));
  w.put_meta("readable_by", std::to_string(s.readable_by));
  return s;
}

}  // namespace

const std::vector<SchemaStep>& schema_steps() {
  // 2: several centres. What store_meta says of the one centre becomes that centre's.
  static const std::vector<SchemaStep> steps{
      {2,
       {"INSERT INTO store_centre(centre, name, value) SELECT o.value::bigint, m.name, m.value FROM store_meta m, store_meta o"
        " WHERE o.name='centre' AND m.name NOT IN ('schema', 'readable_by')",
        "DELETE FROM store_meta WHERE name NOT IN ('schema', 'readable_by')"},
       {},
       false,
       true},
      // 3: the ledger in parts. Reading and writing by name stays as it was.
      {3, {}, {}, true}};
  return steps;
}
int schema_version() { return schema_steps().back().version; }

SchemaFit fit(const SchemaState& s, int known) {
  if (s.readable_by > known) return SchemaFit::newer;
  return s.version < known ? SchemaFit::older : SchemaFit::good;
}

std::optional<SchemaState> schema_state(Reader& reader) {
  const auto version = number(reader.meta("schema"));
  if (!version) return std::nullopt;
  // Version 1 did not say it: its program worked alone.
  return SchemaState{*version, number(reader.meta("readable_by")).value_or(*version)};
}

namespace {

// Programs before such a step work on what it changes: nodes hold this lock shared, a program of before steps holds it alone. What only adds
// goes on beside them.
void hold_alone(PostgresWriter& w) {
  if (!w.reader().select("SELECT pg_try_advisory_xact_lock(hashtext('yichuang'), hashtext(current_schema()))", {})->next_integer())
    throw Failure(FailureKind::busy, "an older program holds the store");
}

// Behind a lock that is waited for, nodes at work stand: so long in all, and then nothing has been done.
constexpr std::int64_t kLocksWithinMs = 1'000;

bool names(std::string_view sql, std::string_view table) {
  const auto of_a_name = [&](std::size_t i) { return i < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[i])) || sql[i] == '_'); };
  for (auto at = sql.find(table); at != sql.npos; at = sql.find(table, at + 1))
    if (!(at > 0 && of_a_name(at - 1)) && !of_a_name(at + table.size())) return true;
  return false;
}

// Statements beside nodes at work, with one deadline for the locks of them all.
class Beside {
 public:
  explicit Beside(PostgresWriter& w) : w_(w), until_(monotonic_ns() + kLocksWithinMs * 1'000'000) {}
  void run(const std::string& sql) {
    hurry();
    w_.run(sql);
  }
  void hurry() { w_.run("SET LOCAL lock_timeout=" + std::to_string(std::max<std::int64_t>(1, (until_ - monotonic_ns()) / 1'000'000))); }
  // Those that the statements name, before the first of them and in one order, the head first as a group has it (PostgresWriter::flush): so
  // neither waits for the other behind what it holds.
  void lock_tables(const std::vector<const std::string*>& statements) {
    std::string list;
    {
      auto c = w_.reader().select("SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname=current_schema() ORDER BY tablename<>$1, tablename", {head_table().name});
      while (c->next()) {
        const std::string table(c->bytes(0));
        if (std::any_of(statements.begin(), statements.end(), [&](const auto* sql) { return names(*sql, table); })) list += (list.empty() ? "" : ",") + table;
      }
    }
    if (!list.empty()) run("LOCK TABLE " + list + " IN ACCESS EXCLUSIVE MODE");
  }

 private:
  PostgresWriter& w_;
  std::int64_t until_;
};

}  // namespace

SchemaState bring_up(PostgresWriter& w, SchemaState s, const std::vector<SchemaStep>& steps) {
  std::vector<const std::string*> statements;
  bool alone = false;
  for (const auto& step : steps) {
    if (step.version <= s.version) continue;
    alone |= step.at_once || step.in_parts;
    for (const auto& sql : step.expand) statements.push_back(&sql);
  }
  Beside beside(w);
  if (alone) hold_alone(w);
  else beside.lock_tables(statements);
  for (const auto* v : store_tables())
    if (!w.reader().has_table(v->name)) w.ensure_view(*v);  // one that is there is changed by steps alone
  for (const auto& step : steps) {
    if (step.version <= s.version) continue;
    for (const auto& sql : step.expand) alone ? w.run(sql) : beside.run(sql);
    if (step.in_parts) w.partition();
    s.version = step.version;
    if (step.at_once) s.readable_by = step.version;
  }
  return written(w, s);
}

SchemaState contract(PostgresWriter& w, SchemaState s, const std::vector<SchemaStep>& steps) {
  for (const auto& step : steps) {
    if (step.version > s.version || step.version <= s.readable_by) continue;
    for (const auto& sql : step.contract) w.run(sql);
    s.readable_by = step.version;
  }
  return written(w, s);
}

}  // namespace yi::store
