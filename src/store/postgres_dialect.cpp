// What PostgreSQL says differently: many rows a statement, given as one array a column.
#include "store/dialect.h"

namespace yi::store {
namespace {

const char* array_of(Type t) {
  switch (t) {
    case Type::integer: return "bigint[]";
    case Type::text: return "text[]";
    case Type::bytes: return "bytea[]";
  }
  return "";
}

std::string arrays(const View& view, std::size_t columns) {
  std::string s = "unnest(";
  for (std::size_t i = 0; i < columns; ++i) s += (i ? ",$" : "$") + std::to_string(i + 1) + "::" + array_of(view.columns[i].type);
  return s + ")";
}

std::string rows(const View& view) { return " SELECT * FROM " + arrays(view, view.columns.size()); }

// A join, not IN: the plan is then the same whatever the table's statistics are, the key's index for each row given.
std::string delete_by_key(const View& view, std::string_view table) {
  const auto keys = static_cast<std::size_t>(view.key_columns);
  std::string names, same;
  for (std::size_t i = 0; i < keys; ++i) {
    const auto k = "k" + std::to_string(i + 1);
    names += (i ? "," : "") + k;
    same += (i ? " AND t." : "t.") + quoted(view.columns[i].name) + "=gone." + k;
  }
  return "DELETE FROM " + std::string(table) + " AS t USING " + arrays(view, keys) + " AS gone(" + names + ") WHERE " + same;
}

// Lateral and closed by OFFSET, so that each value is looked up by both columns: an IN would be a filter over all of a centre's rows where
// the plan was made while there were few.
std::string select_by_second_key(const View& view, std::string_view table, std::size_t) {
  return "SELECT t.* FROM unnest($2::" + std::string(array_of(view.columns[1].type)) + ") AS asked(k) CROSS JOIN LATERAL (SELECT " + column_list(view) + " FROM " +
         std::string(table) + " WHERE " + quoted(view.columns[0].name) + "=$1 AND " + quoted(view.columns[1].name) + "=asked.k OFFSET 0) AS t";
}

}  // namespace

const Dialect kPostgres{"BIGINT", "TEXT COLLATE \"C\"", "BYTEA", "", " IS DISTINCT FROM ", &rows, &delete_by_key, &select_by_second_key};

}  // namespace yi::store
