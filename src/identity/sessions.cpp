#include "identity/sessions.h"

#include <algorithm>

#include "base/clock.h"
#include "crypto/random.h"

namespace yi::identity {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kWrittenEveryMs = 5 * kMinuteMs;
constexpr std::size_t kMostKnown = 50'000;  // of a node, before it begins to know them anew
constexpr const char* kOpening = "identity_session open";
constexpr const char* kMakingLink = "identity_link make";

bool token_like(std::string_view s) { return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == s.npos; }

// What stands for the account in the row of a link that is nobody's: no account can have such a name.
constexpr const char* kOperatorLink = "*operator";
constexpr const char* kThreePostsLink = "*three_posts";

std::string holder_of(LinkPurpose purpose, const std::string& account) {
  switch (purpose) {
    case LinkPurpose::enter_as_operator: return kOperatorLink;
    case LinkPurpose::open_three_posts: return kThreePostsLink;
    case LinkPurpose::set_password: break;
  }
  return account;
}

Links::Link link_of(const store::Row& row) {
  Links::Link link{LinkPurpose::set_password, row[2].s, {row[3].i}};
  if (link.account == kOperatorLink) link = {LinkPurpose::enter_as_operator, "", link.until};
  else if (link.account == kThreePostsLink) link = {LinkPurpose::open_three_posts, "", link.until};
  return link;
}

}  // namespace

std::string csrf_token_of(std::string_view session_token) { return name_of_token("yichuang csrf " + std::string(session_token)); }

Sessions::Sessions(SecretsFile& file, Now now) : file_(file), now_(std::move(now)) {
  if (file_.shared()) return;  // asked for one by one
  file_.each(session_view(), [this](const store::Row& row) { entries_.emplace(row[1].s, entry_of(row)); });
  remove_expired(now_());
}

Sessions::Entry Sessions::entry_of(const store::Row& row) {
  Entry e;
  e.account = row[2].s;
  e.opened_at = {row[3].i};
  e.seen_at = e.written_at = {row[4].i};
  e.version = row[5].i;
  return e;
}

store::Row Sessions::row_of(const std::string& name, const Session& e) const {
  return {file_.centre().value, name, e.account, e.opened_at.ms, e.seen_at.ms, e.version};
}

bool Sessions::expired(const Session& e, Instant now) const {
  return now.ms - e.seen_at.ms >= limits::kSessionIdleMinutes.value * kMinuteMs || now.ms - e.opened_at.ms >= limits::kSessionHours.value * 60 * kMinuteMs;
}

Sessions::Entries::iterator Sessions::erase(Entries::iterator it) {
  if (it->second.lasting) file_.remove(session_view(), key_of(it->first));
  return entries_.erase(it);
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
  Entry e;
  e.account = account;
  e.opened_at = e.seen_at = e.written_at = now;
  e.version = version;
  e.lasting = lasting;
  const auto name = name_of_token(token);
  if (file_.shared()) {
    open_shared(name, e, now);
    return token;
  }
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
  if (lasting) file_.put(session_view(), row_of(name, e));
  entries_.emplace(name, std::move(e));
  return token;
}

// Every node's sessions are in the rows alone: those that are over go, and the account's oldest where it has very many.
void Sessions::open_shared(const std::string& name, const Entry& e, Instant now) {
  file_.as_one(kOpening, [&](SecretsFile::Turn& turn) {
    auto rows = turn.select(session_view(), "SELECT centre, token, account, opened_at, seen_at, version FROM identity_session WHERE centre=$1"
                                            " AND (account=$2 OR seen_at<=$3 OR opened_at<=$4)",
                            {file_.centre().value, e.account, now.ms - limits::kSessionIdleMinutes.value * kMinuteMs, now.ms - limits::kSessionHours.value * 60 * kMinuteMs});
    std::vector<store::Row> of_account;
    for (auto& row : rows) {
      if (expired(entry_of(row), now)) turn.remove(session_view(), key_of(row[1].s));
      else if (row[2].s == e.account) of_account.push_back(std::move(row));
    }
    std::sort(of_account.begin(), of_account.end(), [](const auto& a, const auto& b) { return a[4].i < b[4].i; });
    for (std::size_t i = 0; i + static_cast<std::size_t>(limits::kSessionsOfAccount.value) < of_account.size() + 1; ++i)
      turn.remove(session_view(), key_of(of_account[i][1].s));
    turn.put(session_view(), row_of(name, e));
  });
}

std::optional<Session> Sessions::use(std::string_view token) { return use(token, true); }
std::optional<Session> Sessions::look(std::string_view token) { return use(token, false); }

void Sessions::ask(const std::string& name) {
  const auto asked = monotonic_ns();
  const auto row = file_.find(session_view(), key_of(name));
  std::lock_guard lock(m_);
  if (!row) {
    entries_.erase(name);
    return;
  }
  if (entries_.size() >= kMostKnown) entries_.clear();
  auto fresh = entry_of(*row);
  fresh.asked_ns = asked;
  auto& e = entries_[name];
  fresh.seen_at = std::max(fresh.seen_at, e.seen_at);  // ours may not be written yet
  e = std::move(fresh);
}

