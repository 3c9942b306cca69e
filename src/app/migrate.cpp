#include "app/migrate.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "app/data_directory.h"
#include "engine/engine.h"
#include "engine/rebuild.h"
#include "store/copy_ledger.h"
#include "store/verify.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

constexpr const char* kDatabase = "/yichuang.db";

// Only what was left behind by an earlier move may be replaced.
Checked check_new_place(const store::Place& to) {
  YI_TRY(const bool there, has_ledger(to));
  if (!there) return Done{};
  YI_TRY(const auto old, store::open(to, store::Mode::read));
  if (old->open_reader()->meta(engine::kMovedTo).value_or("").empty())
    return Refusal{"app.not_empty", "目标处已有账本：" + store::label_of(to), "请指定另一个数据库或目录。", 409, store::label_of(to)};
  return Done{};
}

Refusal failed(const std::string& why, const store::Place& to) {
  return {"app.move_failed", "迁移没有完成，原有数据没有改动：" + why, "请检查数据库和磁盘空间，先运行 yichuang verify 核对原账本，再重来。", 500, store::label_of(to)};
}

// The new store, where nobody looks yet.
class Building {
 public:
  explicit Building(const store::Place& to) : to_(to), place_(to.on_server() ? to.directory : building_place(to.directory),
      to.url) { place_.building = to.on_server(); }
  ~Building() { static_cast<void>(clear()); }
  Building(const Building&) = delete;
  Building& operator=(const Building&) = delete;
  const store::Place& place() const { return place_; }
  Checked clear() {
    if (to_.on_server()) return store::drop_building(to_.url);
    std::error_code ignored;
    fs::remove_all(place_.directory, ignored);
    return Done{};
  }
  Checked take_in() {
    if (to_.on_server()) return store::take_in_building(to_.url, store::OldStore::replace);
    // Its log was written back when it was closed; the log of what was there goes before what it belongs to.
    for (const char* log : {"-wal", "-shm"}) fs::remove(to_.directory + kDatabase + log);
    fs::rename(place_.directory + kDatabase, to_.directory + kDatabase);
    const int fd = ::open(to_.directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    return synced ? Checked(Done{}) : Checked(failed("不能写入磁盘。", to_));
  }

 private:
  const store::Place& to_;
  store::Place place_;
};

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
  try {
    // Held meanwhile: the directory, and the store that is left.
    std::optional<store::DirectoryLock> lock;
    if (m.from.on_server()) {
      YI_TRY(auto held, store::lock_directory(m.from.directory));
      lock.emplace(std::move(held));
    }
    YI_TRY(auto old, store::open(m.from, store::Mode::read));
    old.reset();
    YI_TRY(old, store::open(m.from, store::Mode::write));
    auto& left = old->writer();
    if (const auto moved = left.reader().meta(engine::kMovedTo).value_or(""); !moved.empty() && moved != store::label_of(m.to)) return engine::moved(moved,
        store::label_of(m.from));
    if (left.reader().head(centre).seq == 0) return Refusal{"app.empty_ledger", "账本是空的，没有可以迁移的记录。", "请检查 --from。", 404, store::label_of(m.from)};
    std::unique_ptr<store::KeyVault> keys;
    if (left.reader().meta("keys")) {  // a ledger of an earlier program, that nobody has served since, has none
      YI_TRY(keys, engine::open_keys(left.reader(), m.from.directory, centre, m.keys, store::KeyAccess::read));
    }
    YI_CHECK(check_new_place(m.to));
    Building building(m.to);
    YI_CHECK(building.clear());
    Moved result;
    {
      YI_TRY(const auto store, store::open(building.place(), store::Mode::write));
      auto& w = store->writer();
      result.records = store::copy_ledger(left.reader(), w, centre, tell("账本"));
      w.begin();
      for (const char* name : {"clock", "centre", "keys"})
        if (const auto value = left.reader().meta(name)) w.put_meta(name, *value);
      w.ensure_view(engine::command_view());
      w.ensure_view(engine::followed_view());
      w.commit();
      engine::RebuildOptions options;
      options.compare = false;
      options.keys = keys.get();
      options.progress = progress;
      engine::rebuild(w, all_rooms(common), centre, options);
      const auto before = store::verify(left.reader(), centre, tell("核对原账本")), after = store::verify(w.reader(), centre, tell("核对新账本"));
      if (before.broken || after.broken || before.head_hash != after.head_hash) return failed(before.broken.value_or(after.broken.value_or("两边的账本头不同。")), m.to);
      result.head_hash = after.head_hash;
    }
    // Marked first: ended between the two steps, nobody can go on in either, and the same move may be made again.
    const auto mark = [&](const std::string& where) {
      left.begin();
      left.put_meta(engine::kMovedTo, where);
      left.commit();
    };
    mark(store::label_of(m.to));
    if (auto in = building.take_in(); !in) {
      mark("");
      return in.error();
    }
    return result;
  } catch (const std::runtime_error& f) {  // store::Failure, a fact that does not read, a file that cannot be renamed
    return failed(f.what(), m.to);
  }
}

}  // namespace yi::app
