// Stands before libc in a watched process: does what is asked, and writes it down. What shared memory holds is not watched (SQLite's -shm
// is rebuilt after a crash), and neither is what is read.
#include "forgetful.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

using namespace yi::simulation;

template <class F>
F* real(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}
#define YI_REAL(NAME) static auto* const next = real<decltype(NAME)>(#NAME)

struct Watch {
  std::mutex m;
  std::string root;
  int journal = -1;
  std::uint64_t next_file = 0, next_sync = 0;
  std::unordered_map<ino_t, std::uint64_t> files;  // 0: not ours
  Watch() {
    const char *r = std::getenv(kForgetRoot), *j = std::getenv(kForgetJournal);
    if (!r || !j) return;
    root = r;
    journal = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, j, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  }
};
Watch& watch() {
  static auto* const w = new Watch;  // threads may still write when the process ends
  return *w;
}

struct KeepErrno {
  int kept = errno;
  ~KeepErrno() { errno = kept; }
};

bool ours(std::string_view path) {
  const auto& root = watch().root;
  if (watch().journal < 0 || path.size() <= root.size() || !path.starts_with(root) || path[root.size()] != '/') return false;
  return !path.ends_with("-shm");
}
bool ours_or_root(std::string_view path) { return ours(path) || (watch().journal >= 0 && path == watch().root); }

std::string path_of_fd(int fd) {
  char name[64], path[4096];
  std::snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const auto n = ::readlink(name, path, sizeof path);
  return n > 0 ? std::string(path, static_cast<std::size_t>(n)) : std::string();
}

std::string absolute(int folder, const char* path) {
  std::string p(path ? path : "");
  if (p.empty() || p[0] != '/') {
    char here[4096];
    const std::string base = folder == AT_FDCWD ? (::getcwd(here, sizeof here) ? here : "") : path_of_fd(folder);
    p = p.empty() ? base : base + "/" + p;
  }
  for (std::size_t at; (at = p.find("//")) != p.npos;) p.erase(at, 1);
  for (std::size_t at; (at = p.find("/./")) != p.npos;) p.erase(at, 2);
  while (p.size() > 1 && (p.back() == '/' || p.ends_with("/."))) p.pop_back();
  return p;
}

void note(FileAct act, std::uint64_t file, std::uint64_t offset, std::string_view path = {}, std::string_view other = {}, std::string_view data = {}) {
  FileEntry e{act, static_cast<std::uint32_t>(path.size()), static_cast<std::uint32_t>(other.size()), static_cast<std::uint32_t>(data.size()), file, offset};
  iovec parts[] = {{&e, sizeof e},
                   {const_cast<char*>(path.data()), path.size()},
                   {const_cast<char*>(other.data()), other.size()},
                   {const_cast<char*>(data.data()), data.size()}};
  const auto all = static_cast<ssize_t>(sizeof e + path.size() + other.size() + data.size());
  if (::syscall(SYS_writev, watch().journal, parts, 4) != all) ::abort();  // a record with a gap proves nothing
}