// Not where the row is gone: whoever is at work here must not open again what was closed elsewhere.
void Sessions::seen(const std::string& name, Instant at) {
  if (!file_.shared()) {
    std::lock_guard lock(m_);
    if (const auto it = entries_.find(name); it != entries_.end() && it->second.lasting) file_.put(session_view(), row_of(name, it->second));
    return;
  }
  file_.as_one(SecretsFile::word_of(session_view(), key_of(name)), [&](SecretsFile::Turn& turn) {
    const auto row = turn.find(session_view(), key_of(name));
    if (!row || (*row)[4].i >= at.ms) return;
    auto e = entry_of(*row);
    e.seen_at = at;
    turn.put(session_view(), row_of(name, e));
  });
}

void Sessions::forget(const std::string& name) {
  {
    std::lock_guard lock(m_);
    const auto it = entries_.find(name);
    const bool there = it != entries_.end();
    if (!file_.shared() && (!there || !it->second.lasting)) {
      if (there) entries_.erase(it);
      return;
    }
    if (there) entries_.erase(it);
  }
  file_.remove(session_view(), key_of(name));
}

std::optional<Session> Sessions::use(std::string_view token, bool active) {
  if (!token_like(token)) return std::nullopt;
  const auto name = name_of_token(token);
  const auto now = now_();
  if (file_.shared()) {
    std::unique_lock lock(m_);
    const auto it = entries_.find(name);
    const bool known = it != entries_.end() && monotonic_ns() - it->second.asked_ns < kKnownMs * 1'000'000;
    lock.unlock();
    if (!known) ask(name);
  }
  std::optional<Session> found;
  bool over = false, write = false;
  {
    std::lock_guard lock(m_);
    const auto it = entries_.find(name);
    if (it == entries_.end()) return std::nullopt;
    auto& e = it->second;
    over = expired(e, now);
    if (!over && active) {
      e.seen_at = std::max(e.seen_at, now);
      write = now.ms - e.written_at.ms >= kWrittenEveryMs;
      if (write) e.written_at = now;
    }
    found = e;
  }
  if (over) {
    if (file_.shared()) ask(name);  // somebody may be at work elsewhere
    std::unique_lock lock(m_);
    const auto it = entries_.find(name);
    if (it == entries_.end()) return std::nullopt;
    if (!expired(it->second, now)) return Session(it->second);
    lock.unlock();
    forget(name);
    return std::nullopt;
  }
  if (write) seen(name, found->seen_at);
  return found;
}

void Sessions::close(std::string_view token) { forget(name_of_token(token)); }

void Sessions::close_all_of(const std::string& account) {
  if (file_.shared())
    for (const auto& row : file_.select(session_view(), "SELECT centre, token, account, opened_at, seen_at, version FROM identity_session WHERE centre=$1 AND account=$2",
                                        {file_.centre().value, account}))
      file_.remove(session_view(), key_of(row[1].s));
  std::lock_guard lock(m_);
  for (auto it = entries_.begin(); it != entries_.end();)
    it = it->second.account != account ? std::next(it) : file_.shared() ? entries_.erase(it) : erase(it);
}

Links::Links(SecretsFile& file, Now now) : file_(file), now_(std::move(now)) {
  std::vector<std::string> over;
  file_.each(link_view(), [&](const store::Row& row) {
    const auto link = link_of(row);
    if (link.until <= now_() || (!file_.shared() && link.purpose != LinkPurpose::set_password)) over.push_back(row[1].s);
  });
  for (const auto& name : over) file_.remove(link_view(), {file_.centre().value, name});
}

Result<std::string> Links::make(LinkPurpose purpose, const std::string& account, std::int64_t minutes) {
  const auto code = crypto::random_token();
  const auto now = now_();
  const auto holder = holder_of(purpose, account);
  bool full = false;
  file_.as_one(kMakingLink, [&](SecretsFile::Turn& turn) {
    std::int64_t left = 0;
    for (const auto& row : turn.select(link_view(), "SELECT centre, code, account, until_ms FROM identity_link WHERE centre=$1", {file_.centre().value})) {
      if (row[3].i <= now.ms || (purpose == LinkPurpose::set_password && row[2].s == holder)) turn.remove(link_view(), {file_.centre().value, row[1].s});
      else ++left;
    }
    full = left >= limits::kLinks.value;
    if (!full) turn.put(link_view(), {file_.centre().value, name_of_token(code), holder, now.ms + minutes * kMinuteMs});
  });
  if (full) return Refusal{"identity.too_many_links", limits::kLinks.message, "一次性链接在 30 分钟后失效。", 503, ""};
  return code;
}

std::optional<Links::Link> Links::look(std::string_view code) {
  const auto row = file_.find(link_view(), {file_.centre().value, name_of_token(code)});
  if (!row || (*row)[3].i <= now_().ms) return std::nullopt;
  return link_of(*row);
}

std::optional<Links::Link> Links::take(std::string_view code, LinkPurpose purpose) {
  const store::Row key{file_.centre().value, name_of_token(code)};
  std::optional<Link> taken;
  file_.as_one(SecretsFile::word_of(link_view(), key), [&](SecretsFile::Turn& turn) {
    taken.reset();
    const auto row = turn.find(link_view(), key);
    if (!row || link_of(*row).purpose != purpose) return;
    taken = link_of(*row);
    turn.remove(link_view(), key);
  });
  if (taken && taken->until <= now_()) return std::nullopt;
  return taken;
}

}  // namespace yi::identity
