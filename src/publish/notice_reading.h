#pragma once
// For tests: the words of a notice's PDF.
#include "publish/pdf_reading.h"
#include "publish/test_document.h"

namespace yi::publish::test {

// In the order of drawing (tables row by row), without white space and page numbers.
inline std::string notice_words(const PdfFile& pdf) {
  std::u32string out;
  int page = 0;
  for (const auto& text : split(pdf.run("pdftotext -raw {} -"), '\f')) {
    auto read = words(text);
    if (read.empty()) continue;
    const auto number = words("—" + std::to_string(++page) + "—");
    const auto at = read.rfind(number);
    EXPECT_NE(at, read.npos) << "page " << page << " has no number";
    if (at != read.npos) read.erase(at, number.size());
    out += read;
  }
  return to_utf8(out);
}

}  // namespace yi::publish::test
