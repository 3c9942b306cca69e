#pragma once
// What a test says to a database behind the program's back, in the words of PostgreSQL (store/postgres_server.h).
namespace yi::store::faults {

// A table whose presence lets go of a session that waits for it.
inline constexpr const char* kLetGo = "CREATE TABLE public.goes_on (at bigint)";
// The building is another centre's by now.
inline constexpr const char* kBuildingOfAnother = "UPDATE yichuang_building.ledger_head SET centre=990000";
// The session that holds the builder's word ends (it has no transaction and no store; a writer's holds the schema's lock too).
inline constexpr const char* kEndTheBuilder =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype='advisory' AND granted"
    " AND classid::bigint=hashtext('yichuang')::bigint & 4294967295 AND objid::bigint=hashtext('makes a centre')::bigint & 4294967295";
// All sessions of this database that hold a word end, but the one that says so.
inline constexpr const char* kEndWhoeverHoldsAWord =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype='advisory' AND pid<>pg_backend_pid()"
    " AND database=(SELECT oid FROM pg_database WHERE datname=current_database())";
// Within the centre's schema: another ledger under the same keys; the former one again; the same without its records.
inline constexpr const char* kOtherLedger = "CREATE TABLE kept AS SELECT * FROM ledger_head; UPDATE ledger_head SET peaks=decode(repeat('00', length(peaks)), 'hex')";
inline constexpr const char* kTheLedgerAgain = "UPDATE ledger_head h SET peaks=kept.peaks FROM kept; DROP TABLE kept";
inline constexpr const char* kNoRecords = "UPDATE ledger_head h SET peaks=kept.peaks FROM kept; DELETE FROM ledger_event";

}  // namespace yi::store::faults
