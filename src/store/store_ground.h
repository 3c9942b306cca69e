#pragma once
// For tests that both databases must pass: an empty place of its own for each, the server started once a program.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "store/place.h"
#include "store/postgres_server.h"
#include "store/temporary_directory.h"

namespace yi::store {

enum class Database { sqlite, postgres };

inline PostgresServer& test_server() {
  static PostgresServer server;
  return server;
}

// Gives a new place: a temporary directory, and for PostgreSQL a database too.
class Ground {
 public:
  explicit Ground(Database d) : database_(d) {
    if (d == Database::postgres) url_ = test_server().new_database();
  }
  Database database() const { return database_; }
  Place place() const { return {dir_.path(), url_}; }
  const std::string& directory() const { return dir_.path(); }

 private:
  Database database_;
  TemporaryDirectory dir_;
  std::string url_;
};

inline std::string database_name(const testing::TestParamInfo<Database>& i) { return i.param == Database::sqlite ? "SQLite" : "PostgreSQL"; }
#define YI_ON_BOTH_DATABASES(SUITE) \
  INSTANTIATE_TEST_SUITE_P(On, SUITE, testing::Values(yi::store::Database::sqlite, yi::store::Database::postgres), yi::store::database_name)

}  // namespace yi::store
