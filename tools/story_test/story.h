#pragma once
// Stories: end-to-end scripts that a clerk can read (stories/README.md has the language). Each line is a step; a step
// is a pattern with named gaps, and the table of patterns is the whole language.
#include <set>
#include <string>
#include <vector>

#include "walked.h"

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
// The stories of stories/, of the fast tier or of the full one, by file.
std::vector<Story> stories_of_tier(bool full);

struct Played {
  std::string broken;      // the first promise that was not kept, with file and line; "" when all were
  std::set<Walk> walked;   // rows of the table of acts
  std::set<std::string> refused;
};
// Plays a story in a directory of its own, once in this process, whichever test asks first.
const Played& played(const Story& story);

// The steps of the language as they are written, for the check that stories/README.md names them all.
std::vector<std::string> step_patterns();
// Whether `words` are the step `pattern`; the gaps' texts in order. "<x>" takes one word, a last "<x…>" the rest.
bool matches(const std::string& pattern, const std::vector<std::string>& words, std::vector<std::string>& gaps);

}  // namespace yi::story
