#pragma once
// What the subcommands have in common on the terminal.
#include <string>
#include <string_view>

#include "base/result.h"

namespace yi::app {

// Prints code, sentence and next step to standard error; returns the exit code 1.
int fail(const Refusal& r);

// Writes to a file (through a temporary one beside it, so that nobody sees half a file) or, for "-", to standard
// output. Refusal "app.cannot_write".
Checked write_output(const std::string& file, std::string_view bytes);

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
