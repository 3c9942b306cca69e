#pragma once
// A connection for a moment, in the schema of the store: for what is done to the schema as a whole.
#include <functional>
#include <string>

#include "store/postgres_connection.h"

namespace yi::store {

// Refusals of open_postgres, and those of `act`.
Checked with_postgres(const std::string& url, const std::function<Checked(PostgresConnection&)>& act);

}  // namespace yi::store
