#include "app/migrate.h"

#include <filesystem>

#include "app/beside.h"
#include "app/copy_files.h"
#include "app/data_directory.h"
#include "crypto/private_file.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "files/store.h"
#include "store/building.h"
#include "store/copy_ledger.h"
#include "store/follows.h"
#include "store/verify.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

constexpr const char* kDatabase = "yichuang.db";

// Only what was left behind by an earlier move may be replaced.
Checked check_new_place(const store::Place& to, CentreCode centre) {
  YI_TRY(const bool there, has_ledger(to, centre));
  if (!there) return Done{};
  YI_TRY(const auto old, store::open(to, store::Mode::read));
  if (old->open_reader()->meta(centre, engine::kMovedTo).value_or("").empty())
    return Refusal{"app.not_empty", "目标处已有账本：" + store::label_of(to), "请指定另一个数据库或目录。", 409, store::label_of(to)};
  return Done{};
}

Refusal failed(const std::string& why, const store::Place& to) {
  return {"app.move_failed", "迁移没有完成，原有数据没有改动：" + why, "请检查数据库和磁盘空间，先运行 yichuang verify 核对原账本，再重来。", 500, store::label_of(to)};
}

// Neither end is served until the same move is given again, which finds out.
Refusal undecided(const std::string& why, const store::Place& to) {
  return {"app.move_undecided", "新的一份是否已经启用还不能确定：" + why, "两边都不会启动服务。请在数据库和磁盘恢复后再运行一次同样的 yichuang migrate，它会核对并完成迁移。", 500, store::label_of(to)};
}

bool has_keys_folder(const store::Place& place) { return fs::exists(place.directory + "/keys"); }

// The new store, where nobody looks yet.
class Building {
 public:
  explicit Building(const store::Place& to) : to_(to), place_(to.on_server() ? to.directory : building_place(to.directory),
      to.url) { place_.building = to.on_server(); }
  ~Building() { static_cast<void>(clear(kOthersEnd)); }
  Building(const Building&) = delete;
  Building& operator=(const Building&) = delete;
  const store::Place& place() const { return place_; }
  // Refusal "store.locked": another process makes a centre there.
  Checked begin() {
    if (to_.on_server()) {
      YI_TRY(auto word, store::BuildersWord::take(to_.url));
      word_.emplace(std::move(word));
    }
    return clear(kOthersEnd);
  }
  // `wait`: for a server that is still at a COMMIT.
  Checked clear(std::chrono::milliseconds wait) {
    if (to_.on_server()) {
      if (!word_) return Done{};  // nothing was begun
      YI_CHECK(word_->still_held());
      return store::drop_building(to_.url, wait);
    }
    std::error_code ignored;
    fs::remove_all(place_.directory, ignored);
    return Done{};
  }
  Checked take_in(CentreCode centre, const store::HeadRow& verified) {
    if (to_.on_server()) return store::take_in_building(to_.url, centre, store::OldStore::replace, verified);
    if (fs::exists(place_.directory + "/keys/data-keys")) {
      fs::create_directory(to_.directory + "/keys");
      fs::permissions(to_.directory + "/keys", fs::perms::owner_all);
      bring("keys/data-keys");
      YI_CHECK(sync(to_.directory + "/keys"));
    }
    // Their logs were written back when they were closed; the log of what was there goes before what it belongs to. The ledger comes last.
    for (const char* name : {"sm2.key", "sm2.pub"})
      if (fs::exists(place_.directory + "/" + name)) bring(name);
    std::vector<std::string> databases;
    for (const char* name : kBesideNames) databases.push_back(std::string(name) + ".db");
    databases.emplace_back(kDatabase);
    for (const auto& name : databases) {
      for (const char* log : {"-wal", "-shm"}) fs::remove(to_.directory + "/" + name + log);
      if (name == kDatabase) YI_CHECK(sync(to_.directory));
      if (fs::exists(place_.directory + "/" + name)) bring(name);
    }
    return sync(to_.directory);
  }

