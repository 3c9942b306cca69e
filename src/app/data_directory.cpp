#include "app/data_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "app/beside.h"
#include "store/building.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

constexpr const char* kBuilding = ".yichuang-building";
constexpr const char* kOld = ".yichuang-old";
constexpr const char* kRestoring = ".yichuang-restoring";
constexpr const char* kDatabase = "yichuang.db";
constexpr const char* kKeys = "keys";
constexpr const char* kLinks = "links";  // one-time links of a service (cli_serve.cpp)

bool there(const fs::path& p) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(p, ignored));
}

// Renames before this are on the disk before anything after it.
void sync(const fs::path& directory) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = fd >= 0 && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!good) throw fs::filesystem_error("fsync", directory, std::error_code(error, std::generic_category()));
}

// The database decides: it is the first to leave and the last to come, back or new. Where there is one, it is whole
// with what lies beside it, and .yichuang-old is rubbish; where there is none, the old centre lies half there, half here.
void put_back(const fs::path& d) {
  const auto old = d / kOld;
  if (!there(d / kDatabase)) {
    for (const auto& entry : fs::directory_iterator(old))
      if (entry.path().filename() != kDatabase) fs::rename(entry.path(), d / entry.path().filename());
    sync(d);
    if (there(old / kDatabase)) fs::rename(old / kDatabase, d / kDatabase);
    sync(d);
  }
  fs::remove_all(old);
}

Refusal cannot_write(const fs::filesystem_error& e, const std::string& directory) {
  return {"app.cannot_write", "无法写入目录：" + e.code().message(), "请检查目录的权限和磁盘空间。", 500, directory};
}

}  // namespace

// What may be removed with a centre. Exact names: yichuang.db.bak is somebody's copy. Papers are ours where there is a
// ledger that they can have been written from.
bool belongs_to_a_centre(const std::string& name, bool ledger) {
  for (const char* ours : {kDatabase, "yichuang.db-wal", "yichuang.db-shm", "yichuang.db-journal", "operator.token", "operator.token.new", kLinks, "sm2.key", "sm2.pub", kKeys})
    if (name == ours) return true;
  for (const std::string beside : kBesideNames)
    for (const char* ending : {".db", ".db-wal", ".db-shm", ".db-journal"})
      if (name == beside + ending) return true;
  return ledger && (name == "bulletins" || name == "files");
}

bool has_ledger(const std::string& data_directory) { return there(fs::path(data_directory) / kDatabase); }

Result<bool> has_ledger(const store::Place& place, CentreCode centre) {
  if (!place.on_server()) return has_ledger(place.directory);
  auto opened = store::open(place, store::Mode::read);
  if (!opened && opened.error().code == "store.older") {  // opened for writing, it is brought up
    YI_TRY(const auto older, store::open(place, store::Mode::write));
    opened = store::open(place, store::Mode::read);
  }
  if (!opened && opened.error().code != "store.missing") return opened.error();
  return opened.ok() && (*opened)->open_reader()->meta(centre, "centre").has_value();
}

std::string building_place(const std::string& data_directory) { return (fs::path(data_directory) / kBuilding).string(); }
std::string restoring_place(const std::string& data_directory) { return (fs::path(data_directory) / kRestoring).string(); }

Checked check_ours(const std::string& data_directory) {
  const fs::path d(data_directory);
  std::error_code ignored;
  if (!fs::exists(d, ignored)) return Done{};
  if (!fs::is_directory(d, ignored))
    return Refusal{"app.foreign_files", "这个位置不是目录：" + data_directory, "请用 --data 指定另一个目录。", 409, data_directory};
  const bool ledger = has_ledger(data_directory) || there(d / kOld / kDatabase);
  try {
    for (const auto& entry : fs::directory_iterator(d)) {
      const auto name = entry.path().filename().string();
      if (name == "lock" || name == kBuilding || name == kOld || name == kRestoring || belongs_to_a_centre(name, ledger)) continue;
      return Refusal{"app.foreign_files", "目录中有不属于一窗的文件：" + name, "请用 --data 指定一个空目录，或自行移走这些文件。", 409, data_directory};
    }
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e, data_directory);
  }
  return Done{};
}

