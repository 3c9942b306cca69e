#pragma once
// For tests: the example bulletin of testdata/publish/ as a Document, and invented small papers.
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "base/text.h"
#include "publish/document.h"
#include "publish/font_book.h"

namespace yi::publish::test {

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

inline std::string testdata(const std::string& name) { return std::string(YI_SOURCE_DIR) + "/testdata/publish/" + name; }

inline Paragraph heading(std::string text) { return {Paragraph::Kind::heading, {{std::move(text), "", ""}}}; }
inline Paragraph body(std::string text) { return {Paragraph::Kind::body, {{std::move(text), "", ""}}}; }

// A heading begins with a Chinese number and 、.
inline bool is_heading(const std::string& line) {
  for (int n = 1; n <= 10; ++n)
    if (line.rfind(chinese_number(n) + "、", 0) == 0) return true;
  return false;
}

inline Document example() {
  Document d;
  d.masthead = {"政务服务工作周报", "第25期"};
  d.title = "政务服务工作周报第25期";
  d.ledger_head = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
  const auto lines = split(read_file(testdata("bulletin-2024-06-17.txt")), '\n');
  d.period = lines.at(0);
  const auto cut = lines.at(1).find("2024");
  d.issuer = lines[1].substr(0, cut);
  d.date = lines[1].substr(cut);
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const auto& line = lines[i];
    if (line.empty()) continue;
    if (line.rfind("报：", 0) == 0 || line.rfind("发：", 0) == 0)
      d.imprint.lines.push_back(line);
    else if (line.rfind("（共印", 0) == 0)
      d.imprint.copies = line;
    else
      d.body.push_back(is_heading(line) ? heading(line) : body(line));
  }
  return d;
}

// The fonts of tests: the folder that YI_FONTS names, else .deps/fonts (tools/fonts.sh).
inline FontPlaces fonts() {
  const char* dir = std::getenv("YI_FONTS");
  return {dir ? dir : std::string(YI_SOURCE_DIR) + "/.deps/fonts", ""};
}

// Code points that are no white space: how editions are compared.
inline std::u32string words(std::string_view text) {
  std::u32string out;
  for (char32_t c : to_utf32(text))
    if (c > 0x20 && c != 0x3000 && c != 0xA0) out += c;
  return out;
}

}  // namespace yi::publish::test
