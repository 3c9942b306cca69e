#include "app/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <filesystem>

namespace yi::app {

int fail(const Refusal& r) {
  fmt::print(stderr, "{}\n{}\n", r.sentence, r.next_step);
  fmt::print(stderr, "[{}{}{}]\n", r.code, r.where.empty() ? "" : " ", r.where);
  return 1;
}

Checked write_output(const std::string& file, std::string_view bytes) {
  const auto refused = [&] { return Refusal{"app.cannot_write", "无法写入文件：" + file, "请检查目录是否存在、是否有写权限和空间。", 500, file}; };
  if (file == "-") {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size() || std::fflush(stdout) != 0) return refused();
    return Done{};
  }
  const auto partial = file + ".partial";
  {
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) {
      std::error_code ignored;
      std::filesystem::remove(partial, ignored);
      return refused();
    }
  }
  std::error_code error;
  std::filesystem::rename(partial, file, error);
  if (error) return refused();
  return Done{};
}

Progress::Progress(std::string what) : what_(std::move(what)), terminal_(::isatty(2)) {}

void Progress::at(long long done, long long all) {
  const int percent = all > 0 ? static_cast<int>(done * 100 / all) : 100;
  if (percent == last_ || (!terminal_ && percent / 10 == last_ / 10 && last_ >= 0)) return;
  last_ = percent;
  fmt::print(stderr, "{}{} {}%{}", terminal_ ? "\r" : "", what_, percent, terminal_ ? "" : "\n");
  std::fflush(stderr);
}

Progress::~Progress() {
  if (terminal_ && last_ >= 0) fmt::print(stderr, "\n");
}

}  // namespace yi::app
