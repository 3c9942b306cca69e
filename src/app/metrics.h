#pragma once
// What an installation tells whoever watches over it (docs/operations.md, Monitoring). Figures of the whole centre and of the
// process: nothing of a person, an account or a case, and a bounded number of series.
#include <string>

#include "app/installation.h"

namespace yi::app {

// What a look at the database found, made beside the scrapes: a database that does not answer must not hold one up.
struct DatabaseAnswer {
  bool up = false;
  double seconds = 0;       // how long it took
  std::int64_t failed = 0;  // looks without an answer since the start
};

// The text of a scrape. Takes short locks only, asks no database and reads no table.
std::string metrics_text(Installation& installation, const DatabaseAnswer& database);

}  // namespace yi::app
