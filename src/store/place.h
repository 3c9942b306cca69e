#pragma once
// Where a store is: the database in a data directory (SQLite), or a database that a URL names (PostgreSQL).
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace yi::store {

struct Place {
  Place(std::string data_directory, std::string server_url = {}) : directory(std::move(data_directory)), url(std::move(server_url)) {}  // NOLINT: a directory alone is a place
  Place(const char* data_directory) : directory(data_directory) {}                                                                    // NOLINT
  std::string directory;  // of the centre; with a server of this node alone: the master key, the operator's token, files that are not shared
  std::string url;        // "postgresql://…", a primary and its standbys as host:port,host:port; "": DIRECTORY/yichuang.db
  bool building = false;  // on a server: the schema of a centre that is not whole yet
  bool on_server() const { return !url.empty(); }
};

// Whether a word names a PostgreSQL database: it begins with postgresql:// or postgres://.
bool is_server_url(std::string_view text);
// "postgresql://host:port/database", whatever else the URL says: for messages and logs, never with a password.
std::string label_of(const std::string& url);

// How the place is called in messages: the directory, or the label.
std::string label_of(const Place& place);

// Mode::write holds the store alone. Mode::node (on a server) stands beside other nodes, of which one at a time writes, by its lease and
// epoch; neither is let in where the other is. Refusals of open_sqlite and of open_postgres.
Result<std::unique_ptr<Store>> open(const Place& place, Mode mode);

// The store in the schema "yichuang" of a database (`building`: see below), which Mode::write makes where it is missing. What the URL does not say is
// taken from PGHOST, PGPASSWORD, ~/.pgpass and so on (libpq's rules), but for sslmode: over a network it is verify-full where neither the
// URL nor PGSSLMODE says it, on the loopback and a socket libpq's own. Refusals:
// "store.bad_url"           not a URL that libpq reads
// "store.cannot_connect"    no server answers, or not by TLS, or it takes no more connections
// "store.wrong_password"    or none was given
// "store.no_database"       the server has no such database
// "store.no_rights"         the account may not do what is needed
// "store.not_durable"       the server runs without fsync: acknowledged commands could be lost
// "store.standby"           it takes no commits, and the URL names no other host that does
// "store.other_encoding"    the database is not UTF-8
// "store.missing"           Mode::read and nothing of ours there
// "store.not_ours"          a schema "yichuang" that is not ours
// "store.newer"             written by a later version, which has taken away what this one needs
// "store.older"             Mode::read and an earlier version's: the first that opens it for writing brings it up
// "store.locked"            another process holds it alone; for Mode::write also: nodes run
// "store.unusable"          anything else, with the server's words
Result<std::unique_ptr<Store>> open_postgres(const std::string& url, Mode mode, bool building = false);

// What stands beside the ledger (sessions, drafts, the access audit, keys): on a server further tables of the same schema, written by
// several processes at a time; else DIR/<name>.db (open_beside of database.h). Refusals of open.
Result<std::unique_ptr<Store>> open_beside(const Place& place, const std::string& name, Mode mode);

// Makes its tables where they are missing.
void ensure_beside(Writer& writer, const std::vector<const View*>& tables);

// A new centre is built in a schema of its own, "yichuang_building". It goes (refusals as above) …
Checked drop_building(const std::string& url);
// … or comes in, in one step; what other centres have there stays. Refusals: "store.not_empty": the database has this centre, and it
// is to be kept; "store.other_tables": a table of others has other columns.
enum class OldStore { keep, replace };
Checked take_in_building(const std::string& url, CentreCode centre, OldStore old = OldStore::keep);

// How far a database's tables are and what is still to be taken away (schema_steps.h).
struct SchemaReport {
  int version = 0, readable_by = 0, known = 0;
};
// Brings up what is older; `contract`: takes away what only older programs use, when none of them is left. Refusals of open.
Result<SchemaReport> look_after_schema(const std::string& url, bool contract);

}  // namespace yi::store
