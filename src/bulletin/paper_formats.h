#pragma once
// The forms that a bulletin or a report leaves the house in, each for both editions: declared once for doors, links and the
// command line.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "publish/document.h"
#include "publish/page_layout.h"
#include "publish/table.h"

namespace yi::bulletin {

enum class PaperFormat { text, html, pdf, docx, ofd, xlsx };
BOOST_DESCRIBE_ENUM(PaperFormat, text, html, pdf, docx, ofd, xlsx)

struct FormatInfo {
  PaperFormat format;
  const char* name;        // in addresses and on the command line
  const char* extension;
  const char* media_type;
  const char* summary;     // 周报、报告的门: what it is
};
const std::vector<FormatInfo>& paper_formats();
const FormatInfo& info_of(PaperFormat format);

struct PaperOptions {
  publish::LineMode line_mode = publish::LineMode::grid;  // of PDF and OFD
  std::vector<std::string> layout_hints = {};
  publish::FontPlaces fonts = {};
  Instant created = {};
};
// The paper in a format; `sheets` are its figures, the content of XLSX. HTML is a page of its own without links. Refusals of
// the writers.
Result<std::string> print_paper(const publish::Document& document, const std::vector<publish::Sheet>& sheets, PaperFormat format, const PaperOptions& options);

}  // namespace yi::bulletin
