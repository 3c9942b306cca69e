#include "crypto/key_file.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>

#include "crypto/private_file.h"

namespace yi::crypto {
namespace {

Refusal unreadable(const std::string& file) {
  return {"crypto.key_unreadable", "无法读写签名密钥文件。", "请检查该文件和数据目录的权限与磁盘空间。", 503, file};
}

// Nothing when there is no such file.
Result<std::optional<Secret>> read_key(const std::string& file) {
  Secret key;
  switch (read_private(file, key)) {
    case PrivateFile::missing: return std::optional<Secret>{};
    case PrivateFile::foreign:
    case PrivateFile::unreadable: return unreadable(file);
    case PrivateFile::exposed:
      return Refusal{"crypto.key_exposed", "签名密钥文件可被其他用户读取。",
                     "请执行 chmod 600；若密钥可能已泄露，请移走 sm2.key 和 sm2.pub，程序会生成新的密钥，旧回执仍用旧公钥核对。", 500, file};
    case PrivateFile::good: break;
  }
  return std::optional(std::move(key));
}

Checked put(const std::string& directory, const char* name, std::string_view bytes, mode_t mode) {
  if (!put_once(directory, name, bytes, mode)) return unreadable(directory + "/" + name);
  return Done{};
}

}  // namespace

Result<Sm2PrivateKey> open_or_make_key(const std::string& directory) {
  const auto file = directory + "/" + kPrivateKeyFile;
  YI_TRY(auto pem, read_key(file));
  if (!pem) {
    YI_CHECK(put(directory, kPrivateKeyFile, Sm2PrivateKey::generate().pem().reveal(), 0600));
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
    YI_CHECK(put(directory, kPublicKeyFile, key->public_key().pem(), 0644));
  return key;
}

Result<std::optional<Secret>> read_signing_key(const std::string& directory) { return read_key(directory + "/" + kPrivateKeyFile); }

Checked publish_key(const std::string& directory, const Sm2PublicKey& key) {
  const auto file = directory + "/" + kPublicKeyFile, pem = key.pem();
  {
    std::ifstream in(file, std::ios::binary);
    if (in && std::string(std::istreambuf_iterator<char>(in), {}) == pem) return Done{};
  }
  const auto fresh = file + ".new";
  ::unlink(fresh.c_str());
  if (!write_synced(fresh, pem, 0644) || ::rename(fresh.c_str(), file.c_str()) != 0 || !sync_directory(directory)) return unreadable(file);
  return Done{};
}

}  // namespace yi::crypto
