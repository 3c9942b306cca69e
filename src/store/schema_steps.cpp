#include "store/schema_steps.h"

#include <algorithm>
#include <charconv>

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

}  // namespace

SchemaState bring_up(PostgresWriter& w, SchemaState s, const std::vector<SchemaStep>& steps) {
  if (std::any_of(steps.begin(), steps.end(), [&](const auto& step) { return step.version > s.version && (step.at_once || step.in_parts); })) hold_alone(w);
  else w.run("SET LOCAL lock_timeout=1000");  // behind a lock that is waited for, nodes at work would stand
  for (const auto* v : store_tables()) w.ensure_view(*v);
  for (const auto& step : steps) {
    if (step.version <= s.version) continue;
    for (const auto& sql : step.expand) w.run(sql);
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
