#include "identity/token_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/text.h"
#include "crypto/random.h"

namespace yi::identity {
namespace {

Refusal unreadable(const std::string& file) {
  return {"identity.token_unreadable", "无法读写操作员令牌文件。", "请检查该文件和目录的权限。", 500, file};
}

Refusal damaged(const std::string& file) {
  return {"identity.token_damaged", "操作员令牌文件不是一窗写成的样子（应为本人所有的普通文件，内容是 64 位十六进制数）。",
          "请核实后删除该文件再启动，程序会生成新的令牌；使用旧令牌的程序需要换成新的。", 500, file};
}

bool is_token(std::string_view s) { return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == s.npos; }

// "" when there is no such file. Never waits: a pipe of that name has nobody at its other end.
Result<std::string> read_token(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT) return std::string();
  if (fd < 0) return errno == ELOOP ? damaged(file) : unreadable(file);
  struct stat st {};
  char buffer[80];
  const bool stated = ::fstat(fd, &st) == 0;
  const auto n = stated && S_ISREG(st.st_mode) ? ::read(fd, buffer, sizeof buffer) : 0;
  ::close(fd);
  if (!stated || n < 0) return unreadable(file);
  if (!S_ISREG(st.st_mode) || st.st_uid != ::geteuid()) return damaged(file);
  if (st.st_mode & 077)
    return Refusal{"identity.token_exposed", "操作员令牌文件可被其他用户读取。",
                   "请执行 chmod 600 后重新启动；若令牌可能已泄露，请删除该文件，程序会生成新的令牌。", 500, file};
  const auto token = trim(std::string_view(buffer, static_cast<std::size_t>(n)));
  if (!is_token(token)) return damaged(file);
  return std::string(token);
}

bool sync_directory_of(const std::string& file) {
  const int fd = ::open(std::filesystem::path(file).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return good;
}

// Whole under its name or not there at all. Whoever opens a Gatekeeper holds the data directory's lock.
Result<std::string> write_token(const std::string& file, const std::string& token) {
  const auto fresh = file + ".new";
  ::unlink(fresh.c_str());  // of a start that was interrupted
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return unreadable(file);
  const std::string line = token + "\n";
  const bool written = ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!written || ::rename(fresh.c_str(), file.c_str()) != 0) {
    ::unlink(fresh.c_str());
    return unreadable(file);
  }
  if (!sync_directory_of(file)) return unreadable(file);
  return token;
}

}  // namespace

Result<std::string> open_or_make_token(const std::string& directory) {
  const std::string file = directory + "/operator.token";
  YI_TRY(auto token, read_token(file));
  if (token.empty()) {
    YI_TRY(token, write_token(file, crypto::random_token()));
  }
  return token;
}

Result<std::string> open_or_make_token(const store::Place& place, CentreCode centre, store::KeyVault& keys) {
  if (!place.on_server()) return open_or_make_token(place.directory);
  const std::string file = place.directory + "/operator.token";
  YI_TRY(const auto here, read_token(file));
  YI_TRY(const auto secret, store::open_or_make_secret(place, centre, keys, kOperatorToken, [&]() -> Result<crypto::Secret> {
    return crypto::Secret(here.empty() ? crypto::random_token() : here);
  }));
  const std::string token(secret.reveal());
  if (token == here) return token;
  return write_token(file, token);
}

}  // namespace yi::identity
