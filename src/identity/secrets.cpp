#include "identity/secrets.h"

#include "base/text.h"
#include "crypto/sm3.h"

namespace yi::identity {

using store::Type;

const store::View& secret_view() {
  static const store::View v{"identity_secret", 1, store::ViewKind::report, 2,
                             {{"centre", Type::integer}, {"account", Type::text}, {"password_hash", Type::text}, {"totp_seed", Type::bytes},
                              {"totp_pending", Type::bytes}, {"totp_step", Type::integer}}};
  return v;
}
const store::View& session_view() {
  static const store::View v{"identity_session", 1, store::ViewKind::report, 2,
                             {{"centre", Type::integer}, {"token", Type::text}, {"account", Type::text}, {"opened_at", Type::integer},
                              {"seen_at", Type::integer}, {"version", Type::integer}}};
  return v;
}
const store::View& lock_view() {
  static const store::View v{"identity_lock", 1, store::ViewKind::report, 2,
                             {{"centre", Type::integer}, {"subject", Type::text}, {"until_ms", Type::integer}}};
  return v;
}
const store::View& link_view() {
  static const store::View v{"identity_link", 1, store::ViewKind::report, 2,
                             {{"centre", Type::integer}, {"code", Type::text}, {"account", Type::text}, {"until_ms", Type::integer}}};
  return v;
}

std::string name_of_token(std::string_view token) { return hex(crypto::bytes(crypto::sm3(token))); }

Result<std::unique_ptr<SecretsFile>> open_secrets(const std::string& directory, CentreCode centre) {
  return SecretsFile::open(directory, kSecretsFile, centre, {&secret_view(), &session_view(), &lock_view(), &link_view()});
}

AccountSecret AccountSecrets::find(const std::string& account) {
  AccountSecret s;
  if (auto row = file_.find(secret_view(), {file_.centre().value, account})) {
    s.password_hash = (*row)[2].s;
    s.totp_seed = crypto::Secret(std::move((*row)[3].s));
    s.totp_pending = crypto::Secret(std::move((*row)[4].s));
    s.totp_step = (*row)[5].i;
  }
  return s;
}

void AccountSecrets::put(const std::string& account, const AccountSecret& s) {
  file_.put(secret_view(), {file_.centre().value, account, s.password_hash, store::Value::blob(s.totp_seed.reveal()),
                            store::Value::blob(s.totp_pending.reveal()), s.totp_step});
}

}  // namespace yi::identity
