#include "app/copy_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "crypto/private_file.h"

namespace yi::app {
namespace fs = std::filesystem;

CopiedFiles copy_files(const files::Folder& from, const files::Folder& to) {
  CopiedFiles done;
  if (fs::weakly_canonical(from.path) == fs::weakly_canonical(to.path)) return done;
  files::each_file(from, [&](const files::FileId& id, const std::string& path) {
    const fs::path target = files::path_of(to, id);
    ++done.files;
    if (fs::exists(target)) return;
    fs::create_directories(target.parent_path());
    fs::permissions(target.parent_path(), fs::perms::owner_all);
    const auto half = target.string() + ".new";
    fs::remove(half);
    fs::copy_file(path, half);
    const int fd = ::open(half.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (!synced) throw fs::filesystem_error("fsync", half, std::error_code(error, std::generic_category()));
    fs::last_write_time(half, fs::last_write_time(path));  // its age is what the sweep asks for
    fs::rename(half, target);
    crypto::sync_directory(target.parent_path().string());
  });
  done.broken = files::verify(to).broken;
  return done;
}

}  // namespace yi::app
