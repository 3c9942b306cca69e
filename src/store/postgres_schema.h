#pragma once
// What lies in a database's schema "yichuang" beside the views: the same ledger as in SQLite's file.
#include "store/view.h"

namespace yi::store {

inline constexpr const char* kPostgresSchema = "yichuang";
inline constexpr const char* kBuildingSchema = "yichuang_building";
inline constexpr const char* kWriterName = "yichuang writer";  // of sessions, in pg_stat_activity
inline constexpr const char* kReaderName = "yichuang reader";
inline constexpr const char* kLeaseName = "yichuang lease";

// By how much a new epoch is above the last: by chance, so that two servers never give the same one, of which one lacks what the other has
// committed last (docs/decisions/0055). Some 2^32 terms fit.
#define YI_EPOCH_STEP "(1+floor(random()*4294967296))::bigint"

inline const View& meta_table() {
  static const View v{"store_meta", 1, ViewKind::guard, 1, {{"name"}, {"value"}}};
  return v;
}
inline const View& centre_table() {
  static const View v{"store_centre", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"name"}, {"value"}}};
  return v;
}
inline const View& event_table() {
  static const View v{"ledger_event", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"seq", Type::integer}, {"mark", Type::bytes}, {"record", Type::bytes}}};
  return v;
}
inline const View& group_table() {
  static const View v{"ledger_group", 1, ViewKind::guard, 2,
                      {{"centre", Type::integer}, {"number", Type::integer}, {"first_seq", Type::integer}, {"events", Type::integer}, {"recorded_at", Type::integer},
                       {"root", Type::bytes}}};
  return v;
}
inline const View& head_table() {
  static const View v{"ledger_head", 1, ViewKind::guard, 1,
                      {{"centre", Type::integer}, {"seq", Type::integer}, {"groups", Type::integer}, {"recorded_at", Type::integer}, {"epoch", Type::integer},
                       {"peaks", Type::bytes}}};
  return v;
}
// Who leads a centre (store/lease.h). Times are milliseconds of the server's clock.
inline const View& lease_table() {
  static const View v{"store_lease", 1, ViewKind::guard, 1,
                      {{"centre", Type::integer}, {"epoch", Type::integer}, {"node"}, {"address"}, {"program"}, {"backend", Type::integer}, {"until_ms", Type::integer},
                       {"renewed_ms", Type::integer}, {"clock_ms", Type::integer}, {"followed", Type::integer}}};
  return v;
}

// Data keys as in a directory's file (data_keys.h): its header, its slots, and in their order the subjects whose slot was destroyed.
inline const View& key_head_table() {
  static const View v{"data_key_head", 1, ViewKind::guard, 1, {{"centre", Type::integer}, {"header", Type::bytes}}};
  return v;
}
inline const View& key_table() {
  static const View v{"data_key", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"subject", Type::integer}, {"slot", Type::bytes}}};
  return v;
}
inline const View& key_gone_table() {
  static const View v{"data_key_gone", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"number", Type::integer}, {"subject", Type::integer}}};
  return v;
}

// Whatever the schema holds beside views, side tables and the ledger in its parts (postgres_partitions.h).
inline std::vector<const View*> store_tables() {
  return {&meta_table(), &centre_table(), &head_table(), &lease_table(), &key_head_table(), &key_table(), &key_gone_table()};
}

}  // namespace yi::store
