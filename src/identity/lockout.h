#pragma once
// Guessing is slowed down: an account is locked after five failures in 15 minutes, an address after fifty, both for 15. Neither lock
// shuts out who has signed in from the same place before: an (account, address) pair that is known is counted by itself, so that a
// stranger can lock nobody out of their own desk.
#include <unordered_map>

#include "identity/sessions.h"

namespace yi::identity {

inline constexpr std::size_t kKnownPairs = 200'000;       // pairs of account and address; about 40 MB, the oldest goes
inline constexpr std::int64_t kTriesOfPair = 10;          // passwords looked at for one known pair of staff in a minute
inline constexpr std::int64_t kTriesOfAddress = 60;       // and for all others of one address: a tenth of the one thread that hashes

// Any thread. Locks and known pairs outlive a restart; failures that have not led to one do not.
class Lockout {
 public:
  Lockout(SecretsFile& file, Now now);
  // Refused before any work is done: the address is locked and the account has never signed in from it; or the account is known
  // there and has failed too often there. Neither tells anything of accounts elsewhere.
  bool address_locked(const std::string& account, const std::string& address);
  // One more password to be hashed; false where this place has had its share of the minute. `staff`: the account is a member of
  // staff's (nobody opens such an account by themselves), so that a hall behind one address is not held up by what else comes from it.
  bool admit_try(const std::string& account, const std::string& address, bool staff);
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
    Instant first_at, until;  // until: 0 where it is not locked
  };
  using Entries = std::unordered_map<std::string, Entry>;
  bool is_locked(const std::string& subject, Instant now) const;
  bool known(const std::string& account, const std::string& address, Instant now) const;
  // True where the subject is locked from now on.
  bool count(const std::string& subject, std::int64_t most, Instant now);
  void make_place(Instant now);
  void forget(Entries::iterator it);
  void ask(const std::string& subject) const;  // what other nodes have locked since
  void ask_known(const std::string& account, const std::string& address) const;
  SecretsFile& file_;
  Now now_;
  mutable std::mutex m_;
  mutable Entries entries_;  // by "account:…", "address:…", "pair:…", "register:…"
  mutable std::unordered_map<std::string, Instant> known_;  // by pair: until when; not in entries_, where a flood of counts would meet them
  std::unordered_map<std::string, std::int64_t> tries_;  // in this minute, by pair or address
  Instant minute_{};
};

}  // namespace yi::identity
