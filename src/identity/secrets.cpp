#include "identity/secrets.h"

#include <charconv>

#include "base/text.h"
#include "crypto/sm3.h"

namespace yi::identity {

using store::Type;
namespace {
constexpr std::size_t kSeedBytes = 20;  // RFC 4226 §4: 160 bits, as crypto::new_totp_seed makes them
std::string context_of(const std::string& account, const char* what) { return "totp\n" + account + "\n" + what; }

// A pending seed, when it was shown (ms) and how many codes were wrong, sealed as one: "<20 bytes>1750000000000 2". Beside the
// ledger a table keeps the columns it was made with. A seed from before this has neither, and counts as shown long ago.
crypto::Secret pending_of(const AccountSecret& s) {
  if (s.totp_pending.empty()) return {};
  std::string all;
  all.reserve(64);  // never moved: no copy of the seed stays behind
  all += s.totp_pending.reveal();
  all += std::to_string(s.pending_at.ms) + " " + std::to_string(s.pending_wrong);
  return crypto::Secret(std::move(all));
}
void read_pending(AccountSecret& s, const crypto::Secret& all) {
  const auto bytes = all.reveal();
  s.totp_pending = crypto::Secret(bytes.substr(0, kSeedBytes));
  if (bytes.size() <= kSeedBytes) return;
  const char* const end = bytes.data() + bytes.size();
  const auto at = std::from_chars(bytes.data() + kSeedBytes, end, s.pending_at.ms);
  if (at.ec != std::errc() || at.ptr == end || std::from_chars(at.ptr + 1, end, s.pending_wrong).ec != std::errc())
    throw store::Failure(store::FailureKind::corrupt, "identity.pending_seed");
}
}  // namespace

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

std::vector<const store::View*> secret_tables() { return {&secret_view(), &session_view(), &lock_view(), &link_view()}; }

Result<std::unique_ptr<SecretsFile>> open_secrets(const store::Place& place, CentreCode centre) {
  return SecretsFile::open(place, kSecretsFile, centre, secret_tables());
}

std::string AccountSecrets::sealed(const std::string& account, const char* what, const crypto::Secret& seed) const {
  if (seed.empty()) return {};
  auto bytes = keys_.seal_bytes(seed.reveal(), {}, context_of(account, what));
  if (!bytes) throw store::Failure(store::FailureKind::other, bytes.error().code);
  return std::move(*bytes);
}

crypto::Secret AccountSecrets::opened(const std::string& account, const char* what, std::string bytes) const {
  // Written before seeds were sealed: sealed ones carry a tag of 16 bytes besides.
  if (bytes.size() <= kSeedBytes) return crypto::Secret(std::move(bytes));
  auto seed = keys_.open_bytes(bytes, {}, context_of(account, what));
  if (!seed) throw store::Failure(store::FailureKind::corrupt, seed.error().code);
  return crypto::Secret(std::move(*seed));
}

Checked end_sessions_and_links(const store::Place& place, CentreCode centre) {
  YI_TRY(auto file, open_secrets(place, centre));
  for (const auto* view : {&session_view(), &link_view()}) {
    std::vector<std::string> names;
    file->each(*view, [&](const store::Row& row) { names.push_back(row[1].s); });
    for (const auto& name : names) file->remove(*view, {centre.value, name});
  }
  return Done{};
}

AccountSecret AccountSecrets::read(const std::string& account, std::optional<store::Row> row) const {
  AccountSecret s;
  if (row) {
    s.password_hash = (*row)[2].s;
    s.totp_seed = opened(account, "seed", std::move((*row)[3].s));
    read_pending(s, opened(account, "pending", std::move((*row)[4].s)));
    s.totp_step = (*row)[5].i;
  }
  return s;
}

store::Row AccountSecrets::row_of(const std::string& account, const AccountSecret& s) const {
  return {file_.centre().value, account, s.password_hash, store::Value::blob(sealed(account, "seed", s.totp_seed)),
          store::Value::blob(sealed(account, "pending", pending_of(s))), s.totp_step};
}

AccountSecret AccountSecrets::find(const std::string& account) { return read(account, file_.find(secret_view(), {file_.centre().value, account})); }

void AccountSecrets::put(const std::string& account, const AccountSecret& s) { file_.put(secret_view(), row_of(account, s)); }

void AccountSecrets::change(const std::string& account, const std::function<bool(AccountSecret&)>& act) {
  const store::Row key{file_.centre().value, account};
  file_.as_one(SecretsFile::word_of(secret_view(), key), [&](SecretsFile::Turn& turn) {
    auto s = read(account, turn.find(secret_view(), key));
    if (act(s)) turn.put(secret_view(), row_of(account, s));
  });
}

}  // namespace yi::identity
