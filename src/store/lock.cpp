// Who may write in a data directory.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "store/database.h"

namespace yi::store {
namespace {

Refusal unusable(const std::string& file, int error) {
  return {"store.unusable", std::string("数据目录无法使用：") + std::strerror(error), "请检查目录的读写权限和磁盘空间；数据没有被改动。", 503, file};
}

Refusal locked(const std::string& directory, const std::string& file) {
  return {"store.locked", "另一个一窗进程正在写这个数据目录：" + directory,
          "同一目录只能有一个写入进程（serve、replay、rebuild）。请先停止它，或用 --data 指定另一个目录；"
          "bulletin 和 verify 可以同时运行。", 409, file};
}

// A replay that failed takes away the directory it had made, and the lock in it: then what we hold is the lock of
// nothing, and another may have made and locked a new one.
bool still_there(int fd, const std::string& file) {
  struct stat held {}, named {};
  return ::fstat(fd, &held) == 0 && ::lstat(file.c_str(), &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

}  // namespace

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

Result<DirectoryLock> lock_directory(const std::string& directory) {
  const auto file = directory + "/lock";
  for (int tries = 0;; ++tries) {
    std::error_code error;
    const auto parent = std::filesystem::path(directory + "/.").parent_path().parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, error);
    if (error) return unusable(directory, error.value());
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return unusable(directory, errno);
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0 && errno == ENOENT && tries < 10) continue;  // the directory has just gone
    if (fd < 0) return unusable(file, errno);
    DirectoryLock lock(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return locked(directory, file);
      return unusable(file, errno);
    }
    if (still_there(fd, file)) return lock;
    if (tries >= 10) return locked(directory, file);
  }
}

}  // namespace yi::store
