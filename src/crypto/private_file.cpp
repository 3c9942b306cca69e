#include "crypto/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "crypto/random.h"

namespace yi::crypto {

PrivateFile read_private(const std::string& file, Secret& out, Owner owner) {
  // A pipe of that name has nobody at its other end: it is not waited for.
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return errno == ENOENT ? PrivateFile::missing : errno == ELOOP ? PrivateFile::foreign : PrivateFile::unreadable;
  struct stat st {};
  std::string bytes(8192, '\0');
  const bool stated = ::fstat(fd, &st) == 0, regular = stated && S_ISREG(st.st_mode);
  const auto n = regular ? ::read(fd, bytes.data(), bytes.size()) : 0;
  ::close(fd);
  if (!stated || n < 0) return PrivateFile::unreadable;
  if (!regular || (owner == Owner::oneself && st.st_uid != ::geteuid())) return PrivateFile::foreign;
  if (!(st.st_mode & 077)) out = Secret(std::string_view(bytes).substr(0, static_cast<std::size_t>(n)));
  wipe(bytes);
  return st.st_mode & 077 ? PrivateFile::exposed : PrivateFile::good;
}

bool write_synced(const std::string& file, std::string_view bytes, mode_t mode) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (fd < 0) return false;
  bool good = true;
  while (good && !bytes.empty()) {
    const auto n = ::write(fd, bytes.data(), bytes.size());
    good = n > 0;
    if (good) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  good = good && ::fsync(fd) == 0;
  return ::close(fd) == 0 && good;
}

bool sync_directory(const std::string& directory) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool good = ::fsync(fd) == 0;
  ::close(fd);
  return good;
}

bool put_once(const std::string& directory, const std::string& name, std::string_view bytes, mode_t mode) {
  const auto file = directory + "/" + name, partial = file + "." + hex(random_bytes(8));
  bool good = write_synced(partial, bytes, mode);
  if (good) good = ::link(partial.c_str(), file.c_str()) == 0 || errno == EEXIST;
  ::unlink(partial.c_str());
  return good && sync_directory(directory);
}

}  // namespace yi::crypto
