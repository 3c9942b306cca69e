#pragma once
// Examples in the documents, read so that they can be run and cannot rot. Two forms count:
//
//   a ```console block: `$ yichuang …` is a command, what stands below it (if anything) its output;
//   a plain block of `yichuang …` lines alone: the next plain block of the same section is its output.
//
// In an output, a line `…` stands for any lines, and `…` inside a line for any text. Output is what the program prints
// to standard output, then to standard error, without lines of progress. An example whose output ends in a refusal's
// code ([room.code …]) ends with 1, every other with 0.
#include <string>
#include <string_view>
#include <vector>

namespace yi::docs {

struct Example {
  int line = 0;                      // of the command in its document, from 1
  std::string command;               // "yichuang due --from …"
  std::vector<std::string> output;   // as the document shows it; empty: nothing is claimed
};

std::vector<Example> read_examples(std::string_view markdown);

// The lines of the first block with this language, without the fences.
std::vector<std::string> block_of(std::string_view markdown, std::string_view language);

// Lines of a text; a last empty one is left out.
std::vector<std::string> lines_of(std::string_view text);

// "" when the output is as shown, else the first line that is missing.
std::string difference(const std::vector<std::string>& shown, const std::vector<std::string>& printed);

// The exit code that the shown output promises.
int promised_exit(const Example& example);

// What a run printed, as the documents show it.
std::vector<std::string> printed_lines(std::string_view out, std::string_view err);

}  // namespace yi::docs
