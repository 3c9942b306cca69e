#include "app/settings_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"

namespace yi::app {
namespace {

Refusal bad_setting(const std::string& where, const std::string& why) {
  return {"app.bad_setting", fmt::format("设置文件 {}：{}", where, why), "每行写一个“选项 = 值”，例如 port = 8080；注释以 # 开头。", 400, where};
}

// The subcommand of a subcommand (`exchange export`).
CLI::App& chosen(CLI::App& app) {
  auto* at = &app;
  for (auto below = at->get_subcommands(); !below.empty(); below = at->get_subcommands()) at = below.front();
  return *at;
}

CLI::Option* option_of(CLI::App* app, const std::string& word) {
  for (; app; app = app->get_parent())
    if (auto* option = app->get_option_no_throw("--" + word)) return option;
  return nullptr;
}

bool is_setting(const std::string& word) { return word != "config" && word != "help" && word != "version" && word != "fresh"; }

}  // namespace

Result<std::vector<Setting>> read_settings(std::string_view text, const std::string& file) {
  std::vector<Setting> out;
  for (int line = 1; !text.empty(); ++line) {
    const auto end = text.find('\n');
    const auto whole = trim(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (whole.empty() || whole.front() == '#') continue;
    const auto where = fmt::format("{}:{}", file, line);
    const auto equals = whole.find('=');
    if (equals == whole.npos) return bad_setting(where, "缺少等号。");
    Setting s{line, std::string(trim(whole.substr(0, equals))), std::string(trim(whole.substr(equals + 1)))};
    if (s.word.empty()) return bad_setting(where, "等号前没有选项。");
    if (s.value.empty()) return bad_setting(where, "等号后没有值；不用的选项请整行删去或注释掉。");
    out.push_back(std::move(s));
  }
  return out;
}

Checked take_settings(CLI::App& app, const std::string& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  if (!in.is_open() || in.bad())
    return Refusal{"app.settings_missing", "设置文件 " + file + " 不存在或读不出来。", "请检查 --config 的路径和文件的权限。", 400, file};
  YI_TRY(const auto settings, read_settings(text.str(), file));
  auto* command = &chosen(app);
  auto* serve = app.get_subcommand("serve");
  std::map<CLI::Option*, int> given;  // by this file, with the line of the last
  for (const auto& s : settings) {
    const auto where = fmt::format("{}:{}", file, s.line);
    auto* option = is_setting(s.word) ? option_of(command, s.word) : nullptr;
    if (!option) {
      if (is_setting(s.word) && option_of(serve, s.word)) continue;
      return Refusal{"app.unknown_setting", fmt::format("设置文件 {}：没有“{}”这个选项。", where, s.word),
                     "选项与 yichuang serve --help 列出的相同，不带开头的 --。", 400, where};
    }
    const bool first = given.find(option) == given.end();
    if (first && option->count() > 0) continue;  // the command line or the environment
    // Of two words of which one alone may be said, that of the command line or the environment goes before too.
    const auto said = [](const CLI::Option* other) { return other->count() > 0; };
    const auto others = option->get_excludes();
    if (const auto other = std::find_if(others.begin(), others.end(), said); other != others.end()) {
      if (given.find(*other) == given.end()) continue;
      return bad_setting(where, fmt::format("“{}”和“{}”只能写一个。", s.word, (*other)->get_single_name()));
    }
    if (!first && option->get_expected_max() <= 1) return bad_setting(where, "选项“" + s.word + "”只能写一次。");
    given[option] = s.line;
    const bool flag = option->get_expected_min() == 0;
    if (flag && s.value != "yes" && s.value != "no") return bad_setting(where, "“" + s.word + "”只能是 yes 或 no。");
    option->add_result(flag ? (s.value == "yes" ? "true" : "false") : s.value);
  }
  for (const auto& [option, line] : given) {
    try {
      option->run_callback();
    } catch (const CLI::ParseError& e) {
      return bad_setting(fmt::format("{}:{}", file, line), std::string("值不合适：") + e.what());
    }
  }
  return Done{};
}

}  // namespace yi::app
