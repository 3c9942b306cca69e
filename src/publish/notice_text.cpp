#include <algorithm>

#include "publish/notice.h"

namespace yi::publish {
namespace {

void put(std::string& out, std::string line) {
  if (line.empty()) return;
  for (char& c : line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  out += line + "\n";
}

void put(std::string& out, const std::vector<NoticeBlock>& blocks) {
  for (const auto& b : blocks) {
    if (b.kind != NoticeBlock::Kind::table) {
      put(out, b.text);
      continue;
    }
    for (const auto& row : b.rows) {
      std::string line;
      for (const auto& cell : row) {
        if (cell.empty()) continue;
        line += (line.empty() ? "" : "  ") + cell;
      }
      put(out, line);
    }
  }
}

}  // namespace

std::string to_text(const Notice& n) {
  std::string out;
  for (const auto* part : {&n.organ, &n.title, &n.number, &n.recipient}) put(out, *part);
  put(out, n.body);
  for (const auto* part : {&n.remedy, &n.contact, &n.signature.organ, &n.signature.seal, &n.signature.date}) put(out, *part);
  if (!n.qr.text.empty()) put(out, n.qr.caption);
  put(out, n.after);
  put(out, n.appendix_title);
  put(out, n.appendix);
  return out;
}

std::string full_title(const Notice& n) { return n.organ + n.title; }

}  // namespace yi::publish
