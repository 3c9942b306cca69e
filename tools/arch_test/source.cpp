#include "source.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace yi::arch {
namespace {

namespace fs = std::filesystem;

// Moves over one file once; every finder of a token leaves `i` behind it.
class Scanner {
 public:
  explicit Scanner(Source& s) : s_(s), t_(s.text) { s_.code = s_.text; }

  void run() {
    while (i_ < t_.size()) {
      if (at_line_start() && include_line()) continue;
      if (starts("//")) blank_to(line_end());
      else if (starts("/*")) blank_to(after("*/", i_ + 2));
      else if (raw_prefix() > 0) raw_literal();
      else if (t_[i_] == '"') plain_literal();
      else if (t_[i_] == '\'') character();
      else if (is_word_char(t_[i_])) word();
      else {
        if (!std::isspace(static_cast<unsigned char>(t_[i_]))) joins_ = false;
        ++i_;
      }
    }
  }

 private:
  bool starts(std::string_view w) const { return std::string_view(t_).substr(i_).starts_with(w); }
  std::size_t line_end() const { return std::min(t_.find('\n', i_), t_.size()); }
  std::size_t after(std::string_view w, std::size_t from) const {
    const auto p = t_.find(w, from);
    return p == std::string::npos ? t_.size() : p + w.size();
  }
  void blank_to(std::size_t end) {
    for (; i_ < end; ++i_)
      if (t_[i_] != '\n') s_.code[i_] = ' ';
  }
  bool at_line_start() const {
    auto p = i_;
    while (p > 0 && (t_[p - 1] == ' ' || t_[p - 1] == '\t')) --p;
    return p == 0 || t_[p - 1] == '\n';
  }
  bool include_line() {
    auto p = t_.find_first_not_of(" \t", i_);
    if (p == std::string::npos || t_[p] != '#') return false;
    p = t_.find_first_not_of(" \t", p + 1);
    if (p == std::string::npos || t_.compare(p, 7, "include") != 0) return false;
    p = t_.find_first_of("<\"\n", p);
    if (p == std::string::npos || t_[p] == '\n') return false;
    const char close = t_[p] == '<' ? '>' : '"';
    const auto q = t_.find(close, p + 1);
    if (q == std::string::npos) return false;
    s_.includes.push_back({s_.line_of(p), t_.substr(p + 1, q - p - 1), close == '"'});
    blank_to(line_end());
    return true;
  }
  // Length of R", u8R", LR" and their like at i_, 0 when there is none.
  std::size_t raw_prefix() const {
    for (std::string_view p : {"R\"", "u8R\"", "uR\"", "UR\"", "LR\""})
      if (starts(p)) return p.size();
    return 0;
  }
  void keep(std::size_t begin, std::string text) {
    if (joins_ && !s_.literals.empty()) s_.literals.back().text += text;
    else s_.literals.push_back({s_.line_of(begin), begin, std::move(text)});
    joins_ = true;
  }
  void raw_literal() {
    const auto begin = i_;
    const auto open = i_ + raw_prefix();
    const auto paren = t_.find('(', open);
    if (paren == std::string::npos) {
      i_ = t_.size();
      return;
    }
    const std::string close = ")" + t_.substr(open, paren - open) + "\"";
    const auto end = after(close, paren);
    keep(begin, t_.substr(paren + 1, end - close.size() - paren - 1));
    i_ = begin;
    blank_to(end);
  }
  void plain_literal() {
    const auto begin = i_++;
    std::string text;
    while (i_ < t_.size() && t_[i_] != '"' && t_[i_] != '\n') {
      if (t_[i_] == '\\' && i_ + 1 < t_.size()) {
        const char c = t_[++i_];
        text += c == 'n' ? '\n' : c == 't' ? '\t' : c == '\n' ? ' ' : c;
      } else {
        text += t_[i_];
      }
      ++i_;
    }
    const auto end = std::min(i_ + 1, t_.size());
    keep(begin, std::move(text));
    i_ = begin;
    blank_to(end);
  }
  void character() {
    const auto begin = i_++;
    while (i_ < t_.size() && t_[i_] != '\'' && t_[i_] != '\n') i_ += t_[i_] == '\\' ? 2 : 1;
    const auto end = std::min(i_ + 1, t_.size());
    i_ = begin;
    blank_to(end);
    joins_ = false;
  }
  void word() {
    joins_ = false;
    const bool number = std::isdigit(static_cast<unsigned char>(t_[i_])) != 0;
    // 1'000: the quote inside a number is no character literal.
    while (i_ < t_.size() && (is_word_char(t_[i_]) || (number && t_[i_] == '\'' && i_ + 1 < t_.size() &&
                                                       std::isxdigit(static_cast<unsigned char>(t_[i_ + 1])))))
      ++i_;
  }

  Source& s_;
  const std::string& t_;
  std::size_t i_ = 0;
  bool joins_ = false;  // only white space and comments since the last literal
};

bool skipped_folder(const std::string& name) {
  return name == ".git" || name == ".deps" || name == ".cache" || name == "var" || name == "node_modules" ||
         name.starts_with("build");
}

}  // namespace

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string to_text(const Findings& findings) {
  std::string out;
  for (const auto& f : findings)
    out += f.path + (f.line ? ":" + std::to_string(f.line) : "") + ": " + f.text + "\n";
  return out;
}

std::string Source::room() const {
  if (!in("src/")) return "";
  const auto slash = path.find('/', 4);
  return slash == std::string::npos ? "" : path.substr(4, slash - 4);
}

int Source::line_of(std::size_t at) const {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::vector<Word> Source::words() const {
  std::vector<Word> out;
  int line = 1;
  for (std::size_t i = 0; i < code.size();) {
    if (code[i] == '\n') ++line;
    if (!is_word_char(code[i])) {
      ++i;
      continue;
    }
    auto j = i;
    while (j < code.size() && is_word_char(code[j])) ++j;
    if (!std::isdigit(static_cast<unsigned char>(code[i]))) out.push_back({line, i, std::string_view(code).substr(i, j - i)});
    i = j;
  }
  return out;
}

Source scan(std::string path, std::string text) {
  Source s;
  s.path = std::move(path);
  s.text = std::move(text);
  if (s.is_cpp()) Scanner(s).run();
  return s;
}

std::vector<Source> load_tree(const std::string& root) {
  std::vector<Source> out;
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it) {
    const auto name = it->path().filename().string();
    if (it->is_directory() && !it->is_symlink()) {
      if (skipped_folder(name)) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file() || it->is_symlink()) continue;
    std::ifstream file(it->path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.find('\0') != std::string::npos) continue;  // a picture, a font
    out.push_back(scan(fs::relative(it->path(), root).generic_string(), std::move(text)));
  }
  std::sort(out.begin(), out.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return out;
}

std::vector<std::string> split_words(std::string_view identifier) {
  std::vector<std::string> out;
  bool new_word = true;
  for (std::size_t i = 0; i < identifier.size(); ++i) {
    const auto c = static_cast<unsigned char>(identifier[i]);
    if (c == '_' || !std::isalnum(c)) {
      new_word = true;
      continue;
    }
    const bool upper = std::isupper(c) != 0;
    const bool after_lower = i > 0 && !std::isupper(static_cast<unsigned char>(identifier[i - 1]));
    const bool before_lower = i + 1 < identifier.size() && std::islower(static_cast<unsigned char>(identifier[i + 1]));
    if (new_word || (upper && (after_lower || before_lower))) out.emplace_back();
    out.back() += static_cast<char>(std::tolower(c));
    new_word = false;
  }
  return out;
}

}  // namespace yi::arch
