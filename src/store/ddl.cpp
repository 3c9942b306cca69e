#include <algorithm>
#include <stdexcept>
#include <string>

#include "store/database.h"
#include "store/dialect.h"

namespace yi::store {
namespace {
// A declaration that would make an erasure read the whole table, or miss it, is a defect of ours.
void check_subject_column(const View& v) {
  if (v.subject_column.empty()) return;
  const std::vector<std::string> wanted{v.columns.front().name, v.subject_column};
  const bool known = std::any_of(v.columns.begin(), v.columns.end(), [&](const Column& c) { return c.name == v.subject_column && c.type == Type::integer; });
  bool indexed = v.name.ends_with("__rebuilt") || (v.key_columns > 1 && v.columns[1].name == v.subject_column);
  for (const auto& i : v.indexes) indexed |= i.size() >= 2 && std::equal(wanted.begin(), wanted.end(), i.begin());
  if (!known || !indexed) throw std::logic_error(v.name + ": subject_column is no integer column with an index of its own");
}
const char* type_name(Type t, const Dialect& d) {
  switch (t) {
    case Type::integer: return d.integer;
    case Type::text: return d.text;
    case Type::bytes: return d.bytes;
  }
  return "";
}
}  // namespace

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

std::string column_list(const View& v) {
  std::string s;
  for (const auto& c : v.columns) s += (s.empty() ? "" : ",") + quoted(c.name);
  return s;
}

std::string key_list(const View& v) {
  std::string s;
  for (int i = 0; i < v.key_columns; ++i) s += (i ? "," : "") + quoted(v.columns[static_cast<std::size_t>(i)].name);
  return s;
}

std::string create_table_sql(const View& view, std::string_view table, const Dialect& d) {
  check_subject_column(view);
  std::string s = "CREATE TABLE IF NOT EXISTS " + std::string(table) + "(";
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    s += quoted(view.columns[i].name) + " " + type_name(view.columns[i].type, d);
    if (static_cast<int>(i) < view.key_columns) s += " NOT NULL";
    s += ",";
  }
  return s + "PRIMARY KEY(" + key_list(view) + "))" + d.end_of_table;
}

std::vector<std::string> create_index_sql(const View& view, std::string_view table) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < view.indexes.size(); ++i) {
    std::string s = "CREATE INDEX IF NOT EXISTS " + std::string(table) + "_" + std::to_string(i + 1) + " ON " +
                    std::string(table) + "(";
    for (std::size_t k = 0; k < view.indexes[i].size(); ++k) s += (k ? "," : "") + quoted(view.indexes[i][k]);
    out.push_back(s + ")");
  }
  return out;
}

std::string insert_sql(const View& view, std::string_view table, const Dialect& d) {
  return "INSERT INTO " + std::string(table) + "(" + column_list(view) + ")" + d.rows(view);
}

std::string upsert_sql(const View& view, std::string_view table, const Dialect& d) {
  const std::string t(table);
  std::string updates, differs;
  bool adds = false;
  for (std::size_t i = static_cast<std::size_t>(view.key_columns); i < view.columns.size(); ++i) {
    const auto& c = view.columns[i];
    if (c.merge == Merge::keep) continue;
    const auto name = quoted(c.name), there = t + "." + name;
    updates += (updates.empty() ? "" : ",") + name + "=" + (c.merge == Merge::add ? there + "+excluded." + name : "excluded." + name);
    differs += (differs.empty() ? " WHERE " : " OR ") + there + d.differs_from + "excluded." + name;
    adds |= c.merge == Merge::add;
  }
  // A row that stays as it is need not touch the pages of the view's indexes.
  if (view.indexes.empty() || adds) differs.clear();
  return insert_sql(view, table, d) + " ON CONFLICT(" + key_list(view) + ") DO " + (updates.empty() ? "NOTHING" : "UPDATE SET " + updates + differs);
}

bool View::removes_rows_of_subject() const {
  bool any = false, in_key = false;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].personal != Personal::none) (static_cast<int>(i) < key_columns ? in_key : any) = true;
  return in_key || !any;
}

std::string erase_subject_sql(const View& view, std::string_view table) {
  std::string s = view.removes_rows_of_subject() ? "DELETE FROM " + std::string(table) : "UPDATE " + std::string(table) + " SET ";
  if (!view.removes_rows_of_subject()) {
    bool first = true;
    for (const auto& c : view.columns) {
      if (c.personal == Personal::none) continue;
      s += (first ? "" : ",") + quoted(c.name) + "=NULL";
      first = false;
    }
  }
  return s + " WHERE centre=$1 AND " + quoted(view.subject_column) + "=$2";
}

std::string drop_rows_sql(const View& view) { return "DELETE FROM " + view.name + " WHERE centre=$1"; }
std::string copy_rows_sql(const View& view, std::string_view from) {
  return "INSERT INTO " + view.name + "(" + column_list(view) + ") SELECT " + column_list(view) + " FROM " + std::string(from) + " WHERE centre=$1";
}

std::string index_subject_sql(const View& view, std::string_view table, bool wanted) {
  const auto name = std::string(table) + "_subject";
  return wanted ? "CREATE INDEX IF NOT EXISTS " + name + " ON " + std::string(table) + "(centre," + quoted(view.subject_column) + ")"
                : "DROP INDEX IF EXISTS " + name;
}

std::string select_all_sql(const View& view, std::string_view table) {
  return "SELECT " + column_list(view) + " FROM " + std::string(table) + " ORDER BY " + key_list(view);
}

std::string select_centre_sql(const View& view, std::string_view table) {
  return "SELECT " + column_list(view) + " FROM " + std::string(table) + " WHERE centre=$1 ORDER BY " + key_list(view);
}

std::string select_behind_sql(const View& view, std::string_view table) {
  std::string places;
  for (int i = 1; i <= view.key_columns; ++i) places += (i > 1 ? ",$" : "$") + std::to_string(i);
  const bool one = view.key_columns == 1;
  return "SELECT " + column_list(view) + " FROM " + std::string(table) + " WHERE " + (one ? key_list(view) + ">" + places : "(" + key_list(view) + ")>(" + places + ")") +
         " ORDER BY " + key_list(view);
}

std::string select_row_sql(const View& view, std::string_view table) {
  std::string s = "SELECT " + column_list(view) + " FROM " + std::string(table) + " WHERE ";
  for (int i = 0; i < view.key_columns; ++i)
    s += (i ? " AND " : "") + quoted(view.columns[static_cast<std::size_t>(i)].name) + "=$" + std::to_string(i + 1);
  return s;
}

Row read_row(const View& view, const Cursor& cursor) {
  Row row;
  row.reserve(view.columns.size());
  for (int i = 0; i < static_cast<int>(view.columns.size()); ++i) {
    if (cursor.is_null(i)) row.emplace_back();
    else if (view.columns[static_cast<std::size_t>(i)].type == Type::integer) row.emplace_back(cursor.integer(i));
    else row.emplace_back(cursor.bytes(i));
  }
  return row;
}

}  // namespace yi::store
