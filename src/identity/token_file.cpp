#include "identity/token_file.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "base/text.h"
#include "crypto/private_file.h"
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

// "" when there is no such file.
Result<std::string> read_token(const std::string& file) {
  crypto::Secret text;
  switch (crypto::read_private(file, text, crypto::Owner::oneself)) {
    case crypto::PrivateFile::missing: return std::string();
    case crypto::PrivateFile::unreadable: return unreadable(file);
    case crypto::PrivateFile::foreign: return damaged(file);
    case crypto::PrivateFile::exposed:
      return Refusal{"identity.token_exposed", "操作员令牌文件可被其他用户读取。",
                     "请执行 chmod 600 后重新启动；若令牌可能已泄露，请删除该文件，程序会生成新的令牌。", 500, file};
    case crypto::PrivateFile::good: break;
  }
  const auto token = trim(text.reveal());
  if (!is_token(token)) return damaged(file);
  return std::string(token);
}

// Whole under its name or not there at all. Whoever opens a Gatekeeper holds the data directory's lock.
Result<std::string> write_token(const std::string& file, const std::string& token) {
  const auto fresh = file + ".new";
  ::unlink(fresh.c_str());  // of a start that was interrupted
  if (!crypto::write_synced(fresh, token + "\n", 0600) || ::rename(fresh.c_str(), file.c_str()) != 0) {
    ::unlink(fresh.c_str());
    return unreadable(file);
  }
  if (!crypto::sync_directory(std::filesystem::path(file).parent_path())) return unreadable(file);
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