// The number of an open file; 0: not a watched one. Under the lock.
std::uint64_t file_of(int fd) {
  struct stat st {};
  if (watch().journal < 0 || ::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return 0;
  auto& files = watch().files;
  if (const auto it = files.find(st.st_ino); it != files.end()) return it->second;
  const auto path = path_of_fd(fd);
  const auto file = ours(path) ? ++watch().next_file : 0;
  if (file) note(FileAct::found, file, 0, path);
  return files[st.st_ino] = file;
}

template <class Open>
int watched_open(int folder, const char* name, int flags, Open open) {
  if (watch().journal < 0 || !(flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR))) return open();
  const auto path = absolute(folder, name);
  if (!ours(path)) return open();
  std::lock_guard lock(watch().m);
  struct stat st {};
  const bool there = ::lstat(path.c_str(), &st) == 0;
  const int fd = open();
  KeepErrno keep;
  if (fd < 0 || ::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return fd;
  if (!there) {
    watch().files[st.st_ino] = ++watch().next_file;
    note(FileAct::created, watch().next_file, 0, path);
  } else if (const auto file = file_of(fd); file && (flags & O_TRUNC)) {
    note(FileAct::truncated, file, 0);
  }
  return fd;
}

// `at`: where it goes, or -1 for the file's own position.
template <class Write>
ssize_t watched_write(int fd, off_t at, Write write) {
  struct stat st {};
  if (watch().journal < 0 || ::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return write();
  std::lock_guard lock(watch().m);
  const auto file = file_of(fd);
  if (!file) return write();
  if (at < 0) at = ::fcntl(fd, F_GETFL) & O_APPEND ? st.st_size : ::lseek(fd, 0, SEEK_CUR);
  const auto n = write();
  KeepErrno keep;
  if (n > 0) {
    // As the file has it now: whatever way it was given.
    std::string bytes(static_cast<std::size_t>(n), '\0');
    const int readable = ::fcntl(fd, F_GETFL) & O_ACCMODE;
    ssize_t got = -1;
    if (readable != O_WRONLY) {
      got = ::pread(fd, bytes.data(), bytes.size(), at);
    } else {
      char name[64];
      std::snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
      const int again = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC, 0));
      got = ::pread(again, bytes.data(), bytes.size(), at);
      ::syscall(SYS_close, again);
    }
    if (got != n) ::abort();
    note(FileAct::written, file, static_cast<std::uint64_t>(at), {}, {}, bytes);
  }
  return n;
}

template <class Truncate>
int watched_truncate(int fd, off_t size, Truncate truncate) {
  if (watch().journal < 0) return truncate();
  std::lock_guard lock(watch().m);
  const auto file = file_of(fd);
  const int r = truncate();
  KeepErrno keep;
  if (r == 0 && file) note(FileAct::truncated, file, static_cast<std::uint64_t>(size));
  return r;
}

// What was written before the call began is durable when it has returned; others may write meanwhile.
template <class Sync>
int watched_sync(int fd, Sync sync) {
  if (watch().journal < 0) return sync();
  std::uint64_t file = 0, number = 0;
  std::string path;
  {
    std::lock_guard lock(watch().m);
    struct stat st {};
    if (::fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) path = path_of_fd(fd);
    else file = file_of(fd);
    if (!file && !ours_or_root(path)) return sync();
    number = ++watch().next_sync;
    note(FileAct::sync_begun, file, number, path);
  }
  const int r = sync();
  KeepErrno keep;
  std::lock_guard lock(watch().m);
  if (r == 0) note(FileAct::sync_ended, file, number, path);
  return r;
}

template <class Act>
int watched_name(FileAct act, const std::string& path, const std::string& other, Act f) {
  if (!ours(path) && (other.empty() || !ours(other))) return f();
  std::lock_guard lock(watch().m);
  const int r = f();
  KeepErrno keep;
  if (r == 0) note(act, 0, 0, path, other);
  return r;
}

mode_t mode_of(int flags, va_list words) { return flags & (O_CREAT | O_TMPFILE) ? static_cast<mode_t>(va_arg(words, int)) : 0; }

}  // namespace

