#include "glossary.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace yi::arch {
namespace {

constexpr const char* kPath = "docs/GLOSSARY.md";

std::string trimmed(std::string_view s) {
  const auto a = s.find_first_not_of(" `");
  if (a == std::string_view::npos) return "";
  return std::string(s.substr(a, s.find_last_not_of(" `") - a + 1));
}

std::vector<std::string> parts_of(std::string_view s, char separator) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i <= s.size();) {
    const auto j = std::min(s.find(separator, i), s.size());
    out.push_back(trimmed(s.substr(i, j - i)));
    i = j + 1;
  }
  return out;
}

// " one thing " in " k one thing plan ": a sequence of whole words.
std::string spaced(const std::vector<std::string>& words) {
  std::string out = " ";
  for (const auto& w : words) out += w + " ";
  return out;
}

std::string plural(const std::string& spaced_words) { return spaced_words.substr(0, spaced_words.size() - 1) + "s "; }

bool holds(const std::string& identifier, const std::string& term) {
  return identifier.find(term) != std::string::npos || identifier.find(plural(term)) != std::string::npos;
}

// "Application" forbids types of that name; `application` may say something else in a field or an enumerator.
bool capital(std::string_view identifier) { return std::isupper(static_cast<unsigned char>(identifier[0])) != 0; }

}  // namespace

std::vector<Term> read_glossary(std::string_view md) {
  std::vector<Term> out;
  int line = 0;
  for (std::size_t i = 0; i < md.size();) {
    const auto j = std::min(md.find('\n', i), md.size());
    const auto row = md.substr(i, j - i);
    i = j + 1;
    ++line;
    if (!row.starts_with("| ")) continue;
    const auto cells = parts_of(row, '|');  // an empty one before the first and after the last bar
    if (cells.size() != 7 || cells[1] == "中文") continue;
    Term t{line, cells[1], cells[2], cells[3], {}};
    for (auto& w : parts_of(cells[5], ','))
      if (!w.empty()) t.instead.push_back(std::move(w));
    out.push_back(std::move(t));
  }
  return out;
}

Findings check_glossary(const std::vector<Term>& terms) {
  Findings out;
  std::set<std::string> chinese, english;
  for (const auto& t : terms) {
    if (!chinese.insert(t.chinese).second) out.push_back({kPath, t.line, t.chinese + " stands twice"});
    if (!english.insert(spaced(split_words(t.identifier))).second) out.push_back({kPath, t.line, t.identifier + " stands twice"});
    if (t.identifier.empty() || t.chinese.empty()) out.push_back({kPath, t.line, "a row without a term"});
    if (t.status != "used" && t.status != "planned") out.push_back({kPath, t.line, "status is `used` or `planned`, not " + t.status});
  }
  for (const auto& t : terms)
    for (const auto& w : t.instead)
      if (english.contains(spaced(split_words(w)))) out.push_back({kPath, t.line, w + " is forbidden here and a term elsewhere"});
  return out;
}

Findings check_terms(const std::vector<Term>& terms, const std::vector<Source>& tree) {
  std::set<std::string> used;                                 // all identifiers of src/, split
  std::map<std::string, std::pair<std::string, int>> public_;  // those of headers as written, and where
  for (const auto& s : tree) {
    if (!s.in("src/") || !s.is_cpp()) continue;
    used.insert(spaced({s.room()}));
    for (const auto& w : s.words()) {
      if (s.is_header()) public_.try_emplace(std::string(w.text), s.path, w.line);
      used.insert(spaced(split_words(w.text)));
    }
  }
  Findings out;
  for (const auto& t : terms) {
    const auto words = split_words(t.identifier);
    std::string joined = " ";
    for (const auto& w : words) joined += w;
    joined += " ";
    const auto name = spaced(words);
    if (t.status == "used" && std::none_of(used.begin(), used.end(), [&](const auto& u) { return holds(u, name) || holds(u, joined); }))
      out.push_back({kPath, t.line, t.chinese + ": no identifier in src/ has `" + t.identifier + "`; is it still `used`?"});
    for (const auto& w : t.instead)
      for (const auto& [identifier, place] : public_)
        if ((!capital(w) || capital(identifier)) && holds(spaced(split_words(identifier)), spaced(split_words(w))))
          out.push_back({place.first, place.second, "\"" + w + "\" is written `" + t.identifier + "` here (" + t.chinese + ", " +
                                                        kPath + ")"});
  }
  return out;
}

}  // namespace yi::arch
