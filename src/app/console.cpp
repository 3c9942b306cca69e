#include "app/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/text.h"
#include "crypto/random.h"

namespace yi::app {
namespace {

mode_t g_umask_of_the_person = 022;

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

void keep_files_private() { g_umask_of_the_person = ::umask(0077); }

int fail(const Refusal& r) {
  fmt::print(stderr, "{}\n{}\n", r.sentence, r.next_step);
  fmt::print(stderr, "[{}{}{}]\n", r.code, r.where.empty() ? "" : " ", r.where);
  return 1;
}

Checked write_output(const std::string& file, std::string_view bytes, ReadableBy by) {
  const auto refused = [&] { return Refusal{"app.cannot_write", "无法写入文件：" + file, "请检查目录是否存在、是否有写权限和空间。", 500, file}; };
  if (file == "-") {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size() || std::fflush(stdout) != 0) return refused();
    return Done{};
  }
  // A name of its own: it neither meets another's file nor follows another's link.
  const auto partial = file + ".partial-" + hex(crypto::random_bytes(8));
  const int fd = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return refused();
  bool good = write_all(fd, bytes) && (by == ReadableBy::owner || ::fchmod(fd, 0666 & ~g_umask_of_the_person) == 0);
  good = ::close(fd) == 0 && good && ::rename(partial.c_str(), file.c_str()) == 0;
  if (good) return Done{};
  ::unlink(partial.c_str());
  return refused();
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
