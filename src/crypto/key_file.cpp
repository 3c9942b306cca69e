#include "crypto/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/text.h"
#include "crypto/random.h"

namespace yi::crypto {
namespace {

Refusal unreadable(const std::string& file) {
  return {"crypto.key_unreadable", "无法读写签名密钥文件。", "请检查该文件和数据目录的权限与磁盘空间。", 503, file};
}

// Nothing when there is no such file.
Result<std::optional<Secret>> read_key(const std::string& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    if (errno == ENOENT) return std::optional<Secret>{};
    return unreadable(file);
  }
  struct stat st {};
  std::string bytes(8192, '\0');
  const bool regular = ::fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
  const auto n = regular ? ::read(fd, bytes.data(), bytes.size()) : -1;
  ::close(fd);
  if (n < 0) return unreadable(file);
  if (st.st_mode & 077) {
    wipe(bytes);
    return Refusal{"crypto.key_exposed", "签名密钥文件可被其他用户读取。",
                   "请执行 chmod 600；若密钥可能已泄露，请移走 sm2.key 和 sm2.pub，程序会生成新的密钥，旧回执仍用旧公钥核对。", 500, file};
  }
  Secret key(std::string_view(bytes).substr(0, static_cast<std::size_t>(n)));
  wipe(bytes);
  return std::optional(std::move(key));
}

bool write_synced(const std::string& file, std::string_view bytes, mode_t mode) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
  if (fd < 0) return false;
  const bool good = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
  return ::close(fd) == 0 && good;
}

void sync_directory(const std::string& directory) {
  if (const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
}

// The file under its name, complete or not at all; one that stands there already stays.
Checked put_once(const std::string& directory, const std::string& name, std::string_view bytes, mode_t mode) {
  const auto file = directory + "/" + name, partial = file + "." + hex(random_bytes(8));
  bool good = write_synced(partial, bytes, mode);
  if (good) good = ::link(partial.c_str(), file.c_str()) == 0 || errno == EEXIST;
  ::unlink(partial.c_str());
  if (!good) return unreadable(file);
  sync_directory(directory);
  return Done{};
}

}  // namespace

Result<Sm2PrivateKey> open_or_make_key(const std::string& directory) {
  const auto file = directory + "/" + kPrivateKeyFile;
  YI_TRY(auto pem, read_key(file));
  if (!pem) {
    YI_CHECK(put_once(directory, kPrivateKeyFile, Sm2PrivateKey::generate().pem().reveal(), 0600));
    YI_TRY(pem, read_key(file));
    if (!pem) return unreadable(file);
  }
  auto key = Sm2PrivateKey::from_pem(*pem);
  if (!key) {
    auto refusal = key.error();
    refusal.where = file;
    return refusal;
  }
  if (::access((directory + "/" + kPublicKeyFile).c_str(), F_OK) != 0)
    YI_CHECK(put_once(directory, kPublicKeyFile, key->public_key().pem(), 0644));
  return key;
}

}  // namespace yi::crypto
