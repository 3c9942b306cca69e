#include "store/postgres_batch.h"

#include <stdexcept>

#include "store/dialect.h"

namespace yi::store {
namespace {

constexpr std::size_t kHeader = 20;  // dimensions, whether there are nulls, element type, length, lower bound

void put32(char* at, std::uint32_t v) {
  const auto u = __builtin_bswap32(v);
  __builtin_memcpy(at, &u, 4);
}

Oid element(Type t) { return t == Type::integer ? oid::int8 : t == Type::text ? oid::text : oid::bytea; }
Oid array(Type t) { return t == Type::integer ? oid::int8_array : t == Type::text ? oid::text_array : oid::bytea_array; }

}  // namespace

PostgresArray::PostgresArray(Type type) : type_(type), data_(kHeader, '\0') {}

void PostgresArray::add(std::int64_t v) {
  char item[12];
  put32(item, 8);
  const auto u = __builtin_bswap64(static_cast<std::uint64_t>(v));
  __builtin_memcpy(item + 4, &u, 8);
  data_.append(item, 12);
  ++count_;
}
void PostgresArray::add(std::string_view v) {
  char length[4];
  put32(length, static_cast<std::uint32_t>(v.size()));
  data_.append(length, 4);
  data_ += v;
  ++count_;
}
void PostgresArray::add(const Value& v) {
  if (v.kind == Value::Kind::null) {
    data_.append(4, '\xff');
    nulls_ = true;
    ++count_;
  } else if (type_ == Type::integer) {
    if (v.kind != Value::Kind::integer) throw std::logic_error("text for a column of integers");
    add(v.i);
  } else {
    if (v.kind == Value::Kind::integer) throw std::logic_error("an integer for a column of text or bytes");
    add(std::string_view(v.s));
  }
}
void PostgresArray::clear() {
  data_.resize(kHeader);
  count_ = 0;
  nulls_ = false;
}
void PostgresArray::bind(PostgresParameters& to) {
  put32(data_.data(), 1);
  put32(data_.data() + 4, nulls_);
  put32(data_.data() + 8, element(type_));
  put32(data_.data() + 12, static_cast<std::uint32_t>(count_));
  put32(data_.data() + 16, 1);
  to.add(data_, array(type_));
}

PostgresRows::PostgresRows(const View& view, std::size_t columns) : view_(&view) {
  for (std::size_t i = 0; i < columns; ++i) columns_.emplace_back(view.columns[i].type);
}
void PostgresRows::add(const Row& row) {
  if (row.size() < columns_.size()) throw std::logic_error(view_->name + ": a row with too few columns");
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].add(row[i]);
}
void PostgresRows::send(PostgresConnection& c, const std::string& sql) {
  if (empty()) return;
  PostgresParameters p;
  for (auto& column : columns_) column.bind(p);
  c.send(sql, p);
  clear();
}
void PostgresRows::clear() {
  for (auto& column : columns_) column.clear();
}

PostgresBatch::PostgresBatch(const View& view, std::string_view table)
    : view_(&view), table_(table), delete_sql_(kPostgres.delete_by_key(view, table)), insert_sql_(insert_sql(view, table, kPostgres)),
      upsert_sql_(upsert_sql(view, table, kPostgres)), removed_(view, static_cast<std::size_t>(view.key_columns)),
      inserted_(view, view.columns.size()), merged_(view, view.columns.size()) {}

void PostgresBatch::make_key(const Row& row) {
  key_.clear();
  for (std::size_t i = 0; i < static_cast<std::size_t>(view_->key_columns); ++i) {
    const auto& v = row[i];
    const auto head = v.kind == Value::Kind::integer ? v.i : static_cast<std::int64_t>(v.s.size());
    key_.append(reinterpret_cast<const char*>(&head), sizeof head);
    key_ += v.s;
  }
}

bool PostgresBatch::fits(const RowChange& change) {
  make_key(change.row);
  if (put_keys_.contains(key_)) return false;
  return change.kind != RowChange::Kind::remove || !removed_keys_.contains(key_);
}

void PostgresBatch::add(const RowChange& change) {
  make_key(change.row);
  if (change.kind == RowChange::Kind::remove) {
    removed_.add(change.row);
    removed_keys_.insert(key_);
  } else {
    (change.kind == RowChange::Kind::insert ? inserted_ : merged_).add(change.row);
    put_keys_.insert(key_);
  }
  bytes_ += key_.size();
  for (const auto& v : change.row) bytes_ += 12 + v.s.size();
}

void PostgresBatch::send(PostgresConnection& c) {
  removed_.send(c, delete_sql_);
  inserted_.send(c, insert_sql_);
  merged_.send(c, upsert_sql_);
  clear();
}

void PostgresBatch::clear() {
  for (auto* rows : {&removed_, &inserted_, &merged_}) rows->clear();
  removed_keys_.clear();
  put_keys_.clear();
  bytes_ = 0;
}

}  // namespace yi::store
