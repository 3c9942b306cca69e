#pragma once
// The subcommands; each adds itself to the command line and leaves its exit code in `exit_code`.
#include <CLI/CLI.hpp>

#include "store/data_keys.h"
#include "store/place.h"

namespace yi::app {

struct Cli {
  CLI::App& app;
  int& exit_code;
  std::string catalogue;     // --catalogue: the program's data folder
  store::KeyOptions keys{};  // --master-key: where the master key lies, when not in the data directory
  std::string store{};       // --store: the database on a server, instead of the one in the data directory
  std::string placement{};   // --placement: a file that says it for each centre; resolved into `store` before a subcommand runs
  std::string files{};       // --files: the folder of files, which several nodes may share
  int centre = 0;            // --centre: of a database with several
  store::Place place(const std::string& data) const { return {data, store}; }
  // The words --data, --store, --placement and --files of a subcommand.
  void add_place(CLI::App* command, std::string& data);
  // The one centre of a place, or the one that --centre names. Refusals of store::open, "app.empty_ledger", "app.which_centre".
  Result<CentreCode> centre_of(const store::Place& place) const;
};

void add_clock_commands(Cli& cli);     // due, check-id
void add_ledger_commands(Cli& cli);    // verify, rebuild
void add_key_commands(Cli& cli);       // keys
void add_receipt_commands(Cli& cli);   // receipt, verify-receipt
void add_bulletin_commands(Cli& cli);  // bulletin, replay
void add_backup_commands(Cli& cli);    // backup, restore
void add_openapi_command(Cli& cli);    // openapi
void add_migrate_commands(Cli& cli);   // migrate
void add_schema_command(Cli& cli);     // schema
void add_exchange_commands(Cli& cli);  // exchange export, exchange import
void add_serve_commands(Cli& cli);     // serve, up

}  // namespace yi::app
