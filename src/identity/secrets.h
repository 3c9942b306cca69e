#pragma once
// What opens accounts, beside the ledger (identity.db, or tables on a server). Passwords as Argon2id hashes, seeds of second factors, sessions (SM3 of the
// token alone), locks, one-time links. Each change is one durable transaction; any thread.
#include <memory>
#include <string>

#include "crypto/secret.h"
#include "store/key_vault.h"
#include "store/side_tables.h"

namespace yi::identity {

inline constexpr const char* kSecretsFile = "identity";

using SecretsFile = store::SideTables;
// On SQLite whoever calls holds the directory's lock. Refusals of store::open_beside.
Result<std::unique_ptr<SecretsFile>> open_secrets(const store::Place& place, CentreCode centre);
// Its tables, in an order of no meaning.
std::vector<const store::View*> secret_tables();

// What opens one account.
struct AccountSecret {
  std::string password_hash;  // "" until the first one-time link has been used
  crypto::Secret totp_seed;     // empty: no second factor
  crypto::Secret totp_pending;  // shown, not confirmed yet
  Instant pending_at;           // when it was shown
  std::int64_t pending_wrong = 0;  // codes since that were not its own
  std::int64_t totp_step = 0;   // the last that opened: a code opens once
};

// Seeds of second factors stand sealed under the installation's own key: a copy of identity.db without the keys opens nothing.
class AccountSecrets {
 public:
  // Both outlive it.
  AccountSecrets(SecretsFile& file, store::KeyVault& keys) : file_(file), keys_(keys) {}
  AccountSecret find(const std::string& account);  // empty for an account that has none yet
  void put(const std::string& account, const AccountSecret& secret);
  // Looks and writes as one: `act` may change what it gets and says whether to keep that. It may be called a second time.
  void change(const std::string& account, const std::function<bool(AccountSecret&)>& act);

 private:
  AccountSecret read(const std::string& account, std::optional<store::Row> row) const;
  store::Row row_of(const std::string& account, const AccountSecret& secret) const;
  std::string sealed(const std::string& account, const char* what, const crypto::Secret& seed) const;
  crypto::Secret opened(const std::string& account, const char* what, std::string bytes) const;
  SecretsFile& file_;
  store::KeyVault& keys_;
};

// A restored copy: nobody is signed in, and no one-time link of before opens anything. Refusals of store::open_beside.
Checked end_sessions_and_links(const store::Place& place, CentreCode centre);

// The name under which a token or code is kept: hex SM3.
std::string name_of_token(std::string_view token);

const store::View& secret_view();
const store::View& session_view();
const store::View& lock_view();
const store::View& link_view();

}  // namespace yi::identity
