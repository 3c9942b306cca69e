#pragma once
// The statements that a view's declaration gives, written once for both databases; a Dialect holds what they say
// differently. Names of columns stand in double quotes: one is called "window", which PostgreSQL keeps for itself.
#include <string>
#include <string_view>
#include <vector>

#include "store/view.h"

namespace yi::store {

struct Dialect {
  const char* integer;         // names of the columns' types
  const char* text;            // compared byte by byte, in both
  const char* bytes;
  const char* end_of_table;    // behind CREATE TABLE …(…)
  const char* differs_from;    // a comparison that takes NULL for a value
  // Where the rows of an INSERT come from: one row of parameters, or one array a column.
  std::string (*rows)(const View& view);
  // The rows of `table` whose keys are given in the same way.
  std::string (*delete_by_key)(const View& view, std::string_view table);
  // Reader::select_keys: $1 the centre, from $2 on `n` values or one array of them.
  std::string (*select_by_second_key)(const View& view, std::string_view table, std::size_t n);
};
extern const Dialect kSqlite;    // sqlite_dialect.cpp
extern const Dialect kPostgres;  // postgres_dialect.cpp

std::string quoted(std::string_view name);
std::string key_list(const View& view);
std::string column_list(const View& view);

// `table` may name a copy of the view.
std::string create_table_sql(const View& view, std::string_view table, const Dialect& d);
std::vector<std::string> create_index_sql(const View& view, std::string_view table);
std::string upsert_sql(const View& view, std::string_view table, const Dialect& d);
std::string insert_sql(const View& view, std::string_view table, const Dialect& d);
// $1 the centre, $2 the subject.
std::string erase_subject_sql(const View& view, std::string_view table);
// $1 the centre: its rows go from the view's table, and those of a copy come.
std::string drop_rows_sql(const View& view);
std::string copy_rows_sql(const View& view, std::string_view from);
// For the rows of a copy that is being rebuilt, while it needs it.
std::string index_subject_sql(const View& view, std::string_view table, bool wanted);

}  // namespace yi::store
