#pragma once
// The sources as the architecture tests read them: a scanner that knows comments, string literals (plain, raw and
// adjacent ones) and include lines, and nothing more of C++.
#include <string>
#include <string_view>
#include <vector>

namespace yi::arch {

// One sentence of the house that is not kept. An empty list of findings means that all is well.
struct Finding {
  std::string path;
  int line = 0;  // from 1; 0 when it is about the whole file
  std::string text;
};
using Findings = std::vector<Finding>;
std::string to_text(const Findings& findings);

struct Literal {
  int line = 0;
  std::size_t at = 0;     // offset in Source::code of its opening quote
  std::string text;       // escapes resolved, adjacent literals joined
};

struct Include {
  int line = 0;
  std::string target;     // "base/time.h"
  bool quoted = false;    // "x.h", not <x.h>
};

struct Word {
  int line = 0;
  std::size_t at = 0;     // offset in Source::code
  std::string_view text;  // an identifier or keyword; lives as long as the Source
};

struct Source {
  std::string path;       // from the repository's root, with '/'
  std::string text;       // as stored
  std::string code;       // `text` with comments, the inside of literals and include lines blanked, same length
  std::vector<Literal> literals;
  std::vector<Include> includes;

  bool is_header() const { return path.ends_with(".h"); }
  bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
  bool is_test() const { return path.find("_test.") != std::string::npos; }
  bool in(std::string_view folder) const { return path.starts_with(folder); }  // in("src/store/")
  std::string room() const;           // "store" of "src/store/x.cpp", "" outside src/
  int line_of(std::size_t at) const;  // of an offset in text or code
  std::vector<Word> words() const;    // of `code`
};

// Scans a .h or .cpp file; of any other file only `path` and `text` are filled.
Source scan(std::string path, std::string text);

// Every text file of the repository, sorted by path, without builds, data directories and what .git hides.
std::vector<Source> load_tree(const std::string& root);

// "CaseId", "case_id" and "kCaseId" give {"case", "id"}, {"case", "id"}, {"k", "case", "id"}.
std::vector<std::string> split_words(std::string_view identifier);
bool is_word_char(char c);

}  // namespace yi::arch
