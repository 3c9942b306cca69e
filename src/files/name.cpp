#include "files/name.h"

#include <cctype>

#include "base/text.h"
#include "files/limits.h"

namespace yi::files {
namespace {

// One UTF-8 character at the front of `s`, which is valid.
std::string_view first_character(std::string_view s) {
  std::size_t n = 1;
  while (n < s.size() && (static_cast<unsigned char>(s[n]) & 0xc0) == 0x80) ++n;
  return s.substr(0, n);
}

bool allowed(std::string_view c) {
  if (c.size() == 1) {
    const auto u = static_cast<unsigned char>(c[0]);
    return u >= 0x20 && u != 0x7f && std::string_view("<>:\"|?*").find(c[0]) == std::string_view::npos;
  }
  if (c.size() == 2 && c[0] == '\xc2' && static_cast<unsigned char>(c[1]) < 0xa0) return false;  // C1
  if (c.size() != 3 || c[0] != '\xe2') return c != "\xef\xbb\xbf";
  // U+200B–200F, 202A–202E, 2060–2069: invisible, or turning what follows round.
  const auto low = static_cast<unsigned char>(c[2]);
  if (c[1] == '\x80') return !((low >= 0x8b && low <= 0x8f) || (low >= 0xaa && low <= 0xae));
  return !(c[1] == '\x81' && low >= 0xa0 && low <= 0xa9);
}

bool ends_like(std::string_view name, std::string_view extension) {
  if (name.size() < extension.size()) return false;
  for (std::size_t i = 0; i < extension.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(name[name.size() - extension.size() + i])) != extension[i]) return false;
  return true;
}

}  // namespace

std::string safe_name(std::string_view claimed, Kind kind) {
  if (!valid_utf8(claimed)) claimed = {};
  if (const auto slash = claimed.find_last_of("/\\"); slash != claimed.npos) claimed.remove_prefix(slash + 1);
  std::string name;
  std::size_t characters = 0;
  const std::string_view end = extension(kind);
  for (; !claimed.empty() && characters < kNameChars - end.size();) {
    const auto c = first_character(claimed);
    claimed.remove_prefix(c.size());
    if (!allowed(c) || (name.empty() && (c == "." || c == " "))) continue;
    name += c;
    ++characters;
  }
  while (name.ends_with(' ') || name.ends_with('.')) name.pop_back();
  if (name.empty()) name = "文件";
  const bool jpeg = kind == Kind::jpeg && ends_like(name, ".jpeg");
  return ends_like(name, end) || jpeg ? name : name + std::string(end);
}

std::string content_disposition(std::string_view name) {
  std::string ascii, encoded;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = u < 0x80 && (std::isalnum(u) || c == '.' || c == '-' || c == '_');
    ascii += plain ? c : '_';
    if (plain) encoded += c;
    else encoded += std::string("%") + "0123456789ABCDEF"[u >> 4] + "0123456789ABCDEF"[u & 15];
  }
  return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace yi::files
