#pragma once
// Guessing is slowed down: an account is locked after five failures in 15 minutes, an address after fifty, both for 15. Neither lock
// shuts out who has signed in from the same place before: an (account, address) pair that is known is counted by itself, so that a
// stranger can lock nobody out of their own desk.
#include <unordered_map>

#include "identity/sessions.h"

namespace yi::identity {

// Any thread. Locks and known pairs outlive a restart; failures that have not led to one do not.
class Lockout {
 public:
  Lockout(SecretsFile& file, Now now);
  // The address is locked, and the account has never signed in from it: refused before any work is done, which tells nothing of
  // accounts.
  bool address_locked(const std::string& account, const std::string& address);
  // The account is locked for whoever comes from this address. An unknown account is counted like any other: nobody learns which
  // there are.
  bool locked(const std::string& account, const std::string& address);
  void failed(const std::string& account, const std::string& address);
  void succeeded(const std::string& account, const std::string& address);
  // One more registration from this address; false beyond limits::kRegistrations in the window.
  bool admit_registration(const std::string& address);

 private:
  struct Entry {
    std::int64_t failures = 0;
    Instant first_at, until;  // until: 0 where it is not locked; of a known pair, until when it is known
  };
  using Entries = std::unordered_map<std::string, Entry>;
  bool is_locked(const std::string& subject, Instant now) const;
  bool known(const std::string& account, const std::string& address, Instant now) const;
  // True where the subject is locked from now on.
  bool count(const std::string& subject, std::int64_t most, Instant now);
  void make_place(Instant now);
  void forget(Entries::iterator it);
  SecretsFile& file_;
  Now now_;
  mutable std::mutex m_;
  Entries entries_;  // by "account:…", "address:…", "pair:…", "known:…", "register:…"
};

}  // namespace yi::identity
