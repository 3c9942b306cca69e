#include "publish/text_writer.h"

namespace yi::publish {

std::string to_text(const Document& document) {
  std::string out;
  const auto line = [&out](std::string_view text) {
    if (text.empty()) return;
    for (char c : text) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    out += '\n';
  };
  line(document.period);
  line(document.issuer + document.date);
  for (const auto& paragraph : document.body) line(paragraph.text());
  for (const auto& text : document.imprint.lines) line(text);
  line(document.imprint.copies);
  return out;
}

}  // namespace yi::publish