Checked settle_locked(const std::string& data_directory) {
  const fs::path d(data_directory);
  try {
    const auto building = d / kBuilding;
    if (there(d / kRestoring)) {
      if (!fs::is_empty(d / kRestoring))
        return Refusal{"app.restore_unfinished", "这个目录的恢复没有完成：" + data_directory, "请再运行一次同样的 yichuang restore；不再恢复时，请移走整个目录。", 409, data_directory};
      fs::remove(d / kRestoring);  // all of it had come in
    }
    if (there(d / kOld)) {
      if (!there(d / kDatabase) && there(building / kDatabase) && !there(building / kKeys) && there(d / kKeys)) fs::rename(d / kKeys, building / kKeys);
      put_back(d);
    }
    fs::remove_all(building);
    return Done{};
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e, data_directory);
  }
}

Checked settle(const std::string& data_directory) {
  const fs::path d(data_directory);
  if (!there(d / kOld) && !there(d / kBuilding) && !there(d / kRestoring)) return Done{};
  YI_TRY(const auto lock, store::lock_directory(data_directory));
  return settle_locked(data_directory);
}

Checked take_in(const std::string& data_directory, const std::function<void()>& after_step) {
  const fs::path d(data_directory), old = d / kOld, building = d / kBuilding;
  const auto done = [&] {
    if (after_step) after_step();
  };
  try {
    // Keys come in a step before their ledger; while it still lies in the building place without them, those that stand in
    // the directory are the new centre's. So there is always such a folder.
    fs::create_directory(building / kKeys);
    // One rename brings the new centre in: its log has been written back into the database.
    if (there(building / "yichuang.db-wal"))
      return Refusal{"app.cannot_write", "新的账本没有完整写入磁盘。", "请检查磁盘空间后重来；原有数据没有改动。", 500, data_directory};
    const bool ledger = has_ledger(data_directory);
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(d))
      if (const auto name = entry.path().filename().string(); name != kDatabase && belongs_to_a_centre(name, ledger)) names.push_back(name);
    if (ledger) names.insert(names.begin(), kDatabase);
    fs::create_directory(old);
    done();
    for (const auto& name : names) {
      fs::rename(d / name, old / name);
      done();
    }
    sync(old);
    sync(d);
    fs::rename(building / kKeys, d / kKeys);
    done();
    sync(d);
    fs::rename(building / kDatabase, d / kDatabase);
    done();
    sync(d);
  } catch (const fs::filesystem_error& e) {
    YI_CHECK(settle_locked(data_directory));
    return cannot_write(e, data_directory);
  }
  // What stays behind here is removed at the next start.
  std::error_code ignored;
  fs::remove_all(old, ignored);
  done();
  fs::remove_all(building, ignored);
  done();
  return Done{};
}

Checked take_in(const store::Place& place, CentreCode centre) {
  const auto made = building_place(place.directory) + "/keys/master", keys = place.directory + "/keys";
  try {
    const bool ours = there(made);  // else it was laid ready
    if (ours) {
      fs::create_directory(keys);
      fs::permissions(keys, fs::perms::owner_all);
      fs::rename(made, keys + "/master");
      sync(keys);
      sync(place.directory);
    }
    auto taken = store::take_in_building(place.url, centre);
    if (taken || !ours) return taken;
    // The answer to the COMMIT may have been lost on its way: the only key to a centre that is there does not go. The building goes first,
    // since a server that is still at that COMMIT makes it wait.
    const auto arrived = [&]() -> Result<bool> {
      if (store::refused_before_commit(taken.error())) return false;
      YI_CHECK(store::drop_building(place.url, store::kCommitEnds));
      return has_ledger(place, centre);
    }();
    if (!arrived || *arrived)
      return Refusal{"app.centre_undecided", "新的中心是否已放入数据库还不能确定：" + taken.error().sentence,
                     "主密钥留在 " + keys + "/master，请勿删除。数据库恢复后运行 yichuang verify：中心已在其中就直接启动服务，不在就重来。", 503, store::label_of(place)};
    fs::remove(keys + "/master");
    return taken;
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e, place.directory);
  }
}

}  // namespace yi::app
