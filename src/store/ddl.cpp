#include <algorithm>
#include <stdexcept>
#include <string>

#include "store/database.h"

namespace yi::store {
namespace {
std::string key_list(const View& v) {
  std::string s;
  for (int i = 0; i < v.key_columns; ++i) s += (i ? "," : "") + v.columns[static_cast<std::size_t>(i)].name;
  return s;
}
// A declaration that would make an erasure read the whole table, or miss it, is a defect of ours.
void check_subject_column(const View& v) {
  if (v.subject_column.empty()) return;
  const std::vector<std::string> wanted{v.columns.front().name, v.subject_column};
  const bool known = std::any_of(v.columns.begin(), v.columns.end(), [&](const Column& c) { return c.name == v.subject_column && c.type == Type::integer; });
  bool indexed = v.name.ends_with("__rebuilt") || (v.key_columns > 1 && v.columns[1].name == v.subject_column);
  for (const auto& i : v.indexes) indexed |= i.size() >= 2 && std::equal(wanted.begin(), wanted.end(), i.begin());
  if (!known || !indexed) throw std::logic_error(v.name + ": subject_column is no integer column with an index of its own");
}
const char* type_name(Type t) {
  switch (t) {
    case Type::integer: return "BIGINT";
    case Type::text: return "TEXT";
    case Type::bytes: return "BLOB";
  }
  return "";
}
}  // namespace

std::string create_table_sql(const View& view, std::string_view table) {
  check_subject_column(view);
  std::string s = "CREATE TABLE IF NOT EXISTS " + std::string(table) + "(";
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    s += view.columns[i].name + " " + type_name(view.columns[i].type);
    if (static_cast<int>(i) < view.key_columns) s += " NOT NULL";
    s += ",";
  }
  return s + "PRIMARY KEY(" + key_list(view) + ")) WITHOUT ROWID";
}

std::vector<std::string> create_index_sql(const View& view, std::string_view table) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < view.indexes.size(); ++i) {
    std::string s = "CREATE INDEX IF NOT EXISTS " + std::string(table) + "_" + std::to_string(i + 1) + " ON " +
                    std::string(table) + "(";
    for (std::size_t k = 0; k < view.indexes[i].size(); ++k) s += (k ? "," : "") + view.indexes[i][k];
    out.push_back(s + ")");
  }
  return out;
}

std::string upsert_sql(const View& view, std::string_view table) {
  const std::string t(table);
  std::string s = "INSERT INTO " + t + "(", values, updates, differs;
  bool adds = false;
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    const auto& c = view.columns[i];
    s += (i ? "," : "") + c.name;
    values += (i ? ",$" : "$") + std::to_string(i + 1);
    if (static_cast<int>(i) < view.key_columns || c.merge == Merge::keep) continue;
    updates += (updates.empty() ? "" : ",") + c.name + "=" +
               (c.merge == Merge::add ? t + "." + c.name + "+excluded." + c.name : "excluded." + c.name);
    differs += (differs.empty() ? " WHERE " : " OR ") + t + "." + c.name + " IS NOT excluded." + c.name;
    adds |= c.merge == Merge::add;
  }
  // A row that stays as it is need not touch the pages of the view's indexes.
  if (view.indexes.empty() || adds) differs.clear();
  s += ") VALUES(" + values + ") ON CONFLICT(" + key_list(view) + ") DO ";
  return s + (updates.empty() ? "NOTHING" : "UPDATE SET " + updates + differs);
}

std::string insert_sql(const View& view, std::string_view table) {
  const auto s = upsert_sql(view, table);
  return s.substr(0, s.find(" ON CONFLICT"));
}

std::string delete_sql(const View& view, std::string_view table) {
  std::string s = "DELETE FROM " + std::string(table) + " WHERE ";
  for (int i = 0; i < view.key_columns; ++i)
    s += (i ? " AND " : "") + view.columns[static_cast<std::size_t>(i)].name + "=$" + std::to_string(i + 1);
  return s;
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
      s += (first ? "" : ",") + c.name + "=NULL";
      first = false;
    }
  }
  return s + " WHERE centre=$1 AND " + view.subject_column + "=$2";
}

std::string select_all_sql(const View& view, std::string_view table) {
  std::string s = "SELECT ";
  for (std::size_t i = 0; i < view.columns.size(); ++i) s += (i ? "," : "") + view.columns[i].name;
  return s + " FROM " + std::string(table) + " ORDER BY " + key_list(view);
}

std::string select_row_sql(const View& view, std::string_view table) {
  std::string s = "SELECT ";
  for (std::size_t i = 0; i < view.columns.size(); ++i) s += (i ? "," : "") + view.columns[i].name;
  s += " FROM " + std::string(table) + " WHERE ";
  for (int i = 0; i < view.key_columns; ++i)
    s += (i ? " AND " : "") + view.columns[static_cast<std::size_t>(i)].name + "=$" + std::to_string(i + 1);
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
