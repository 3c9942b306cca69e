#pragma once
// The settings file of `--config`: the words of the command line, one a line, for a service that a supervisor starts.
//
//   # a comment
//   data = /var/lib/yichuang
//   behind-tls = yes
//   host = zwfw.example.gov.cn
//
// A word is an option's long name without "--"; one that may be given several times stands on several lines. What the command
// line or the environment gives goes before what stands here. Words of `serve` that another subcommand does not have are passed
// over there, so that one file serves `serve`, `verify`, `backup` and the others alike.
#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace yi::app {

struct Setting {
  int line = 0;
  std::string word, value;
};
// Refusal "app.bad_setting": a line is no setting; `where` is "FILE:LINE".
Result<std::vector<Setting>> read_settings(std::string_view text, const std::string& file);

// Gives the settings of FILE to the subcommand that was chosen, where its options were not given otherwise; for after the command
// line has been read and before the subcommand runs. Refusals: "app.settings_missing" (no such file, or not readable),
// "app.bad_setting" (two words that exclude each other, too), "app.unknown_setting" (no option of that name), the last two with "FILE:LINE".
Checked take_settings(CLI::App& app, const std::string& file);

}  // namespace yi::app
