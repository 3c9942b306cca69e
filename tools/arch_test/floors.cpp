#include "floors.h"

#include <algorithm>
#include <set>

namespace yi::arch {
namespace {

std::string floor_name(const std::string& room, const Floors& floors) {
  return room + " (floor " + std::to_string(floors.at(room)) + ")";
}

// "casework.illegal_act" gives "casework"; "" when it is not of that form.
std::string room_of_code(std::string_view code) {
  const auto dot = code.find('.');
  if (dot == 0 || dot == std::string_view::npos || dot + 1 == code.size()) return "";
  auto lower = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  const auto room = code.substr(0, dot), word = code.substr(dot + 1);
  if (!std::all_of(room.begin(), room.end(), lower) || !std::all_of(word.begin(), word.end(), lower)) return "";
  for (std::string_view ending : {"yaml", "json", "html", "css", "js", "db", "h", "cpp", "md", "txt", "pdf", "svg"})
    if (word == ending) return "";  // a file's name
  return std::string(room);
}

// Whether the literal at `at` is the first thing given to Refusal{…}, refuse(…) or fail(…).
bool makes_refusal(const Source& s, std::size_t at) {
  auto p = at;
  while (p > 0 && std::isspace(static_cast<unsigned char>(s.code[p - 1]))) --p;
  if (p == 0 || (s.code[p - 1] != '{' && s.code[p - 1] != '(')) return false;
  --p;
  while (p > 0 && std::isspace(static_cast<unsigned char>(s.code[p - 1]))) --p;
  auto q = p;
  while (q > 0 && is_word_char(s.code[q - 1])) --q;
  const auto word = std::string_view(s.code).substr(q, p - q);
  return word == "Refusal" || word == "refuse" || word == "refusal" || word == "fail";
}

}  // namespace

Floors read_floors(std::string_view md) {
  Floors floors;
  auto p = md.find("\n## Floors");
  if (p == std::string_view::npos) return floors;
  const auto end = md.find("\n## ", p + 4);
  auto section = md.substr(p, end == std::string_view::npos ? end : end - p);
  for (std::size_t i = 0; i < section.size();) {
    auto j = section.find('\n', i);
    if (j == std::string_view::npos) j = section.size();
    const auto row = section.substr(i, j - i);
    i = j + 1;
    const auto tick = row.find("`src/");
    if (!row.starts_with("| ") || tick == std::string_view::npos) continue;
    const auto slash = row.find("/`", tick + 5);
    if (slash == std::string_view::npos) continue;
    floors[std::string(row.substr(tick + 5, slash - tick - 5))] = std::stoi(std::string(row.substr(2, 3)));
  }
  return floors;
}

Findings check_floors(const std::vector<Source>& tree, const Floors& floors) {
  Findings out;
  std::set<std::string> unknown;
  for (const auto& s : tree) {
    const auto room = s.room();
    if (room.empty()) continue;
    if (!floors.contains(room)) {
      if (unknown.insert(room).second)
        out.push_back({"src/" + room, 0, "the room is not in the table of docs/ARCHITECTURE.md, section Floors"});
      continue;
    }
    for (const auto& inc : s.includes) {
      const auto slash = inc.target.find('/');
      const auto other = inc.target.substr(0, slash);
      if (inc.quoted && (slash == std::string::npos || other == "." || other == "..")) {
        out.push_back({s.path, inc.line, "include \"" + inc.target + "\" by \"room/file.h\""});
      } else if (slash != std::string::npos && floors.contains(other) && other != room &&
                 floors.at(other) >= floors.at(room)) {
        out.push_back({s.path, inc.line,
                       floor_name(room, floors) + " may not include " + floor_name(other, floors) + ": " + inc.target +
                           "; only lower floors, declare a port and let app wire it"});
      } else if (inc.quoted && !floors.contains(other)) {
        out.push_back({s.path, inc.line, "\"" + inc.target + "\" is in no room; use <…> for what is not ours"});
      }
    }
  }
  return out;
}

Findings check_build_order(const Source& cmake, const Floors& floors) {
  Findings out;
  const auto begin = cmake.text.find("set(YI_ALL_ROOMS");
  if (begin == std::string::npos) return {{cmake.path, 0, "no set(YI_ALL_ROOMS …)"}};
  const auto end = cmake.text.find(')', begin);
  int last = 0;
  std::string word;
  for (auto i = begin + std::string_view("set(YI_ALL_ROOMS").size(); i <= end; ++i) {
    if (i < end && is_word_char(cmake.text[i])) {
      word += cmake.text[i];
      continue;
    }
    if (word.empty()) continue;
    const auto line = cmake.line_of(i - 1);
    if (!floors.contains(word)) {
      out.push_back({cmake.path, line, word + " is in no floor"});
    } else {
      if (floors.at(word) < last) out.push_back({cmake.path, line, floor_name(word, floors) + " stands after a higher floor"});
      last = std::max(last, floors.at(word));
    }
    word.clear();
  }
  if (last == 0) out.push_back({cmake.path, 0, "set(YI_ALL_ROOMS …) is empty"});
  return out;
}

Findings check_readmes(const std::vector<Source>& tree, const Floors& floors) {
  std::set<std::string> rooms, with;
  for (const auto& s : tree) {
    const auto room = s.room();
    if (!room.empty() && s.is_cpp()) rooms.insert(room);
    if (s.path == "src/" + room + "/README.md") with.insert(room);
  }
  Findings out;
  for (const auto& room : rooms) {
    const auto f = floors.find(room);
    if (f != floors.end() && f->second >= 5 && room != "app" && !with.contains(room))
      out.push_back({"src/" + room, 0, "has no README.md (what for, its words, what always holds, who may call it)"});
  }
  return out;
}

Findings check_refusal_codes(const std::vector<Source>& tree, const Floors& floors) {
  Findings out;
  for (const auto& s : tree) {
    const auto room = s.room();
    if (!floors.contains(room) || s.is_test()) continue;  // tests make up codes as they like
    for (const auto& l : s.literals) {
      const auto other = room_of_code(l.text);
      if (other.empty() || other == room) continue;
      if (makes_refusal(s, l.at))
        out.push_back({s.path, l.line, "refusal \"" + l.text + "\" is made in " + room + ": begin it with \"" + room + ".\""});
      else if (floors.contains(other) && floors.at(other) >= floors.at(room))
        out.push_back({s.path, l.line, "\"" + l.text + "\" is a word of " + floor_name(other, floors) + ", which " +
                                           floor_name(room, floors) + " cannot know"});
    }
  }
  return out;
}

}  // namespace yi::arch
