#pragma once
// Changes of one table on their way to PostgreSQL: one array a column, so that a group goes in few statements.
#include <string>
#include <unordered_set>
#include <vector>

#include "store/postgres_connection.h"
#include "store/view.h"

namespace yi::store {

// One column's values as a binary array.
class PostgresArray {
 public:
  explicit PostgresArray(Type type);
  void add(const Value& v);
  void add(std::int64_t v);
  void add(std::string_view v);
  std::size_t count() const { return count_; }
  std::size_t bytes() const { return data_.size(); }
  void clear();
  void bind(PostgresParameters& to);  // the parameter lives until the next change

 private:
  Type type_;
  std::int32_t count_ = 0;
  bool nulls_ = false;
  std::string data_;
};

// Rows for one statement.
class PostgresRows {
 public:
  PostgresRows(const View& view, std::size_t columns);
  void add(const Row& row);
  bool empty() const { return columns_.front().count() == 0; }
  void send(PostgresConnection& c, const std::string& sql);  // and empties
  void clear();

 private:
  const View* view_;
  std::vector<PostgresArray> columns_;
};

// The changes of one table, in an order that means the same: within a stage a key is removed at most once and then put at most
// once, so that a stage is one DELETE, one INSERT and one upsert. A change that does not fit wants the stage sent first.
class PostgresBatch {
 public:
  PostgresBatch(const View& view, std::string_view table);
  const std::string& table() const { return table_; }
  const View& view() const { return *view_; }
  bool fits(const RowChange& change);
  void add(const RowChange& change);  // one that fits
  std::size_t bytes() const { return bytes_; }
  void send(PostgresConnection& c);   // and empties
  void clear();

 private:
  void make_key(const Row& row);
  const View* view_;
  std::string table_;
  std::string delete_sql_, insert_sql_, upsert_sql_;
  PostgresRows removed_, inserted_, merged_;
  std::unordered_set<std::string> removed_keys_, put_keys_;
  std::string key_;
  std::size_t bytes_ = 0;
};

}  // namespace yi::store
