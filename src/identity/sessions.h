#pragma once
// Sessions (会话) and one-time links. Times are the machine's, handed in as a function so that tests drive them.
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

// Any thread. When a session was last seen is written at most five minutes late: a restart may end it early. Where other nodes write
// too (SecretsFile::shared), what is known of one is asked anew after kKnownMs: closed elsewhere, it opens nothing here after that.
class Sessions {
 public:
  static constexpr std::int64_t kKnownMs = 500;
  Sessions(SecretsFile& file, Now now);
  // A new token: 64 hex digits. The oldest session of an account with very many ends. Not kept over a restart: `lasting` false (on
  // several nodes there is no such thing).
  std::string open(const std::string& account, std::int64_t version, bool lasting = true);
  // Nothing for a token that is unknown, idle too long or too old. May throw store::Failure, as all that follow.
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
    std::int64_t asked_ns = 0;  // shared: when the row was last read
  };
  using Entries = std::unordered_map<std::string, Entry>;  // by name_of_token
  std::optional<Session> use(std::string_view token, bool active);
  bool expired(const Session& e, Instant now) const;
  static Entry entry_of(const store::Row& row);
  store::Row key_of(const std::string& name) const { return {file_.centre().value, name}; }
  store::Row row_of(const std::string& name, const Session& e) const;
  void ask(const std::string& name);  // takes m_
  void forget(const std::string& name);
  void seen(const std::string& name, Instant at);
  void open_shared(const std::string& name, const Entry& e, Instant now);
  Entries::iterator erase(Entries::iterator it);
  void remove_expired(Instant now);
  SecretsFile& file_;
  Now now_;
  mutable std::mutex m_;
  Entries entries_;
};

// The secret part of a form or header that only a page of ours can know, of one session.
std::string csrf_token_of(std::string_view session_token);

enum class LinkPurpose { enter_as_operator, open_three_posts, set_password };

// One-time links: each opens once, on whatever node, within its minutes. Those that set a password outlive a restart; so do all on a
// server, where the node that gave one out is not the one that is asked.
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
  SecretsFile& file_;
  Now now_;
};

}  // namespace yi::identity
