#pragma once
// Cases leave the ledger in the five tables, one at a time: memory does not grow with their number.
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "exchange/tables.h"
#include "identity/viewer.h"
#include "store/database.h"
#include "store/key_vault.h"

namespace yi::exchange {

enum class Format { jsonl, csv, zip };
BOOST_DESCRIBE_ENUM(Format, jsonl, csv, zip)

struct ExportQuestion {
  std::optional<CivilDay> from, to;   // days on which the cases got their numbers, both included
  std::optional<Table> table;         // one table alone; csv needs it, zip has all five
  Format format = Format::jsonl;
};
const char* media_type(Format f);

// What an export reads; all of it lives as long as the export.
struct Sources {
  store::Reader* reader = nullptr;
  const store::KeyVault* keys = nullptr;
  CentreCode centre;
  const catalog::Catalog* catalog = nullptr;
};

// The cases of a period by their ids, as they stood at the ledger's position when the walk began.
class CaseWalk {
 public:
  CaseWalk(const Sources& sources, const ExportQuestion& question, std::int64_t as_of);
  // The next case; false behind the last. A case that cannot leave whole has its accept row alone, which says why.
  bool next(CaseTables& out);

 private:
  struct Place {
    std::int64_t id = 0, last_fact = 0;
    std::string number;
  };
  bool read_page();
  bool read(const Place& at, CaseTables& out);
  Sources sources_;
  std::int64_t from_, to_, as_of_;
  std::deque<Place> page_;
};

// A body that is made while it is sent: each call appends a piece and says whether there is more (http::Response::produce).
// Needs view.cases and view.personal in the whole centre. Refusals: identity.not_allowed, exchange.bad_period,
// exchange.table_required. `cases`, when given, counts those that were written.
Result<std::function<bool(std::string& piece)>> export_cases(const Sources& sources, const identity::Viewer& viewer, const ExportQuestion& question,
                                                             std::shared_ptr<std::int64_t> cases = {});

}  // namespace yi::exchange
