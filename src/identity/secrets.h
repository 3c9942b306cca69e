#pragma once
// identity.db: what opens accounts, beside the ledger. Passwords as Argon2id hashes, seeds of second factors, sessions (SM3 of the
// token alone), locks, one-time links. Each change is one durable transaction; any thread.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "crypto/secret.h"
#include "store/database.h"

namespace yi::identity {

inline constexpr const char* kSecretsFile = "identity";

class SecretsFile {
 public:
  // Whoever calls holds the directory's lock. Refusals of store::open_beside.
  static Result<std::unique_ptr<SecretsFile>> open(const std::string& directory, CentreCode centre);

  CentreCode centre() const { return centre_; }
  // Throws store::Failure. `row` begins with the centre's code; for `remove` the key alone.
  void put(const store::View& view, store::Row row);
  void remove(const store::View& view, store::Row key);
  // Every row of a table, in key order.
  void each(const store::View& view, const std::function<void(const store::Row&)>& f);
  std::optional<store::Row> find(const store::View& view, store::Row key);

 private:
  SecretsFile(std::unique_ptr<store::Store> s, CentreCode centre) : store_(std::move(s)), centre_(centre) {}
  void change(const store::View& view, store::RowChange change);
  std::mutex m_;
  std::unique_ptr<store::Store> store_;
  CentreCode centre_;
};

// What opens one account.
struct AccountSecret {
  std::string password_hash;  // "" until the first one-time link has been used
  crypto::Secret totp_seed;     // empty: no second factor
  crypto::Secret totp_pending;  // shown, not confirmed yet
  std::int64_t totp_step = 0;   // the last that opened: a code opens once
};

class AccountSecrets {
 public:
  explicit AccountSecrets(SecretsFile& file) : file_(file) {}
  AccountSecret find(const std::string& account);  // empty for an account that has none yet
  void put(const std::string& account, const AccountSecret& secret);

 private:
  SecretsFile& file_;
};

// The name under which a token or code is kept: hex SM3.
std::string name_of_token(std::string_view token);

const store::View& secret_view();
const store::View& session_view();
const store::View& lock_view();
const store::View& link_view();

}  // namespace yi::identity
