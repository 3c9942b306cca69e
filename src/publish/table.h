#pragma once
// Long tables, row by row with constant memory: CSV and XLSX. What is written is taken away piece by piece, so a table of a
// million rows can go straight to a client (http::Response::produce).
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace yi::publish {

// Nothing, a number, or text (valid UTF-8; valid while row() runs). Dates are text, "2024-06-17".
using Cell = std::variant<std::monostate, std::int64_t, double, std::string_view>;

// begin, rows, end, in this order; not thread safe.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual void begin(const std::vector<std::string>& columns) = 0;
  // As many values as there are columns (std::logic_error otherwise).
  virtual void row(std::span<const Cell> values) = 0;
  virtual void end() = 0;
  // Hands over what has been written since; `out` is appended to. May be little: a packer keeps back some tens of kB.
  virtual void take(std::string& out) = 0;
  virtual const char* media_type() const = 0;
};

// RFC 4180 with a BOM, without which Excel reads Chinese as GBK. Text that a spreadsheet would take for a formula (leading
// = + - @, tab, CR) gets an apostrophe in front; numbers stay numbers.
std::unique_ptr<TableWriter> csv_writer();

// Office Open XML (ECMA-376), packed while it is written; text cells are text, whatever they begin with. Rows beyond
// 1,048,576 of one sheet go on in the next, each with the columns' names. What XML cannot say is left out, text is cut at
// 32,767 characters (Excel's limit), integers beyond 15 digits are text, because Excel would round them.
std::unique_ptr<TableWriter> xlsx_writer(const std::string& sheet_name);

// A small workbook as a whole: its sheets in their order, each with its columns' names in the first row. Sheets' names are
// cut as xlsx_writer cuts them and have to differ.
struct Sheet {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::vector<std::variant<std::monostate, std::int64_t, double, std::string>>> rows;  // each as wide as the columns
};
std::string xlsx_book(std::span<const Sheet> sheets);

// A table as a body that is made while it is sent: each call gives a piece of about `piece_bytes`. `next` writes one row with
// writer.row() and says whether there was one.
std::function<bool(std::string& piece)> table_pieces(std::unique_ptr<TableWriter> writer, std::vector<std::string> columns,
                                                     std::function<bool(TableWriter&)> next, std::size_t piece_bytes = 64 * 1024);

}  // namespace yi::publish
