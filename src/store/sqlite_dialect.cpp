// What SQLite says differently: one row a statement, and the key is the table.
#include "store/dialect.h"

namespace yi::store {
namespace {

std::string rows(const View& view) {
  std::string s = " VALUES(";
  for (std::size_t i = 0; i < view.columns.size(); ++i) s += (i ? ",$" : "$") + std::to_string(i + 1);
  return s + ")";
}

std::string delete_by_key(const View& view, std::string_view table) {
  std::string s = "DELETE FROM " + std::string(table) + " WHERE ";
  for (int i = 0; i < view.key_columns; ++i)
    s += (i ? " AND " : "") + quoted(view.columns[static_cast<std::size_t>(i)].name) + "=$" + std::to_string(i + 1);
  return s;
}

std::string select_by_second_key(const View& view, std::string_view table, std::size_t n) {
  std::string s = "SELECT " + column_list(view) + " FROM " + std::string(table) + " WHERE " + quoted(view.columns[0].name) + "=$1 AND " + quoted(view.columns[1].name) + " IN (";
  for (std::size_t i = 0; i < n; ++i) s += (i ? ",$" : "$") + std::to_string(i + 2);
  return s + ")";
}

}  // namespace

const Dialect kSqlite{"BIGINT", "TEXT", "BLOB", " WITHOUT ROWID", " IS NOT ", &rows, &delete_by_key, &select_by_second_key};

}  // namespace yi::store
