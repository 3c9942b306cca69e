#pragma once
// Guessing is slowed down: an account is locked after five failures in 15 minutes, an address after fifty, both for 15.
#include <unordered_map>

#include "identity/sessions.h"

namespace yi::identity {

// Any thread. Locks outlive a restart; failures that have not led to one do not.
class Lockout {
 public:
  Lockout(SecretsFile& file, Now now);
  // Either of them is locked. An unknown account is counted like any other: nobody learns which there are.
  bool locked(const std::string& account, const std::string& address);
  void failed(const std::string& account, const std::string& address);
  void succeeded(const std::string& account);

 private:
  struct Entry {
    std::int64_t failures = 0;
    Instant first_at, until;  // until: 0 where it is not locked
  };
  void count(const std::string& subject, std::int64_t most, Instant now);
  void remove_old(Instant now);
  SecretsFile& file_;
  Now now_;
  std::mutex m_;
  std::unordered_map<std::string, Entry> entries_;  // by "account:…" and "address:…"
};

}  // namespace yi::identity
