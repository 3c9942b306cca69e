#pragma once
// How a database's tables came to be what they are, step by step, and which programs may work with them
// (docs/decisions/0021). For the store's own tables and those beside it; views have versions of their own and are rebuilt.
#include <string>
#include <vector>

#include "store/postgres_writer.h"

namespace yi::store {

struct SchemaStep {
  int version = 0;                             // of the schema behind it; steps are in order, without gaps
  std::vector<std::string> expand = {};        // what a program before it does not notice: done by the first that opens for writing
  std::vector<std::string> contract = {};      // takes away what only programs before it use: done on request, when none is left
  bool in_parts = false;                       // the ledger's tables are brought into parts (partition_ledger)
  bool at_once = false;                        // programs before it cannot go on behind `expand`
};

// A new database is at the last one; a new table alone needs no step, it is made where it is missing.
const std::vector<SchemaStep>& schema_steps();
int schema_version();

struct SchemaState {
  int version = 0;      // of the last step whose expansion is done
  int readable_by = 0;  // the oldest program, by its own last step, that may work with the database
};
enum class SchemaFit {
  good,   // also where a later program has expanded it
  older,  // to be brought up
  newer,  // not for a program that knows steps up to `known`
};
SchemaFit fit(const SchemaState& state, int known);

// Within a transaction, past the word "schema". Returns the state behind it. Steps that only add are done beside nodes of earlier programs;
// where one of the others is due, FailureKind::busy while anybody has the store open for writing. Busy too where a table that they name is in
// use for longer than a second.
SchemaState bring_up(PostgresWriter& w, SchemaState state, const std::vector<SchemaStep>& steps = schema_steps());
// The contractions that are still to be done; nothing to do is no error.
SchemaState contract(PostgresWriter& w, SchemaState state, const std::vector<SchemaStep>& steps = schema_steps());
// Nothing: a version that is no number.
std::optional<SchemaState> schema_state(Reader& reader);

}  // namespace yi::store
