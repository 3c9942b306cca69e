#include "identity/sessions.h"

#include "crypto/random.h"

namespace yi::identity {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kWrittenEveryMs = 5 * kMinuteMs;

bool token_like(std::string_view s) { return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == s.npos; }

}  // namespace

std::string csrf_token_of(std::string_view session_token) { return name_of_token("yichuang csrf " + std::string(session_token)); }

Sessions::Sessions(SecretsFile& file, Now now) : file_(file), now_(std::move(now)) {
  file_.each(session_view(), [this](const store::Row& row) {
    Entry e;
    e.account = row[2].s;
    e.opened_at = {row[3].i};
    e.seen_at = e.written_at = {row[4].i};
    e.version = row[5].i;
    entries_.emplace(row[1].s, std::move(e));
  });
  remove_expired(now_());
}

bool Sessions::expired(const Entry& e, Instant now) const {
  return now.ms - e.seen_at.ms >= limits::kSessionIdleMinutes.value * kMinuteMs || now.ms - e.opened_at.ms >= limits::kSessionHours.value * 60 * kMinuteMs;
}

Sessions::Entries::iterator Sessions::erase(Entries::iterator it) {
  if (it->second.lasting) file_.remove(session_view(), {file_.centre().value, it->first});
  return entries_.erase(it);
}

void Sessions::write(const std::string& name, Entry& e, Instant now) {
  if (!e.lasting) return;
  file_.put(session_view(), {file_.centre().value, name, e.account, e.opened_at.ms, e.seen_at.ms, e.version});
  e.written_at = now;
}

std::int64_t Sessions::count() const {
  std::lock_guard lock(m_);
  return static_cast<std::int64_t>(entries_.size());
}

void Sessions::remove_expired(Instant now) {
  for (auto it = entries_.begin(); it != entries_.end();) it = expired(it->second, now) ? erase(it) : std::next(it);
}

std::string Sessions::open(const std::string& account, std::int64_t version, bool lasting) {
  const auto token = crypto::random_token();
  const auto now = now_();
  std::lock_guard lock(m_);
  remove_expired(now);
  auto oldest = entries_.end();
  std::int64_t n = 0;
  for (auto it = entries_.begin(); it != entries_.end(); ++it) {
    if (it->second.account != account) continue;
    ++n;
    if (oldest == entries_.end() || it->second.seen_at < oldest->second.seen_at) oldest = it;
  }
  if (n >= limits::kSessionsOfAccount.value) erase(oldest);
  Entry e;
  e.account = account;
  e.opened_at = e.seen_at = now;
  e.version = version;
  e.lasting = lasting;
  const auto name = name_of_token(token);
  write(name, e, now);
  entries_.emplace(name, std::move(e));
  return token;
}

std::optional<Session> Sessions::use(std::string_view token) { return use(token, true); }
std::optional<Session> Sessions::look(std::string_view token) { return use(token, false); }

std::optional<Session> Sessions::use(std::string_view token, bool active) {
  if (!token_like(token)) return std::nullopt;
  const auto name = name_of_token(token);
  const auto now = now_();
  std::lock_guard lock(m_);
  const auto it = entries_.find(name);
  if (it == entries_.end()) return std::nullopt;
  auto& e = it->second;
  if (expired(e, now)) {
    erase(it);
    return std::nullopt;
  }
  if (!active) return Session(e);
  e.seen_at = std::max(e.seen_at, now);
  if (now.ms - e.written_at.ms >= kWrittenEveryMs) write(name, e, now);
  return Session(e);
}

void Sessions::close(std::string_view token) {
  std::lock_guard lock(m_);
  if (const auto it = entries_.find(name_of_token(token)); it != entries_.end()) erase(it);
}

void Sessions::close_all_of(const std::string& account) {
  std::lock_guard lock(m_);
  for (auto it = entries_.begin(); it != entries_.end();) it = it->second.account == account ? erase(it) : std::next(it);
}

Links::Links(SecretsFile& file, Now now) : file_(file), now_(std::move(now)) {
  file_.each(link_view(), [this](const store::Row& row) { links_[row[1].s] = {LinkPurpose::set_password, row[2].s, {row[3].i}}; });
  remove_expired();
}

void Links::erase(std::map<std::string, Link>::iterator it) {
  if (it->second.purpose == LinkPurpose::set_password) file_.remove(link_view(), {file_.centre().value, it->first});
  links_.erase(it);
}

void Links::remove_expired() {
  const auto now = now_();
  for (auto it = links_.begin(); it != links_.end();) {
    const auto here = it++;
    if (here->second.until <= now) erase(here);
  }
}

Result<std::string> Links::make(LinkPurpose purpose, const std::string& account, std::int64_t minutes) {
  const auto code = crypto::random_token();
  std::lock_guard lock(m_);
  remove_expired();
  for (auto it = links_.begin(); it != links_.end();) {
    const auto here = it++;
    if (purpose == LinkPurpose::set_password && here->second.purpose == purpose && here->second.account == account) erase(here);
  }
  if (static_cast<std::int64_t>(links_.size()) >= limits::kLinks.value)
    return Refusal{"identity.too_many_links", limits::kLinks.message, "一次性链接在 30 分钟后失效。", 503, ""};
  const Link link{purpose, account, now_() + minutes * kMinuteMs};
  const auto name = name_of_token(code);
  if (purpose == LinkPurpose::set_password) file_.put(link_view(), {file_.centre().value, name, account, link.until.ms});
  links_[name] = link;
  return code;
}

std::optional<Links::Link> Links::look(std::string_view code) {
  std::lock_guard lock(m_);
  const auto it = links_.find(name_of_token(code));
  if (it == links_.end() || it->second.until <= now_()) return std::nullopt;
  return it->second;
}

std::optional<Links::Link> Links::take(std::string_view code, LinkPurpose purpose) {
  std::lock_guard lock(m_);
  const auto it = links_.find(name_of_token(code));
  if (it == links_.end() || it->second.purpose != purpose) return std::nullopt;
  const auto link = it->second;
  erase(it);
  if (link.until <= now_()) return std::nullopt;
  return link;
}

}  // namespace yi::identity
