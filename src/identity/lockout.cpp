#include "identity/lockout.h"

namespace yi::identity {
namespace {
constexpr std::int64_t kWindowMs = limits::kLoginWindowMinutes.value * 60'000;
constexpr std::int64_t kLockMs = limits::kLockMinutes.value * 60'000;
}  // namespace

Lockout::Lockout(SecretsFile& file, Now now) : file_(file), now_(std::move(now)) {
  file_.each(lock_view(), [this](const store::Row& row) { entries_[row[1].s] = {0, {}, {row[2].i}}; });
  remove_old(now_());
}

void Lockout::remove_old(Instant now) {
  for (auto it = entries_.begin(); it != entries_.end();) {
    const auto& e = it->second;
    if (e.until > now || (e.until.ms == 0 && now.ms - e.first_at.ms < kWindowMs)) {
      ++it;
      continue;
    }
    if (e.until.ms != 0) file_.remove(lock_view(), {file_.centre().value, it->first});
    it = entries_.erase(it);
  }
}

bool Lockout::locked(const std::string& account, const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  for (const auto& subject : {"account:" + account, "address:" + address})
    if (const auto it = entries_.find(subject); it != entries_.end() && it->second.until > now) return true;
  return false;
}

void Lockout::count(const std::string& subject, std::int64_t most, Instant now) {
  if (static_cast<std::int64_t>(entries_.size()) >= limits::kLoginSubjects.value && !entries_.contains(subject)) return;
  auto& e = entries_[subject];
  if (e.until > now) return;
  if (e.until.ms != 0 || now.ms - e.first_at.ms >= kWindowMs) e = {0, now, {}};
  if (++e.failures < most) return;
  e.until = now + kLockMs;
  file_.put(lock_view(), {file_.centre().value, subject, e.until.ms});
}

void Lockout::failed(const std::string& account, const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  if (static_cast<std::int64_t>(entries_.size()) >= limits::kLoginSubjects.value) remove_old(now);
  count("account:" + account, limits::kLoginFailures.value, now);
  if (!address.empty()) count("address:" + address, limits::kAddressFailures.value, now);
}

void Lockout::succeeded(const std::string& account) {
  std::lock_guard lock(m_);
  const auto it = entries_.find("account:" + account);
  if (it == entries_.end()) return;
  if (it->second.until.ms != 0) file_.remove(lock_view(), {file_.centre().value, it->first});
  entries_.erase(it);
}

}  // namespace yi::identity
