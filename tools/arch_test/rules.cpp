#include "rules.h"

#include <algorithm>
#include <array>
#include <set>

namespace yi::arch {
namespace {

// The character before or after a place, '\0' at the ends.
char before(std::string_view t, std::size_t at) { return at == 0 ? '\0' : t[at - 1]; }
char at_or_end(std::string_view t, std::size_t at) { return at < t.size() ? t[at] : '\0'; }

std::size_t skip_space(std::string_view t, std::size_t i) {
  while (i < t.size() && (t[i] == ' ' || t[i] == '\n' || t[i] == '\t')) ++i;
  return i;
}

// `time(nullptr)`, `time(NULL)`, `time(0)`, `time(&t)`, `std::time(…)`, `::time(…)`; not a function of ours named time.
bool calls_c_time(const Source& s, const Word& w) {
  const std::string_view code = s.code;
  auto i = skip_space(code, w.at + w.text.size());
  if (at_or_end(code, i) != '(') return false;
  if (w.at >= 2 && code.substr(w.at - 2, 2) == "::") {
    const auto owner = w.at >= 5 ? code.substr(w.at - 5, 3) : std::string_view{};
    return owner == "std" || !is_word_char(before(code, w.at - 2));
  }
  const char dot = before(code, w.at);
  if (dot == '.' || dot == '>') return false;
  i = skip_space(code, i + 1);
  const auto argument = code.substr(i);
  return argument.starts_with("nullptr") || argument.starts_with("NULL") || argument.starts_with("0)") ||
         argument.starts_with('&');
}

// basic_waitable_timer<std::chrono::steady_clock, …>: names a clock for Asio's time-outs and reads none.
bool names_timer(const Source& s, std::size_t at) {
  std::string_view code(s.code.data(), at);
  if (code.ends_with("std::chrono::")) code.remove_suffix(13);
  return code.ends_with("basic_waitable_timer<") || code.ends_with("wait_traits<");
}

struct Library {
  std::string_view prefix;                    // of the include's target
  std::vector<std::string_view> homes;        // path prefixes that may include it
  std::size_t files;                          // at most so many of them, 0: any number
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"boost/beast", {"src/http/"}, 2},       // 14 s a translation unit
      {"simdjson", {"src/base/json.cpp"}, 1},
      {"sqlite3", {"src/store/"}, 0},
      {"libpq", {"src/store/"}, 0},
      {"openssl/", {"src/crypto/"}, 0},
      {"sodium", {"src/crypto/"}, 0},
      {"yaml-cpp/", {"src/base/"}, 0},
      {"cairo", {"src/publish/"}, 0},
      {"ft2build", {"src/publish/"}, 0},
      {"freetype/", {"src/publish/"}, 0},
      {"hb", {"src/publish/"}, 0},
      {"zlib", {"src/publish/"}, 1},
      {"curl/", {"src/notice/"}, 1},
  };
  return all;
}

}  // namespace

Findings check_clocks(const std::vector<Source>& tree) {
  static const std::set<std::string_view> readers{
      "system_clock", "steady_clock", "high_resolution_clock", "utc_clock",    "tai_clock", "file_clock",
      "gettimeofday", "clock_gettime", "timespec_get",          "localtime",    "localtime_r", "ftime"};
  Findings out;
  for (const auto& s : tree) {
    if (s.path == "src/base/clock.cpp") continue;
    for (const auto& w : s.words())
      if ((readers.contains(w.text) && !names_timer(s, w.at)) || (w.text == "time" && calls_c_time(s, w)) ||
          (w.text == "clock" && s.code.substr(w.at, 7) == "clock()" && before(s.code, w.at) != '.' &&
           before(s.code, w.at) != '>' && w.at >= 5 && s.code.substr(w.at - 5, 5) == "std::"))
        out.push_back({s.path, w.line, std::string(w.text) + ": only src/base/clock.cpp reads a clock"});
  }
  return out;
}

