#include "app/beside.h"

#include <spdlog/spdlog.h>

#include <filesystem>
#include <functional>

#include "app/data_directory.h"
#include "crypto/key_file.h"
#include "crypto/private_file.h"
#include "engine/engine.h"
#include "engine/receipts.h"
#include "identity/token_file.h"
#include "store/centre_secrets.h"
#include "store/follows.h"
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

// In the open transaction; `after_rows` is called after every few thousand.
void copy_table(store::Reader& from, store::Writer& to, const store::View& view, CentreCode centre, const std::function<void()>& after_rows = {}) {
  constexpr int kRows = 2'000;
  if (!from.has_table(view.name)) return;
  int n = 0;
  for (store::ViewWalk walk(from, view, view.name, centre); walk.next();) {
    to.change(view, view.name, {walk.row(), store::RowChange::Kind::insert});
    if (++n % kRows == 0 && after_rows) after_rows();
  }
}

// Said of a centre whose files a later program has taken in: store_centre.
constexpr const char* kAdopted = "beside";

bool are_here(const std::string& directory) {
  for (const char* name : {identity::kSecretsFile, casework::kDraftsFile})
    if (fs::exists(directory + "/" + name + ".db")) return true;
  return false;
}

// Whether the directory's own ledger is that of a centre that has moved to the place.
bool left_for(const store::Place& place, CentreCode centre) {
  if (!has_ledger(place.directory)) return false;
  const auto old = store::open(store::Place(place.directory), store::Mode::read);
  return old && (*old)->open_reader()->meta(centre, engine::kMovedTo).value_or("") == store::label_of(place);
}

Checked audit_arrived(store::Reader& from, store::Reader& to, CentreCode centre) {
  const auto before = identity::verify_audit(from, centre), after = identity::verify_audit(to, centre);
  if (before.broken || after.broken || before.head != after.head)
    return Refusal{"app.move_failed", "访问审计没有完整迁移：" + before.broken.value_or(after.broken.value_or("两边的链尾不同。")), "请先运行 yichuang verify 核对，再重来。", 500, ""};
  return Done{};
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
    auto& w = target->writer();
    w.begin();
    for (const auto* view : one.tables)
      copy_table(*reader, w, *view, centre, [&w] {  // nobody looks there yet
        w.commit();
        w.begin();
      });
    w.commit();
    if (std::string_view(one.name) == identity::kAuditFile) YI_CHECK(audit_arrived(*reader, w.reader(), centre));
  }
  return copy_secrets(from, to, centre, keys);
}

Checked check_moved_in(const store::Place& place, CentreCode centre) {
  if (!place.on_server() || !left_for(place, centre)) return Done{};
  YI_TRY(const bool there, has_ledger(place, centre));
  if (there) {
    // What an unfinished move left is destroyed by a start (here and by engine::take_in_keys): of the ledger that came, no other.
    if (!are_here(place.directory) && !fs::exists(place.directory + "/keys/data-keys")) return Done{};
    YI_TRY(const auto old, store::open(store::Place(place.directory), store::Mode::read));
    YI_TRY(const auto come, store::open(place, store::Mode::read));
    if (store::has_all_of(*come->open_reader(), *old->open_reader(), centre)) return Done{};
    return Refusal{"app.other_ledger", "数据库中的账本不是从 " + place.directory + " 迁去的那一份，没有启动，也没有删除那里的密钥。",
                   "请用 yichuang verify 核对两边的账本；确认哪一份有效之前，请勿移动或删除 " + place.directory + "。", 409, store::label_of(place)};
  }
  return Refusal{"app.move_unfinished", "中心向 " + store::label_of(place) + " 的迁移没有完成，数据还在 " + place.directory + "。",
                 "请再运行一次 yichuang migrate --from " + place.directory + " --to 同一数据库，然后启动。", 409, place.directory};
}

Checked adopt_beside(const store::Place& place, CentreCode centre, store::KeyVault& keys) {
  if (!place.on_server() || !are_here(place.directory)) return Done{};
  const store::Place here(place.directory);
  if (has_ledger(place.directory)) {  // a centre of its own; or one that has moved, and whose move was ended before its last step
    if (left_for(place, centre)) forget_beside(here, centre);
    return Done{};
  }
  YI_TRY(const auto target, store::open_beside(place, "beside", store::Mode::write));
  auto& w = target->writer();
  for (const auto& one : all()) store::ensure_beside(w, one.tables);
  const store::Unhurried patient(w);
  const auto in_one = [&]() -> Checked {
    w.lock_until_commit("adopt beside " + std::to_string(centre.value));
    if (w.reader().meta(centre, kAdopted)) return Done{};  // ended before the files were removed
    for (const auto& one : all())
      for (const auto* view : one.tables)
        if (store::ViewWalk(w.reader(), *view, view->name, centre).next())
          return Refusal{"app.beside_twice",
                         "数据目录中有早期版本留下的账号、审计和暂存内容（identity.db、audit.db、drafts.db），数据库中也已有这个中心的一份，两份不能合并，没有启动。",
                         "以数据库中的为准：把这三个文件移到别处保存，再启动。以目录中的为准：用原来的版本恢复服务，再用 yichuang migrate 迁出、迁入。", 409, place.directory};
    for (const auto& one : all()) {
      YI_TRY(const auto source, open_to_read(here, one.name));
      if (!source) continue;
      const auto reader = source->open_reader();
      for (const auto* view : one.tables) copy_table(*reader, w, *view, centre);
      if (std::string_view(one.name) == identity::kAuditFile) YI_CHECK(audit_arrived(*reader, w.reader(), centre));
    }
    w.put_meta(centre, kAdopted, "adopted");
    return Done{};
  };
  w.begin();
  Checked done = Done{};
  try {
    done = in_one();
    if (done) w.commit();
    else w.rollback();
  } catch (...) {
    w.rollback();
    throw;
  }
  YI_CHECK(done);
  YI_CHECK(copy_secrets(here, place, centre, keys));
  forget_beside(here, centre);
  spdlog::info("accounts, audit and drafts of {} are in the database now", place.directory);
  return Done{};
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
