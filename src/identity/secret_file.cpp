#include "identity/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"

namespace yi::identity {

Result<crypto::Secret> read_secret_file(const std::string& file) {
  // Never waits: a pipe of that name has nobody at its other end.
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat st {};
  const bool stated = fd >= 0 && ::fstat(fd, &st) == 0;
  std::string buffer(600, '\0');
  const auto n = stated && S_ISREG(st.st_mode) ? ::read(fd, buffer.data(), buffer.size()) : 0;
  if (fd >= 0) ::close(fd);
  if (!stated || n < 0) return Refusal{"identity.secret_unreadable", "无法读取密钥文件。", "请核对设置中写的路径和文件的权限。", 500, file};
  if (S_ISREG(st.st_mode) && (st.st_mode & 077))
    return Refusal{"identity.secret_exposed", "密钥文件可被其他用户读取。", "请执行 chmod 600 后重新启动；若密钥可能已泄露，请向平台申请更换。", 500, file};
  crypto::Secret secret{std::string(trim(std::string_view(buffer.data(), static_cast<std::size_t>(n))))};
  crypto::wipe(buffer);
  const auto text = secret.reveal();
  const bool good = !text.empty() && text.size() <= 500 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (!S_ISREG(st.st_mode) || st.st_uid != ::geteuid() || !good)
    return Refusal{"identity.secret_damaged", "密钥文件应为运行用户所有的普通文件，只有一行密钥。", "请重新写入平台发给的密钥，不要空行和汉字。", 500, file};
  return secret;
}

}  // namespace yi::identity
