#pragma once
// Sessions (会话) and one-time links. Times are the machine's, handed in as a function so that tests drive them.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/limits.h"
#include "identity/secrets.h"

namespace yi::identity {

using Now = std::function<Instant()>;

struct Session {
  std::string account;
  Instant opened_at, seen_at;
  std::int64_t version = 0;  // of the account when it was opened (AccountState::version)
};

// Any thread. In the file stands when a session was last seen, at most five minutes late: a restart may end it early.
class Sessions {
 public:
  Sessions(SecretsFile& file, Now now);
  // A new token: 64 hex digits. The oldest session of an account with very many ends. Not kept over a restart: `lasting` false.
  std::string open(const std::string& account, std::int64_t version, bool lasting = true);
  // Nothing for a token that is unknown, idle too long or too old.
  std::optional<Session> use(std::string_view token);
  // The same, without counting as activity: of what a page receives while nobody is at it.
  std::optional<Session> look(std::string_view token);
  void close(std::string_view token);
  void close_all_of(const std::string& account);
  std::int64_t count() const;  // open now; some of them may have run out and not been looked at since

 private:
  struct Entry : Session {
    Instant written_at;
    bool lasting = true;
  };
  using Entries = std::unordered_map<std::string, Entry>;  // by name_of_token
  std::optional<Session> use(std::string_view token, bool active);
  bool expired(const Entry& e, Instant now) const;
  Entries::iterator erase(Entries::iterator it);
  void write(const std::string& name, Entry& e, Instant now);
  void remove_expired(Instant now);
  SecretsFile& file_;
  Now now_;
  mutable std::mutex m_;
  Entries entries_;
};

// The secret part of a form or header that only a page of ours can know, of one session.
std::string csrf_token_of(std::string_view session_token);

enum class LinkPurpose { enter_as_operator, open_three_posts, set_password };

// One-time links: each opens once, within its minutes. Those that set a password outlive a restart.
class Links {
 public:
  Links(SecretsFile& file, Now now);
  // 64 hex digits. An account's earlier link ends. Refusal "identity.too_many_links".
  Result<std::string> make(LinkPurpose purpose, const std::string& account, std::int64_t minutes);
  struct Link {
    LinkPurpose purpose;
    std::string account;
    Instant until;
  };
  std::optional<Link> look(std::string_view code);  // stays
  std::optional<Link> take(std::string_view code, LinkPurpose purpose);  // is used up

 private:
  void erase(std::map<std::string, Link>::iterator it);
  void remove_expired();
  SecretsFile& file_;
  Now now_;
  std::mutex m_;
  std::map<std::string, Link> links_;  // by name_of_token
};

}  // namespace yi::identity
