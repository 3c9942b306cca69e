#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <stdexcept>

#include "publish/table.h"
#include "publish/zip_stream.h"

namespace yi::publish {
namespace {

constexpr std::int64_t kRowsOfASheet = 1'048'576;
constexpr std::size_t kTextChars = 32'767;
constexpr std::int64_t kExactInteger = 999'999'999'999'999;
constexpr std::size_t kSheetNameChars = 28;  // 31 in Excel, less what tells sheets apart
constexpr std::size_t kXmlBuffer = 16 * 1024;
constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kDocument = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr const char* kPackage = "http://schemas.openxmlformats.org/package/2006/";
constexpr const char* kType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

// Characters, not bytes: UTF-16 counts those beyond the BMP twice, and so does Excel.
std::string_view cut(std::string_view s, std::size_t most) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    const std::size_t bytes = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    units += bytes == 4 ? 2 : 1;
    if (units > most) return s.substr(0, i);
    i += bytes;
  }
  return s;
}

void append_text(std::string& out, std::string_view s) {
  for (const char c : s) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\r': out += "&#13;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') out += c;
    }
  }
}

class XlsxWriter : public TableWriter {
 public:
  explicit XlsxWriter(const std::string& sheet_name) { name(sheet_name); }
  // A further table on a sheet of its own.
  void next(const std::string& sheet_name, const std::vector<std::string>& columns) {
    end_sheet();
    name(sheet_name);
    begin(columns);
  }
  void begin(const std::vector<std::string>& columns) override {
    columns_ = columns;
    begin_sheet();
  }
  void row(std::span<const Cell> values) override {
    if (values.size() != columns_.size()) throw std::logic_error("a row has as many values as there are columns");
    if (rows_ == kRowsOfASheet) {
      end_sheet();
      begin_sheet();
    }
    ++rows_;
    xml_ += "<row>";
    for (const auto& v : values) cell(v);
    xml_ += "</row>";
    if (xml_.size() >= kXmlBuffer) flush();
  }
  void end() override {
    end_sheet();
    std::string types = fmt::format("{}<Types xmlns=\"{}content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-"
                                    "package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{}sheet.main+xml\"/>",
                                    kXml, kPackage, kType);
    std::string book = fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>", kXml, kMain, kDocument);
    std::string links = fmt::format("{}<Relationships xmlns=\"{}relationships\">", kXml, kPackage);
    for (int i = 1; i <= sheets_; ++i) {
      const auto& name = names_[static_cast<std::size_t>(i) - 1];
      types += fmt::format("<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"{}worksheet+xml\"/>", i, kType);
      book += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", name, i, i);
      links += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/worksheet\" Target=\"worksheets/sheet{}.xml\"/>", i, kDocument, i);
    }
    part("xl/workbook.xml", book + "</sheets></workbook>");
    part("xl/_rels/workbook.xml.rels", links + "</Relationships>");
    part("_rels/.rels", fmt::format("{}<Relationships xmlns=\"{}relationships\"><Relationship Id=\"rId1\" Type=\"{}/officeDocument\" "
                                    "Target=\"xl/workbook.xml\"/></Relationships>", kXml, kPackage, kDocument));
    part("[Content_Types].xml", types + "</Types>");
    zip_.finish();
  }
  void take(std::string& out) override {
    out += zip_.out();
    zip_.out().clear();
  }
  const char* media_type() const override { return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"; }

 private:
  void name(const std::string& sheet_name) {
    name_.clear();
    for (const char c : cut(sheet_name, kSheetNameChars))
      if (std::string_view("[]:*?/\\'").find(c) == std::string_view::npos) name_ += c;
    if (name_.empty()) name_ = "表";
    of_name_ = 0;
  }
  void cell(const Cell& v) {
    const auto* n = std::get_if<std::int64_t>(&v);
    const auto* d = std::get_if<double>(&v);
    if (n && *n <= kExactInteger && *n >= -kExactInteger) fmt::format_to(std::back_inserter(xml_), "<c><v>{}</v></c>", *n);
    else if (n) text(std::to_string(*n));
    else if (d && std::isfinite(*d)) fmt::format_to(std::back_inserter(xml_), "<c><v>{}</v></c>", *d);
    else if (const auto* s = std::get_if<std::string_view>(&v); s && !s->empty()) text(*s);
    else xml_ += "<c/>";
  }
  void text(std::string_view s) {
    xml_ += "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">";
    append_text(xml_, cut(s, kTextChars));
    xml_ += "</t></is></c>";
  }
  void flush() {
    zip_.add(xml_);
    xml_.clear();
  }
  void begin_sheet() {
    zip_.begin_entry(fmt::format("xl/worksheets/sheet{}.xml", ++sheets_));
    std::string shown;
    append_text(shown, name_);
    if (++of_name_ > 1) shown += fmt::format("-{}", of_name_);
    names_.push_back(std::move(shown));
    // The first row stays in sight while one scrolls.
    xml_ = fmt::format("{}<worksheet xmlns=\"{}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                       "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData><row>", kXml, kMain);
    for (const auto& c : columns_) text(c);
    xml_ += "</row>";
    rows_ = 1;
  }
  void end_sheet() {
    xml_ += "</sheetData></worksheet>";
    flush();
    zip_.end_entry();
  }
  void part(const char* name, const std::string& bytes) {
    zip_.begin_entry(name);
    zip_.add(bytes);
    zip_.end_entry();
  }
  std::string name_;
  int of_name_ = 0;                 // sheets that the present table has taken
  std::vector<std::string> names_;  // of all sheets, as markup
  std::vector<std::string> columns_;
  ZipStream zip_;
  std::string xml_;
  std::int64_t rows_ = 0;
  int sheets_ = 0;
};

}  // namespace

std::string xlsx_book(std::span<const Sheet> sheets) {
  if (sheets.empty()) throw std::logic_error("a workbook has a sheet");
  XlsxWriter out(sheets.front().name);
  std::vector<Cell> cells;
  for (const auto& sheet : sheets) {
    if (&sheet == &sheets.front()) out.begin(sheet.columns);
    else out.next(sheet.name, sheet.columns);
    for (const auto& row : sheet.rows) {
      cells.clear();
      for (const auto& v : row) std::visit([&](const auto& x) { cells.emplace_back(x); }, v);
      out.row(cells);
    }
  }
  out.end();
  std::string bytes;
  out.take(bytes);
  return bytes;
}

std::unique_ptr<TableWriter> xlsx_writer(const std::string& sheet_name) { return std::make_unique<XlsxWriter>(sheet_name); }

}  // namespace yi::publish
