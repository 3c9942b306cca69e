#pragma once
// What the subcommands have in common on the terminal.
#include <string>
#include <string_view>

#include "base/result.h"

namespace yi::app {

// Prints code, sentence and next step to standard error; returns the exit code 1.
int fail(const Refusal& r);

// The first thing in main, before there are threads: every file and directory that the program makes is its owner's
// alone.
void keep_files_private();

enum class ReadableBy {
  umask,  // whom the person's umask lets read: a paper that was asked for
  owner,  // the owner alone: what lies in the data directory
};
// Writes to a file (through a new one beside it, so that nobody sees half a file) or, for "-", to standard output.
// Refusal "app.cannot_write".
Checked write_output(const std::string& file, std::string_view bytes, ReadableBy by = ReadableBy::umask);

// A line that overwrites itself on a terminal; on a pipe only whole tenths are printed.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  void at(long long done, long long all);

 private:
  std::string what_;
  int last_ = -1;
  bool terminal_;
};

}  // namespace yi::app
