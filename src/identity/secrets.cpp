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

Result<std::unique_ptr<SecretsFile>> SecretsFile::open(const std::string& directory, CentreCode centre) {
  YI_TRY(auto opened, store::open_beside(directory, kSecretsFile, store::Mode::write));
  auto& w = opened->writer();
  w.begin();
  for (const auto* view : {&secret_view(), &session_view(), &lock_view(), &link_view()}) w.ensure_view(*view);
  w.commit();
  return std::unique_ptr<SecretsFile>(new SecretsFile(std::move(opened), centre));
}

void SecretsFile::change(const store::View& view, store::RowChange change) {
  std::lock_guard lock(m_);
  auto& w = store_->writer();
  w.begin();
  try {
    w.change(view, view.name, change);
    w.commit();
  } catch (...) {
    w.rollback();
    throw;
  }
}

void SecretsFile::put(const store::View& view, store::Row row) { change(view, {std::move(row), store::RowChange::Kind::merge}); }
void SecretsFile::remove(const store::View& view, store::Row key) { change(view, {std::move(key), store::RowChange::Kind::remove}); }

void SecretsFile::each(const store::View& view, const std::function<void(const store::Row&)>& f) {
  std::lock_guard lock(m_);
  auto c = store_->writer().reader().select(store::select_all_sql(view, view.name), {});
  while (c->next()) {
    const auto row = store::read_row(view, *c);
    if (row[0].i == centre_.value) f(row);
  }
}

std::optional<store::Row> SecretsFile::find(const store::View& view, store::Row key) {
  std::lock_guard lock(m_);
  auto c = store_->writer().reader().select(store::select_row_sql(view, view.name), key);
  if (!c->next()) return std::nullopt;
  return store::read_row(view, *c);
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
