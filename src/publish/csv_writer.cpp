#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "publish/table.h"

namespace yi::publish {
namespace {

class CsvWriter : public TableWriter {
 public:
  void begin(const std::vector<std::string>& columns) override {
    columns_ = columns.size();
    out_ += "\xef\xbb\xbf";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) out_ += ',';
      text(columns[i]);
    }
    out_ += "\r\n";
  }
  void row(std::span<const Cell> values) override {
    if (values.size() != columns_) throw std::logic_error("a row has as many values as there are columns");
    bool first = true;
    for (const auto& v : values) {
      if (!std::exchange(first, false)) out_ += ',';
      if (const auto* n = std::get_if<std::int64_t>(&v)) fmt::format_to(std::back_inserter(out_), "{}", *n);
      else if (const auto* d = std::get_if<double>(&v)) {
        if (std::isfinite(*d)) fmt::format_to(std::back_inserter(out_), "{}", *d);
      } else if (const auto* s = std::get_if<std::string_view>(&v)) text(*s);
    }
    out_ += "\r\n";
  }
  void end() override {}
  void take(std::string& out) override {
    out += out_;
    out_.clear();
  }
  const char* media_type() const override { return "text/csv; charset=utf-8"; }

 private:
  void text(std::string_view s) {
    const bool formula = !s.empty() && std::string_view("=+-@\t\r").find(s[0]) != std::string_view::npos;
    if (!formula && s.find_first_of(",\"\r\n") == s.npos) {
      out_ += s;
      return;
    }
    out_ += '"';
    if (formula) out_ += '\'';
    for (const char c : s) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }
  std::size_t columns_ = 0;
  std::string out_;
};

}  // namespace

std::unique_ptr<TableWriter> csv_writer() { return std::make_unique<CsvWriter>(); }

std::function<bool(std::string&)> table_pieces(std::unique_ptr<TableWriter> writer, std::vector<std::string> columns,
                                               std::function<bool(TableWriter&)> next, std::size_t piece_bytes) {
  struct State {
    std::unique_ptr<TableWriter> writer;
    std::vector<std::string> columns;
    std::function<bool(TableWriter&)> next;
    bool begun = false;
  };
  auto state = std::make_shared<State>(State{std::move(writer), std::move(columns), std::move(next)});
  return [state, piece_bytes](std::string& piece) {
    auto& w = *state->writer;
    if (!std::exchange(state->begun, true)) w.begin(state->columns);
    // A packer gives nothing for a while: the piece ends after so many rows, too, so that nobody holds a worker for long.
    constexpr int kRowsAtOnce = 4'096;
    for (int rows = 0; rows < kRowsAtOnce && piece.size() < piece_bytes; ++rows) {
      if (!state->next(w)) {
        w.end();
        w.take(piece);
        return false;
      }
      w.take(piece);
    }
    return true;
  };
}

}  // namespace yi::publish
