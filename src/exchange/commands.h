#pragma once
// exchange.import_case: one case in the five tables (tables.h). The program's own command: it has no door, because whoever
// brings cases of another centre stands at the data directory.
#include "exchange/tables.h"

namespace yi::exchange {

using ImportCase = CaseTables;

}  // namespace yi::exchange