extern "C" {

#define YI_OPEN(NAME)                                                        \
  int NAME(const char* path, int flags, ...) {                               \
    YI_REAL(NAME);                                                           \
    va_list words;                                                           \
    va_start(words, flags);                                                  \
    const auto mode = mode_of(flags, words);                                 \
    va_end(words);                                                           \
    return watched_open(AT_FDCWD, path, flags, [&] { return next(path, flags, mode); }); \
  }
YI_OPEN(open)
YI_OPEN(open64)
#define YI_OPENAT(NAME)                                                      \
  int NAME(int folder, const char* path, int flags, ...) {                   \
    YI_REAL(NAME);                                                           \
    va_list words;                                                           \
    va_start(words, flags);                                                  \
    const auto mode = mode_of(flags, words);                                 \
    va_end(words);                                                           \
    return watched_open(folder, path, flags, [&] { return next(folder, path, flags, mode); }); \
  }
YI_OPENAT(openat)
YI_OPENAT(openat64)

#define YI_FOPEN(NAME)                                                                                     \
  FILE* NAME(const char* path, const char* mode) {                                                         \
    YI_REAL(NAME);                                                                                         \
    FILE* f = nullptr;                                                                                     \
    const std::string_view m(mode);                                                                        \
    const int flags = m[0] == 'w' ? O_WRONLY | O_CREAT | O_TRUNC : m[0] == 'a' ? O_WRONLY | O_CREAT : m.find('+') != m.npos ? O_RDWR : 0; \
    watched_open(AT_FDCWD, path, flags, [&] { return (f = next(path, mode)) ? ::fileno(f) : -1; });        \
    return f;                                                                                              \
  }
YI_FOPEN(fopen)
YI_FOPEN(fopen64)

ssize_t write(int fd, const void* bytes, size_t n) {
  YI_REAL(write);
  return watched_write(fd, -1, [&] { return next(fd, bytes, n); });
}
ssize_t writev(int fd, const iovec* parts, int n) {
  YI_REAL(writev);
  return watched_write(fd, -1, [&] { return next(fd, parts, n); });
}
ssize_t pwrite(int fd, const void* bytes, size_t n, off_t at) {
  YI_REAL(pwrite);
  return watched_write(fd, at, [&] { return next(fd, bytes, n, at); });
}
ssize_t pwrite64(int fd, const void* bytes, size_t n, off64_t at) {
  YI_REAL(pwrite64);
  return watched_write(fd, at, [&] { return next(fd, bytes, n, at); });
}
int ftruncate(int fd, off_t size) noexcept {
  YI_REAL(ftruncate);
  return watched_truncate(fd, size, [&] { return next(fd, size); });
}
int ftruncate64(int fd, off64_t size) noexcept {
  YI_REAL(ftruncate64);
  return watched_truncate(fd, size, [&] { return next(fd, size); });
}
int fsync(int fd) {
  YI_REAL(fsync);
  return watched_sync(fd, [&] { return next(fd); });
}
int fdatasync(int fd) {
  YI_REAL(fdatasync);
  return watched_sync(fd, [&] { return next(fd); });
}

int rename(const char* from, const char* to) noexcept {
  YI_REAL(rename);
  return watched_name(FileAct::renamed, absolute(AT_FDCWD, from), absolute(AT_FDCWD, to), [&] { return next(from, to); });
}
int link(const char* from, const char* to) noexcept {
  YI_REAL(link);
  return watched_name(FileAct::linked, absolute(AT_FDCWD, from), absolute(AT_FDCWD, to), [&] { return next(from, to); });
}
int unlink(const char* path) noexcept {
  YI_REAL(unlink);
  return watched_name(FileAct::unlinked, absolute(AT_FDCWD, path), "", [&] { return next(path); });
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  YI_REAL(unlinkat);
  return watched_name(flags & AT_REMOVEDIR ? FileAct::removed : FileAct::unlinked, absolute(folder, path), "", [&] { return next(folder, path, flags); });
}
int remove(const char* path) noexcept {
  YI_REAL(remove);
  struct stat st {};
  const bool folder = ::lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
  return watched_name(folder ? FileAct::removed : FileAct::unlinked, absolute(AT_FDCWD, path), "", [&] { return next(path); });
}
int rmdir(const char* path) noexcept {
  YI_REAL(rmdir);
  return watched_name(FileAct::removed, absolute(AT_FDCWD, path), "", [&] { return next(path); });
}
int mkdir(const char* path, mode_t mode) noexcept {
  YI_REAL(mkdir);
  return watched_name(FileAct::made, absolute(AT_FDCWD, path), "", [&] { return next(path, mode); });
}

}  // extern "C"
