#pragma once
// Stories: end-to-end scripts that a clerk can read (stories/README.md has the language). Each line is a step; a step
// is a pattern with named gaps, and the table of patterns is the whole language.
#include <string>
#include <vector>

namespace yi::story {

struct Line {
  int number = 0;
  std::vector<std::string> words;  // "quoted text" is one word
};

struct Story {
  std::string file;
  std::string promise;        // the first comment: what the user is promised
  bool full = false;          // `tier full`: not among the fast tests
  std::vector<Line> lines;
};

Story read_story(const std::string& path);
// Runs a story in a directory of its own; failures name file and line. Stops at the first.
void run_story(const Story& story);

// The steps of the language as they are written, for the check that stories/README.md names them all.
std::vector<std::string> step_patterns();
// Whether `words` are the step `pattern`; the gaps' texts in order. "<x>" takes one word, a last "<x…>" the rest.
bool matches(const std::string& pattern, const std::vector<std::string>& words, std::vector<std::string>& gaps);

}  // namespace yi::story
