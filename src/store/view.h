#pragma once
// A view is declared once, as a table: columns, key, merge rule and class of personal data. DDL for each database,
// merged upserts, rebuild-and-compare and masking come from the declaration; nobody writes INSERT by hand.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yi::store {

enum class Type : std::uint8_t { integer, text, bytes };

// How a row that arrives for a key meets the row that is there.
enum class Merge : std::uint8_t {
  replace,  // the newer value wins
  add,      // integers add up: counters
  keep,     // the first value stays
};

// Classes of personal data (docs/ARCHITECTURE.md, Privacy); part 2 encrypts and masks by them.
// `sealed` is ciphertext or a blind index: nothing to mask, but to be emptied with its subject.
enum class Personal : std::uint8_t { none, name, id_number, phone, address, health, sealed };

// Guard views are written in the event's transaction and are what `decide` reads; report views follow by position.
enum class ViewKind : std::uint8_t { guard, report };

struct Column {
  std::string name;
  Type type = Type::text;
  Merge merge = Merge::replace;
  Personal personal = Personal::none;
};

struct View {
  std::string name;  // "<room>_<subject>"
  int version = 1;   // raised with every change of columns or of their meaning: the view is then rebuilt
  ViewKind kind = ViewKind::report;
  int key_columns = 1;          // the first so many columns are the key; the first of all is "centre"
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> indexes = {};  // further orders to read by; each costs a page a row
  // The column (integer) that names the subject whose data a row of a report holds; "": none. When the subject is erased,
  // the engine empties the row's personal columns; where a key column is personal, or none is, the row goes. An index must
  // begin with {"centre", subject_column}.
  std::string subject_column = {};

  bool removes_rows_of_subject() const;  // the second of the two
};

// A value of a row: NULL, an integer, or bytes (text is UTF-8).
struct Value {
  enum class Kind : std::uint8_t { null, integer, bytes, blob } kind = Kind::null;
  std::int64_t i = 0;
  std::string s;
  Value() = default;
  Value(std::int64_t v) : kind(Kind::integer), i(v) {}             // NOLINT: rows are written as lists of values
  Value(int v) : kind(Kind::integer), i(v) {}                      // NOLINT
  Value(std::string v) : kind(Kind::bytes), s(std::move(v)) {}     // NOLINT
  Value(std::string_view v) : kind(Kind::bytes), s(v) {}           // NOLINT
  Value(const char* v) : kind(Kind::bytes), s(v) {}                // NOLINT
  // For a parameter of a SELECT that meets a column of Type::bytes: to a database, text and bytes are never equal.
  // Rows need not say it, their columns do.
  static Value blob(std::string_view v) {
    Value b(v);
    b.kind = Kind::blob;
    return b;
  }
  auto operator<=>(const Value&) const = default;
};

using Row = std::vector<Value>;

// A change of a view's table.
struct RowChange {
  enum class Kind : std::uint8_t {
    merge,   // put by the view's merge rules
    insert,  // the key is known to be new
    remove,  // only the key columns are given
  };
  Row row;
  Kind kind = Kind::merge;
};

}  // namespace yi::store
