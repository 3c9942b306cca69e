#include "app/upload_quota.h"

namespace yi::app {
namespace {
constexpr std::int64_t kDayMs = 24 * 3'600'000;
}

Result<std::unique_ptr<UploadQuota::Place>> UploadQuota::enter(const std::string& account) {
  {
    std::lock_guard lock(m_);
    auto& use = uses_[account];
    if (use.open >= limits::kUploadsOfAccount.value)
      return Refusal{"app.too_many_uploads", limits::kUploadsOfAccount.message, "请等前面的文件传完，再上传这一个。", 429, ""};
    ++use.open;
  }
  return std::make_unique<Place>(shared_from_this(), account);
}

Checked UploadQuota::take(const std::string& account, std::size_t bytes, std::int64_t now_ms) {
  std::lock_guard lock(m_);
  auto& use = uses_[account];
  if (now_ms - use.since_ms >= kDayMs) {
    use.since_ms = now_ms;
    use.bytes = 0;
  }
  if (use.bytes + static_cast<std::int64_t>(bytes) > limits::kUploadBytesOfDay.value)
    return Refusal{"app.upload_quota", limits::kUploadBytesOfDay.message, "请压缩扫描件，或到窗口提交原件；明天可以继续上传。", 429, ""};
  use.bytes += static_cast<std::int64_t>(bytes);
  return Done{};
}

void UploadQuota::leave(const std::string& account) {
  std::lock_guard lock(m_);
  const auto it = uses_.find(account);
  if (it == uses_.end()) return;
  if (--it->second.open == 0 && it->second.bytes == 0) uses_.erase(it);
}

}  // namespace yi::app