 private:
  static constexpr std::chrono::milliseconds kOthersEnd{1'000};
  void bring(const std::string& name) { fs::rename(place_.directory + "/" + name, to_.directory + "/" + name); }
  Checked sync(const std::string& directory) {
    return crypto::sync_directory(directory) ? Checked(Done{}) : Checked(failed("不能写入磁盘。", to_));
  }
  const store::Place& to_;
  store::Place place_;
  std::optional<store::BuildersWord> word_;
};

// What lives at the new place: nothing, what was left for it (and what was added since), or something else. Keys of the same id do not say it:
// before what was left is destroyed, the ledger there follows from it and its last record is there, and so are its keys.
enum class Found { nothing, what_was_left, another };
Result<Found> look(const store::Place& to, store::Reader& left, CentreCode centre) {
  if (left.meta(centre, engine::kMovedTo).value_or("") != store::label_of(to)) return Found::nothing;
  YI_TRY(const bool there, has_ledger(to, centre));
  if (!there) return Found::nothing;
  YI_TRY(const auto fresh, store::open(to, store::Mode::read));
  const auto reader = fresh->open_reader();
  if (!reader->meta(centre, engine::kMovedTo).value_or("").empty()) return Found::nothing;
  // A ledger that nobody has served since keys came has none.
  if (const auto keys = left.meta(centre, "keys")) {
    YI_TRY(const auto id, store::keys_there(to, centre));
    if (reader->meta(centre, "keys") != keys || id != *keys) return Found::another;
  }
  return store::has_all_of(*reader, left, centre) ? Found::what_was_left : Found::another;
}

// A key that survives at the old place would make every later erasure a show; a start at the new one makes up for a move that ends here.
Checked leave(const store::Place& from, const store::Place& to, CentreCode centre) {
  if (!store::destroy_keys(from, centre)) return failed("新的一份已经启用，但旧的密钥没有销毁；请重新启动服务，程序会再次销毁。", to);
  forget_beside(from, centre);
  return Done{};
}

}  // namespace