Findings check_libraries(const std::vector<Source>& tree) {
  Findings out;
  for (const auto& lib : libraries()) {
    std::set<std::string> users;  // as they are named in an include: "http/session.h"
    for (const auto& s : tree) {
      if (!s.in("src/")) continue;
      for (const auto& inc : s.includes) {
        if (inc.quoted || !inc.target.starts_with(lib.prefix)) continue;
        users.insert(s.path.substr(4));
        if (std::none_of(lib.homes.begin(), lib.homes.end(), [&](auto h) { return s.in(h); }))
          out.push_back({s.path, inc.line, "<" + inc.target + "> belongs to " + std::string(lib.homes[0]) + " alone"});
      }
    }
    if (lib.files == 0 || users.empty()) continue;
    // A header that includes the library hands it on to everyone who includes the header.
    for (std::size_t before_round = 0; before_round != users.size();) {
      before_round = users.size();
      for (const auto& s : tree)
        if (s.in("src/") && std::any_of(s.includes.begin(), s.includes.end(), [&](const auto& i) { return users.contains(i.target); }))
          users.insert(s.path.substr(4));
    }
    std::string names;
    std::size_t units = 0;
    for (const auto& u : users)
      if (u.ends_with(".cpp")) names += (units++ ? ", " : "") + u;
    if (units > lib.files)
      out.push_back({std::string(lib.homes[0]), 0, "<" + std::string(lib.prefix) + "…> is compiled in " + std::to_string(units) +
                                                       " files (" + names + "); at most " + std::to_string(lib.files)});
  }
  return out;
}

Findings check_headers(const std::vector<Source>& tree) {
  Findings out;
  for (const auto& s : tree) {
    if (!s.is_header()) continue;
    if (s.code.find("#pragma once") == std::string::npos) out.push_back({s.path, 0, "no #pragma once"});
    const auto words = s.words();
    for (std::size_t i = 1; i < words.size(); ++i)
      if (words[i - 1].text == "using" && words[i].text == "namespace")
        out.push_back({s.path, words[i].line, "`using namespace` in a header reaches everyone who includes it"});
  }
  return out;
}

Findings check_lengths(const std::vector<Source>& tree) {
  constexpr std::ptrdiff_t most = 700;
  Findings out;
  for (const auto& s : tree) {
    const bool source = s.is_cpp() || s.path.ends_with(".sh") || s.path.ends_with(".ts") || s.path.ends_with(".cmake") ||
                        s.path.ends_with("CMakeLists.txt");
    const auto lines = std::count(s.text.begin(), s.text.end(), '\n');
    if (source && lines >= most) out.push_back({s.path, 0, std::to_string(lines) + " lines: a file has one subject"});
  }
  return out;
}

Findings check_words(const std::vector<Source>& tree) {
  // Written in two pieces, so that this file and its tests do not find themselves.
  static const std::array<std::string, 3> notes{"TO" "DO", "FIX" "ME", "XX" "X"};
  static const std::array<std::string, 2> off{"GTEST_" "SKIP", "DISA" "BLED_"};
  static const std::array<std::string, 5> paths{"/wo" "rk/", "/ho" "me/", "/ro" "ot/", "/tm" "p/", "sha" "red/design"};
  Findings out;
  for (const auto& s : tree) {
    auto each = [&](const std::string& what, auto&& counts) {
      for (auto p = s.text.find(what); p != std::string::npos; p = s.text.find(what, p + 1))
        if (counts(before(s.text, p), at_or_end(s.text, p + what.size())))
          out.push_back({s.path, s.line_of(p), "\"" + what + "\" is never committed"});
    };
    if (!s.in("testdata/"))  // broken input is written there on purpose
      for (const auto& w : notes) each(w, [](char b, char a) { return !is_word_char(b) && !is_word_char(a); });
    for (const auto& w : off) each(w, [&](char b, char) { return s.is_cpp() && !is_word_char(b); });
    for (const auto& w : paths) {
      if (w == paths[3] && s.is_test()) continue;
      // "/zwfw.example.cn/ho" "me/" is an address, not a machine's folder.
      each(w, [](char b, char) { return !is_word_char(b) && b != '.' && b != '-' && b != '}' && b != ')'; });
    }
  }
  return out;
}

Findings check_links(const std::vector<Source>& tree, const std::function<bool(const std::string&)>& exists) {
  Findings out;
  for (const auto& s : tree) {
    if (!s.path.ends_with(".md")) continue;
    const auto folder = s.path.find('/') == std::string::npos ? std::string{} : s.path.substr(0, s.path.rfind('/') + 1);
    for (auto p = s.text.find("]("); p != std::string::npos; p = s.text.find("](", p + 2)) {
      const auto end = s.text.find_first_of(") #\n", p + 2);
      if (end == std::string::npos) break;
      const auto target = s.text.substr(p + 2, end - p - 2);
      if (target.empty() || target.find(':') != std::string::npos) continue;  // a place on the page, another site
      if (!exists(folder + target)) out.push_back({s.path, s.line_of(p), "the link leads nowhere: " + target});
    }
  }
  return out;
}

}  // namespace yi::arch
