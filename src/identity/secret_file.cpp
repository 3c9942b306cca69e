#include "identity/secret_file.h"

#include <algorithm>

#include "base/text.h"
#include "crypto/private_file.h"

namespace yi::identity {
namespace {

Refusal damaged(const std::string& file) {
  return {"identity.secret_damaged", "密钥文件应为运行用户所有的普通文件，只有一行密钥。", "请重新写入平台发给的密钥，不要空行和汉字。", 500, file};
}

}  // namespace

Result<crypto::Secret> read_secret_file(const std::string& file) {
  crypto::Secret whole;
  switch (crypto::read_private(file, whole, crypto::Owner::oneself)) {
    case crypto::PrivateFile::missing:
    case crypto::PrivateFile::unreadable: return Refusal{"identity.secret_unreadable", "无法读取密钥文件。", "请核对设置中写的路径和文件的权限。", 500, file};
    case crypto::PrivateFile::foreign: return damaged(file);
    case crypto::PrivateFile::exposed:
      return Refusal{"identity.secret_exposed", "密钥文件可被其他用户读取。", "请执行 chmod 600 后重新启动；若密钥可能已泄露，请向平台申请更换。", 500, file};
    case crypto::PrivateFile::good: break;
  }
  const auto text = trim(whole.reveal());
  const bool good = !text.empty() && text.size() <= 500 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
  if (!good) return damaged(file);
  return crypto::Secret(text);
}

}  // namespace yi::identity
