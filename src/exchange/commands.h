#pragma once
// exchange.import_case: one case in the five tables (tables.h). The program's own command: it has no door; files of cases come by
// the command line or as a job (docs/decisions/0029).
#include "exchange/tables.h"

namespace yi::exchange {

using ImportCase = CaseTables;

}  // namespace yi::exchange
