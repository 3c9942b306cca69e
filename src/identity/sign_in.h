#pragma once
// What happens between a name with a password and a session. The slow parts (Argon2id: 0.1 s and 64 MiB) belong on worker
// threads; at most two run at a time.
#include <semaphore>

#include "identity/accounts.h"
#include "identity/audit.h"
#include "identity/lockout.h"

namespace yi::identity {

// A second factor that was shown and not confirmed: how long it may still be, and how many codes may miss it.
inline constexpr std::int64_t kPendingMinutes = 10;
inline constexpr std::int64_t kPendingCodes = 5;

struct Credentials {
  std::string account;
  crypto::Secret password;
  std::string code;  // of the second factor, "" when none is given
  std::string address;
};

class SignIn {
 public:
  SignIn(const AccountBook& book, SecretsFile& file, store::KeyVault& keys, Sessions& sessions, Lockout& lockout, AuditLog& audit, Now now);

  // The new session's token. Refusals: "identity.login_failed" (401) alike for a wrong password, an unknown, suspended or locked
  // account, and a wrong or repeated code; "identity.address_locked" (429) after many failures from one address, "identity.too_many_tries" (429); "identity.code_required" (401) when the password is right and a second factor is set up.
  Result<std::string> sign_in(const Credentials& c);
  // Refusal "identity.too_many_registrations" (429).
  Checked admit_registration(const std::string& address);
  // The present session's account has proved itself (an external identity): a session without a password.
  Result<std::string> sign_in_as(const std::string& account, const std::string& address, const std::string& by);

  // Refusals "identity.weak_password" and "identity.login_failed" (the old one is wrong). Ends the account's other sessions.
  Checked change_password(const std::string& account, const crypto::Secret& old, const crypto::Secret& fresh, const std::string& address);
  // Without the old one: by a one-time link, which has been used up, or at registration. A link takes the second factor away.
  Checked set_password(const std::string& account, const crypto::Secret& fresh, const std::string& address, bool by_link = true);
  bool has_password(const std::string& account) { return !secrets_.find(account).password_hash.empty(); }
  bool has_totp(const std::string& account) { return !secrets_.find(account).totp_seed.empty(); }  // asked for at log-in

  // The link for the app (otpauth://…), a secret; not yet asked for at log-in until a code confirms it. Asks for the password and,
  // where there is a second factor, for its code (`c.code`): who knows the password alone must not put their own in its place.
  // Refusals of a log-in, and "identity.wrong_code", which counts towards the lock.
  Result<crypto::Secret> enrol_totp(const Credentials& c, const std::string& issuer);
  // Ends all sessions of the account, its own too. Refusals "identity.wrong_code" and, with nothing shown, after kPendingMinutes or
  // kPendingCodes, "identity.enrolment_over": the secret is forgotten.
  Checked confirm_totp(const std::string& account, const std::string& code);

 private:
  bool check(const std::string& hash, const crypto::Secret& password);
  std::string hash(const crypto::Secret& password);
  Checked verify(const std::string& account, const crypto::Secret& password, const std::string& address);
  Refusal failed(const std::string& account, const std::string& address, const char* why);

  const AccountBook& book_;
  AccountSecrets secrets_;
  Sessions& sessions_;
  Lockout& lockout_;
  AuditLog& audit_;
  Now now_;
  std::counting_semaphore<> hashes_;
  std::once_flag dummy_once_;
  std::string dummy_;       // an unknown account's "hash": costs the same
};

// Refusal "identity.weak_password".
Checked check_strength(const std::string& account, std::string_view password);

}  // namespace yi::identity
