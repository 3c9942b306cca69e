#include "identity/lockout.h"

#include <algorithm>
#include <vector>

namespace yi::identity {
namespace {

constexpr std::int64_t kWindowMs = limits::kLoginWindowMinutes.value * 60'000;
constexpr std::int64_t kLockMs = limits::kLockMinutes.value * 60'000;
constexpr std::int64_t kDayMs = 24 * 3'600'000;
constexpr std::string_view kKnown = "known:";
constexpr std::int64_t kKnownMs = limits::kKnownPairDays.value * kDayMs;

// Account names hold no blank (is_account_name); what is none is never known.
std::string pair_of(const std::string& account, const std::string& address) { return account + " " + address; }

}  // namespace

Lockout::Lockout(SecretsFile& file, Now now) : file_(file), now_(std::move(now)) {
  const auto present = now_();
  std::vector<std::string> over;
  file_.each(lock_view(), [&](const store::Row& row) {
    const auto& name = row[1].s;
    const Instant until{row[2].i};
    if (!name.starts_with(kKnown)) entries_[name] = {0, {}, until};
    else if (until > present) known_[name.substr(kKnown.size())] = until;
    else over.push_back(name);
  });
  for (const auto& name : over) file_.remove(lock_view(), {file_.centre().value, name});
  for (auto it = entries_.begin(); it != entries_.end();) {
    const auto here = it++;
    if (here->second.until <= present) forget(here);
  }
}

void Lockout::forget(Entries::iterator it) {
  if (it->second.until.ms != 0) file_.remove(lock_view(), {file_.centre().value, it->first});
  entries_.erase(it);
}

// What is over goes; where that is not enough, the oldest count of somebody who is not locked: a flood of invented names must not
// make the next real one uncounted.
void Lockout::make_place(Instant now) {
  if (static_cast<std::int64_t>(entries_.size()) < limits::kLoginSubjects.value) return;
  for (auto it = entries_.begin(); it != entries_.end();) {
    const auto here = it++;
    const auto& e = here->second;
    if (e.until.ms != 0 ? e.until <= now : now.ms - e.first_at.ms >= kWindowMs) forget(here);
  }
  while (static_cast<std::int64_t>(entries_.size()) >= limits::kLoginSubjects.value) {
    auto oldest = entries_.end();
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      const auto age = [](const Entry& e) { return std::pair(e.until.ms, e.first_at.ms); };  // locks last
      if (oldest == entries_.end() || age(it->second) < age(oldest->second)) oldest = it;
    }
    forget(oldest);
  }
}

// Locks and known places hold on every node, and each asks for them when it is about to need one: an attempt to log in costs far more.
void Lockout::ask(const std::string& subject) const {
  if (!file_.shared()) return;
  const auto row = file_.find(lock_view(), {file_.centre().value, subject});
  if (row) entries_[subject].until = {(*row)[2].i};
  else if (const auto it = entries_.find(subject); it != entries_.end() && it->second.until.ms != 0) entries_.erase(it);
}

void Lockout::ask_known(const std::string& account, const std::string& address) const {
  if (!file_.shared() || address.empty()) return;
  const auto pair = pair_of(account, address);
  const auto row = file_.find(lock_view(), {file_.centre().value, std::string(kKnown) + pair});
  if (row) known_[pair] = {(*row)[2].i};
  else known_.erase(pair);
}

bool Lockout::is_locked(const std::string& subject, Instant now) const {
  ask(subject);
  const auto it = entries_.find(subject);
  return it != entries_.end() && it->second.until > now;
}

bool Lockout::known(const std::string& account, const std::string& address, Instant now) const {
  ask_known(account, address);
  const auto it = known_.find(pair_of(account, address));
  return it != known_.end() && it->second > now;
}

bool Lockout::address_locked(const std::string& account, const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  return is_locked(known(account, address, now) ? "pair:" + pair_of(account, address) : "address:" + address, now);
}

bool Lockout::admit_try(const std::string& account, const std::string& address, bool staff) {
  if (address.empty()) return true;
  const auto now = now_();
  std::lock_guard lock(m_);
  if (now.ms - minute_.ms >= 60'000) {
    minute_ = now;
    tries_.clear();
  }
  const bool own = staff && known(account, address, now);
  return ++tries_[own ? pair_of(account, address) : address] <= (own ? kTriesOfPair : kTriesOfAddress);
}

bool Lockout::locked(const std::string& account, const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  return is_locked(known(account, address, now) ? "pair:" + pair_of(account, address) : "account:" + account, now);
}

bool Lockout::count(const std::string& subject, std::int64_t most, Instant now) {
  ask(subject);
  if (!entries_.contains(subject)) make_place(now);
  auto& e = entries_[subject];
  if (e.until > now) return true;
  if (e.until.ms != 0 || now.ms - e.first_at.ms >= kWindowMs) e = {0, now, {}};
  if (++e.failures < most) return false;
  e.until = now + kLockMs;
  file_.put(lock_view(), {file_.centre().value, subject, e.until.ms});
  return true;
}

void Lockout::failed(const std::string& account, const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  // A known pair is counted at its place alone, and the place with it: whoever opens accounts there to fail with them locks the place.
  if (known(account, address, now)) count("pair:" + pair_of(account, address), limits::kLoginFailures.value, now);
  else count("account:" + account, limits::kLoginFailures.value, now);
  if (!address.empty()) count("address:" + address, limits::kAddressFailures.value, now);
}

void Lockout::succeeded(const std::string& account, const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  // Its failures from elsewhere stay counted: somebody guesses there while the owner works here.
  for (const auto& subject : {"pair:" + pair_of(account, address), known(account, address, now) ? std::string() : "account:" + account}) {
    ask(subject);
    if (const auto it = entries_.find(subject); it != entries_.end()) forget(it);
  }
  if (address.empty()) return;
  const auto pair = pair_of(account, address);
  const auto it = known_.find(pair);
  if (it != known_.end() && it->second.ms - now.ms > kKnownMs - kDayMs) return;  // written today
  if (it == known_.end() && known_.size() >= kKnownPairs) {
    const auto oldest = std::min_element(known_.begin(), known_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    file_.remove(lock_view(), {file_.centre().value, std::string(kKnown) + oldest->first});
    known_.erase(oldest);
  }
  known_[pair] = now + kKnownMs;
  file_.put(lock_view(), {file_.centre().value, std::string(kKnown) + pair, now.ms + kKnownMs});
}

bool Lockout::admit_registration(const std::string& address) {
  const auto now = now_();
  std::lock_guard lock(m_);
  if (is_locked("register:" + address, now)) return false;
  count("register:" + address, limits::kRegistrations.value, now);
  return true;
}

}  // namespace yi::identity