Result<Moved> move_centre(const Move& m, const Common& common, const std::function<void(std::string_view, std::int64_t, std::int64_t)>& progress) {
  if (m.from.on_server() == m.to.on_server() || m.from.directory != m.to.directory)
    return Refusal{"app.move_within", "迁移的一端应是数据目录，另一端应是数据库地址。", "例：yichuang migrate --from var --to postgresql://用户@主机/数据库", 422, ""};
  const auto centre = common.catalog->settings().centre;
  const auto tell = [&](std::string_view what) {
    return [&progress, what](std::int64_t done, std::int64_t all) {
      if (progress) progress(what, done, all);
    };
  };
  bool marked = false;
  try {
    // Held meanwhile: the directory, and the store that is left.
    std::optional<store::DirectoryLock> lock;
    if (m.from.on_server()) {
      YI_TRY(auto held, store::lock_directory(m.from.directory));
      lock.emplace(std::move(held));
    }
    YI_TRY(const bool there, has_ledger(m.from, centre));
    if (!there) {
      YI_TRY(const auto nothing, store::open(m.from, store::Mode::read));
      return Refusal{"app.empty_ledger", "数据库中没有这个中心：" + store::label_of(m.from), "请检查 --from。", 404, store::label_of(m.from)};
    }
    YI_TRY(auto old, store::open(m.from, store::Mode::write));
    auto& left = old->writer();
    if (const auto moved = left.reader().meta(centre, engine::kMovedTo).value_or(""); !moved.empty() && moved != store::label_of(m.to))
      return engine::moved(moved, store::label_of(m.from));
    if (left.reader().head(centre).seq == 0) return Refusal{"app.empty_ledger", "账本是空的，没有可以迁移的记录。", "请检查 --from。", 404, store::label_of(m.from)};
    // First, so that a server that is still at an earlier run's COMMIT has done it before anybody looks.
    Building building(m.to);
    YI_CHECK(building.begin());
    YI_TRY(const auto found, look(m.to, left.reader(), centre));
    if (found == Found::what_was_left) {
      // It may be here because a disk failed just after the rename: what is left is destroyed when what came is durable.
      if (!m.to.on_server() && !(crypto::sync_directory(m.to.directory) && (!has_keys_folder(m.to) || crypto::sync_directory(m.to.directory + "/keys")))) return undecided("不能写入磁盘。", m.to);
      const auto kept = store::verify(left.reader(), centre, tell("核对原账本"));
      if (kept.broken) return failed(*kept.broken, m.to);
      YI_TRY(const auto fresh, store::open(m.to, store::Mode::read));
      if (const auto come = store::verify(*fresh->open_reader(), centre, tell("核对新账本")); come.broken) return failed(*come.broken, m.to);
      YI_CHECK(leave(m.from, m.to, centre));
      return Moved{kept.events, kept.head_hash, 0};
    }
    YI_CHECK(check_new_place(m.to, centre));
    const bool has_keys = left.reader().meta(centre, "keys").has_value();  // a ledger of an earlier program, that nobody has served since, has none
    if (has_keys) {
      YI_CHECK(engine::take_in_keys(left.reader(), m.from, centre, m.keys));
      YI_TRY(const auto opened, engine::open_keys(left.reader(), m.from, centre, m.keys, store::KeyAccess::read));
    }
    Moved result;
    store::HeadRow verified;
    {
      YI_TRY(const auto store, store::open(building.place(), store::Mode::write));
      auto& w = store->writer();
      result.records = store::copy_ledger(left.reader(), w, centre, tell("账本"));
      w.begin();
      for (const char* name : {"clock", "centre", "keys"})
        if (const auto value = left.reader().meta(centre, name)) w.put_meta(centre, name, *value);
      w.ensure_view(engine::command_view());
      w.ensure_view(engine::followed_view());
      w.commit();
      std::unique_ptr<store::KeyVault> keys;
      if (has_keys) {
        auto options = m.keys;
        if (options.master_key_file.empty()) options.master_key_file = m.from.directory + "/keys/master";
        YI_CHECK(store::copy_keys(m.from, building.place(), centre, options));
        YI_TRY(keys, engine::open_keys(w.reader(), building.place(), centre, options, store::KeyAccess::make));
        YI_CHECK(copy_beside(m.from, building.place(), centre, *keys));
      }
      engine::RebuildOptions options;
      options.compare = false;
      options.keys = keys.get();
      options.progress = progress;
      engine::rebuild(w, all_rooms(common), centre, options);
      verified = w.reader().head(centre);
      const auto before = store::verify(left.reader(), centre, tell("核对原账本")), after = store::verify(w.reader(), centre, tell("核对新账本"));
      if (before.broken || after.broken || before.head_hash != after.head_hash) return failed(before.broken.value_or(after.broken.value_or("两边的账本头不同。")), m.to);
      result.head_hash = after.head_hash;
    }
    const files::Folder local(m.from.directory), shared(m.from.directory, m.files, centre);
    const auto copied = m.from.on_server() ? copy_files(shared, local) : copy_files(local, shared);
    if (copied.broken) return Refusal{"app.move_failed", "文件 " + *copied.broken + " 没有完整复制。", "请检查磁盘空间后重来；原有数据没有改动。", 500, m.files};
    result.files = copied.files;
    // Marked first: ended between the two steps, nobody can go on in either, and the same move may be made again.
    const auto mark = [&](const std::string& where) {
      left.begin();
      left.put_meta(centre, engine::kMovedTo, where);
      left.commit();
    };
    mark(store::label_of(m.to));
    marked = true;
    const auto in = [&]() -> Checked {
      try {
        return building.take_in(centre, verified);
      } catch (const fs::filesystem_error& e) {
        return failed(e.what(), m.to);
      }
    }();
    if (!in) {
      // What is refused has mostly not come in; but the answer to a COMMIT may be lost on its way, and a disk may fail after the rename. The
      // building goes first: a server that is still at that COMMIT makes it wait. Where nobody can say, the mark stays: two live centres
      // would be worse than none for a while.
      const auto arrived = [&]() -> Result<Found> {
        if (store::refused_before_commit(in.error())) return Found::nothing;
        YI_CHECK(building.clear(store::kCommitEnds));
        return look(m.to, left.reader(), centre);
      }();
      if (!arrived || *arrived != Found::nothing) return undecided(in.error().sentence, m.to);
      if (!m.to.on_server()) {  // what had come in before the ledger
        static_cast<void>(store::destroy_keys(m.to, centre));
        forget_beside(m.to, centre);
      }
      mark("");
      return in.error();
    }
    if (const auto come = look(m.to, left.reader(), centre); !come || *come != Found::what_was_left)
      return undecided(come ? "新的一份与原账本对不上。" : come.error().sentence, m.to);
    YI_CHECK(leave(m.from, m.to, centre));
    return result;
  } catch (const std::runtime_error& f) {  // store::Failure, a fact that does not read, a file that cannot be renamed
    return marked ? undecided(f.what(), m.to) : failed(f.what(), m.to);
  }
}

}  // namespace yi::app
