#pragma once
// A connection for a moment, in the schema of the store: for what is done to the schema as a whole. And whom a URL names.
#include <functional>
#include <string>
#include <vector>

#include "store/postgres_connection.h"

namespace yi::store {

// Refusals of open_postgres, "store.sslmode_unsaid" (the URL goes by a service file and names no sslmode), and those of `act`.
Checked with_postgres(const std::string& url, const std::function<Checked(PostgresConnection&)>& act);

// Of a list of hosts what libpq is told for each: an empty part of a list is left out.
std::vector<PostgresOptions> each_host(const PostgresOptions& options);

}  // namespace yi::store
