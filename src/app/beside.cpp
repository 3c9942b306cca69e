#include "app/beside.h"

#include <filesystem>

#include "casework/drafts.h"
#include "crypto/key_file.h"
#include "crypto/private_file.h"
#include "engine/receipts.h"
#include "identity/audit.h"
#include "identity/secrets.h"
#include "identity/token_file.h"
#include "store/centre_secrets.h"
#include "store/view_walk.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

struct Beside {
  const char* name;  // of the database on SQLite
  std::vector<const store::View*> tables;
};

std::vector<Beside> all() {
  return {{identity::kSecretsFile, identity::secret_tables()}, {identity::kAuditFile, {&identity::audit_view()}}, {casework::kDraftsFile, {&casework::draft_view()}}};
}

void copy_table(store::Reader& from, store::Writer& to, const store::View& view, CentreCode centre) {
  constexpr int kRows = 2'000;  // a transaction
  if (!from.has_table(view.name)) return;
  int n = 0;
  to.begin();
  for (store::ViewWalk walk(from, view, view.name, centre); walk.next();) {
    to.change(view, view.name, {walk.row(), store::RowChange::Kind::insert});
    if (++n % kRows == 0) {
      to.commit();
      to.begin();
    }
  }
  to.commit();
}

// Nothing: the centre has never been served there.
Result<std::unique_ptr<store::Store>> open_to_read(const store::Place& place, const char* name) {
  auto opened = store::open_beside(place, name, store::Mode::read);
  if (!opened && opened.error().code == "store.missing") return std::unique_ptr<store::Store>();
  return opened;
}

// The files of a data directory and the rows of a server say the same; each is made of the other.
Checked copy_secrets(const store::Place& from, const store::Place& to, CentreCode centre, store::KeyVault& keys) {
  const auto& server = from.on_server() ? from : to;
  const store::Place files(from.on_server() ? to.directory : from.directory);
  if (to.on_server()) {
    YI_TRY(const auto pem, crypto::read_signing_key(files.directory));
    if (pem) {
      YI_TRY(const auto kept, store::open_or_make_secret(server, centre, keys, engine::kSigningKey, [&]() -> Result<crypto::Secret> { return pem->copy(); }));
    }
    if (fs::exists(files.directory + "/operator.token")) {
      YI_TRY(const auto token, identity::open_or_make_token(files.directory));
      YI_TRY(const auto kept, store::open_or_make_secret(server, centre, keys, identity::kOperatorToken, [&]() -> Result<crypto::Secret> { return crypto::Secret(token); }));
    }
    return Done{};
  }
  YI_TRY(const auto pem, store::open_or_make_secret(server, centre, keys, engine::kSigningKey,
                                                    []() -> Result<crypto::Secret> { return crypto::Sm2PrivateKey::generate().pem(); }));
  const auto file = files.directory + "/" + crypto::kPrivateKeyFile;
  if (!crypto::write_synced(file, pem.reveal(), 0600) || !crypto::sync_directory(files.directory))
    return Refusal{"app.cannot_write", "签名密钥没有写完。", "请检查目录的权限和磁盘空间。", 500, file};
  YI_TRY(const auto key, crypto::Sm2PrivateKey::from_pem(pem));
  return crypto::publish_key(files.directory, key.public_key());
}

}  // namespace

Checked copy_beside(const store::Place& from, const store::Place& to, CentreCode centre, store::KeyVault& keys) {
  for (const auto& one : all()) {
    YI_TRY(const auto source, open_to_read(from, one.name));
    YI_TRY(const auto target, store::open_beside(to, one.name, store::Mode::write));
    store::ensure_beside(target->writer(), one.tables);
    if (!source) continue;
    const auto reader = source->open_reader();
    for (const auto* view : one.tables) copy_table(*reader, target->writer(), *view, centre);
    if (std::string_view(one.name) != identity::kAuditFile) continue;
    const auto before = identity::verify_audit(*reader, centre), after = identity::verify_audit(target->writer().reader(), centre);
    if (before.broken || after.broken || before.head != after.head)
      return Refusal{"app.move_failed", "访问审计没有完整迁移：" + before.broken.value_or(after.broken.value_or("两边的链尾不同。")), "请先运行 yichuang verify 核对，再重来。", 500, ""};
  }
  return copy_secrets(from, to, centre, keys);
}

void forget_beside(const store::Place& place, CentreCode centre) {
  if (!place.on_server()) {
    for (const auto& one : all()) {
      if (std::string_view(one.name) == identity::kAuditFile) continue;
      for (const char* ending : {".db", ".db-wal", ".db-shm"}) fs::remove(place.directory + "/" + one.name + ending);
    }
    fs::remove(place.directory + "/" + crypto::kPrivateKeyFile);
    return;
  }
  const auto opened = store::open_beside(place, "beside", store::Mode::write);
  if (!opened) throw store::Failure(store::FailureKind::other, opened.error().sentence);
  auto& w = (*opened)->writer();
  const auto forget = [&](const store::View& view) {
    if (!w.reader().has_table(view.name)) return;
    std::vector<store::Row> keys;
    for (store::ViewWalk walk(w.reader(), view, view.name, centre); walk.next();) keys.emplace_back(walk.row().begin(), walk.row().begin() + view.key_columns);
    w.begin();
    for (auto& k : keys) w.change(view, view.name, {std::move(k), store::RowChange::Kind::remove});
    w.commit();
  };
  for (const auto& one : all())
    if (std::string_view(one.name) != identity::kAuditFile)
      for (const auto* view : one.tables) forget(*view);
  forget(store::centre_secret_view());
}

}  // namespace yi::app
