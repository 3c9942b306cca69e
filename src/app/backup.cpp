#include "app/backup.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/beside.h"
#include "app/copy_files.h"
#include "app/data_directory.h"
#include "files/store.h"
#include "store/backup.h"
#include "store/lease.h"
#include "store/verify.h"

namespace yi::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLedger = "yichuang.db";
// What must never lie beside a backup. operator.token is in neither: a new one is made at the next start.
constexpr const char* kMaster = "keys/master";
constexpr const char* kKeys[] = {"sm2.key", kMaster, "keys/data-keys"};
constexpr const char* kPublic[] = {"sm2.pub"};

Refusal cannot_write(const fs::filesystem_error& e) {
  return {"app.cannot_write", "无法写入：" + e.code().message(), "请检查目录的权限和磁盘空间。", 500, e.path1().string()};
}

Checked empty_place(const std::string& directory) {
  if (fs::exists(directory) && !(fs::is_directory(directory) && fs::is_empty(directory)))
    return Refusal{"app.not_empty", "目标位置已有内容：" + directory, "请换一个空目录，或自行移走其中的内容。", 409, directory};
  fs::create_directories(directory);
  fs::permissions(directory, fs::perms::owner_all);
  return Done{};
}

void sync(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool good = fd >= 0 && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!good) throw fs::filesystem_error("fsync", path, std::error_code(error, std::generic_category()));
}

void copy_durably(const fs::path& from, const fs::path& to) {
  fs::copy_file(from, to);
  sync(to);
}

void link_files(const files::Folder& from, const files::Folder& to, BackedUp& done) {
  fs::create_directories(to.path);
  files::each_file(from, [&](const files::FileId& id, const std::string& path) {
    const fs::path target = files::path_of(to, id);
    fs::create_directories(target.parent_path());
    std::error_code error;
    fs::create_hard_link(path, target, error);
    // One that an erasure or the sweep has taken in the meantime is rightly missing.
    if (error && !fs::exists(path)) return;
    if (error) copy_durably(path, target);
    else ++done.linked;
    ++done.files;
  });
  for (const auto& folder : fs::directory_iterator(to.path)) sync(folder.path());
  sync(to.path);
}

// An empty place where a disk should be mounted looks like a centre without files.
Refusal files_missing(const std::string& folder) {
  return {"app.files_missing", "设置的文件目录不在：" + folder, "请检查 --files，以及共享目录是否已挂载、服务账号能否读取。", 409, folder};
}

// Whose files they are: a data directory has one centre.
Result<CentreCode> centre_in(const store::Place& place) {
  YI_TRY(const auto opened, store::open(place, store::Mode::read));
  const auto owners = opened->open_reader()->owners();
  if (owners.empty()) return Refusal{"app.empty_ledger", "这里还没有中心。", "请先运行 yichuang serve，或检查 --data。", 404, store::label_of(place)};
  return owners.front();
}

Result<files::Folder> folder_of(const KeptCentre& c, const std::string& directory) {
  if (c.files.empty()) return files::Folder(directory);
  if (!fs::is_directory(c.files)) return files_missing(c.files);
  if (c.place.on_server()) return files::Folder(directory, c.files, c.centre);
  YI_TRY(const auto centre, centre_in(store::Place(directory)));
  return files::Folder(directory, c.files, centre);
}

// After the ledger: keys may be newer than it, never older.
Checked copy_keys(const std::string& from, const std::string& to, bool master, BackedUp& done) {
  for (const std::string name : kKeys) {
    if (!fs::exists(from + "/" + name) || (name == kMaster && !master)) continue;
    const fs::path target = to + "/" + name;
    if (!fs::exists(target.parent_path())) {
      fs::create_directory(target.parent_path());
      fs::permissions(target.parent_path(), fs::perms::owner_all);
    }
    copy_durably(from + "/" + name, target);
    sync(target.parent_path());
    ++done.keys;
    if (name == kMaster) done.master = true;
  }
  sync(to);
  return Done{};
}

Checked copy_databases(const std::string& from, const std::string& to, bool ledger, BackedUp& done) {
  std::vector<std::string> databases;
  if (ledger) databases.emplace_back(kLedger);
  for (const char* name : kBesideNames)
    if (fs::exists(from + "/" + name + ".db")) databases.push_back(std::string(name) + ".db");
  for (const auto& name : databases) {
    YI_CHECK(store::backup_sqlite(from + "/" + name, to + "/" + name));
    ++done.databases;
  }
  for (const std::string name : kPublic)
    if (fs::exists(from + "/" + name)) copy_durably(from + "/" + name, to + "/" + name);
  sync(to);
  return Done{};
}

Refusal broken(const std::string& what, const std::string& where) { return {"app.broken_backup", "备份已损坏：" + what, "请改用另一份备份。", 422, where}; }

Checked verify_ledger(const store::Place& place, const std::string& from) {
  YI_TRY(const auto opened, store::open(place, store::Mode::read));
  const auto reader = opened->open_reader();
  for (const auto centre : store::centres(*reader))
    if (const auto v = store::verify(*reader, centre); v.broken) return broken(*v.broken, from);
  return Done{};
}

// The configured folder may have survived what was lost: then it has most of them already.
Checked bring_files(const files::Folder& from, const files::Folder& to, bool shared, BackedUp& done) {
  if (!shared) {
    link_files(from, to, done);
    if (const auto check = files::verify(to); check.broken) return broken("文件 " + *check.broken, from.path);
    return Done{};
  }
  if (const auto check = files::verify(from); check.broken) return broken("文件 " + *check.broken, from.path);
  const auto copied = copy_files(from, to);
  done.files += copied.files;
  if (copied.broken)
    return Refusal{"app.files_damaged", "文件目录中的文件 " + *copied.broken + " 已损坏。", "请移走这个文件后重来；备份中有它的，会重新放入。", 422, to.path};
  return Done{};
}

// Whether a node leads the centre. Between two of its nodes nobody does for a moment: a lease that ran out just now is looked at again.
Result<bool> is_served(const store::Place& place, CentreCode centre) {
  constexpr std::chrono::milliseconds kBetween = store::kLeaseHolds + store::kLeaseRenewed;
  try {
    store::LeaseDesk desk(place, centre);
    const auto left = desk.look().left;
    if (left.count() > 0) return true;
    if (left < -kBetween) return false;
    ::poll(nullptr, 0, static_cast<int>(kBetween.count()));
    return desk.look().left.count() > 0;
  } catch (const store::Failure& f) {
    return Refusal{"app.database_away", std::string("数据库没有答复：") + f.what(), "请检查数据库是否在运行，然后重新恢复。", 503, store::label_of(place)};
  }
}

// Who was signed in when the copy was made is not, in what is restored from it.
Result<bool> end_sessions(const store::Place& place, CentreCode named) {
  if (place.on_server()) {
    const auto alone = store::open(place, store::Mode::write);  // while we hold it, no node begins
    if (!alone && alone.error().code != "store.locked") return alone.error();
    // Others have the database. Nodes: whether they are this centre's the lease says. One that has it alone writes no lease, and may be.
    if (!alone) {
      const auto beside = store::open(place, store::Mode::node);
      if (!beside && beside.error().code == "store.locked") return false;
      if (!beside) return beside.error();
      YI_TRY(const auto served, is_served(place, named));
      if (served) return false;
    }
    YI_CHECK(identity::end_sessions_and_links(place, named));
    return true;
  }
  if (!fs::exists(place.directory + "/" + identity::kSecretsFile + ".db")) return true;
  YI_TRY(const auto lock, store::lock_directory(place.directory));
  YI_TRY(const auto opened, store::open(place, store::Mode::read));
  const auto owner = opened->open_reader()->meta("centre");
  if (owner) YI_CHECK(identity::end_sessions_and_links(place, CentreCode{std::stoi(*owner)}));
  return true;
}

bool is_lock(const fs::path& path) { return path.filename() == "lock"; }

// The folder in which a centre is put together again, inside the data directory. While it stands there, and is not empty, nobody starts.
class Restoring {
 public:
  // Refusals: "app.not_empty", "store.locked".
  static Result<std::unique_ptr<Restoring>> begin(const std::string& directory) {
    if (!fs::exists(restoring_place(directory))) YI_CHECK(empty(directory));
    YI_TRY(auto lock, store::lock_directory(directory));
    if (fs::exists(restoring_place(directory))) {  // one that was ended, perhaps while it brought in: only we put anything here
      for (const auto& entry : std::vector<fs::directory_entry>(fs::directory_iterator(directory), fs::directory_iterator()))
        if (!is_lock(entry.path()) && belongs_to_a_centre(entry.path().filename().string(), true)) fs::remove_all(entry.path());
      fs::remove_all(restoring_place(directory));
    }
    YI_CHECK(empty(directory));
    std::unique_ptr<Restoring> out(new Restoring(directory, std::move(lock)));
    fs::permissions(directory, fs::perms::owner_all);
    fs::create_directory(out->place_);
    fs::permissions(out->place_, fs::perms::owner_all);
    return out;
  }
  ~Restoring() {
    if (in_) return;
    std::error_code ignored;
    fs::remove_all(place_, ignored);
    fs::remove(directory_ / "lock", ignored);  // held by us: lock_directory knows that such a lock holds nothing
  }
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;
  const std::string& place() const { return place_; }
  void bring_in(const std::function<void()>& after_step) {
    in_ = true;  // from here on what is there is whole or is said to be unfinished
    fs::remove(fs::path(place_) / "lock");
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator(place_))
      if (entry.path().filename() != kLedger) names.push_back(entry.path().filename());
    const auto step = [&](const fs::path& name) {
      fs::rename(fs::path(place_) / name, directory_ / name);
      if (after_step) after_step();
    };
    for (const auto& name : names) step(name);
    sync(directory_);
    if (fs::exists(fs::path(place_) / kLedger)) step(kLedger);
    fs::remove(place_);
    sync(directory_);
  }

 private:
  Restoring(const std::string& directory, store::DirectoryLock lock) : directory_(directory), place_(restoring_place(directory)), lock_(std::move(lock)) {}
  static Checked empty(const std::string& directory) {
    if (!fs::exists(directory)) return Done{};
    if (fs::is_directory(directory) && std::all_of(fs::directory_iterator(directory), fs::directory_iterator(), [](const auto& e) { return is_lock(e.path()); })) return Done{};
    return Refusal{"app.not_empty", "目标位置已有内容：" + directory, "请换一个空目录，或自行移走其中的内容。", 409, directory};
  }
  const fs::path directory_;
  const std::string place_;
  const store::DirectoryLock lock_;
  bool in_ = false;
};

}  // namespace

Result<BackedUp> backup(const KeptCentre& from, const std::string& to, const std::string& keys_to) {
  BackedUp done;
  const auto& directory = from.place.directory;
  try {
    YI_TRY(const auto folder, folder_of(from, directory));
    if (!from.files.empty()) {
      if (!fs::is_directory(folder.path)) return files_missing(folder.path);
      fs::directory_iterator readable(folder.path);  // throws, where each_file would see nothing
    }
    YI_CHECK(empty_place(to));
    YI_CHECK(copy_databases(directory, to, !from.place.on_server(), done));
    link_files(folder, to, done);
    sync(to);
    if (!keys_to.empty()) {
      YI_CHECK(empty_place(keys_to));
      YI_CHECK(copy_keys(directory, keys_to, from.keys.master_key_file.empty(), done));
    }
    return done;
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e);
  }
}

Result<BackedUp> restore(const std::string& from, const std::string& keys_from, const KeptCentre& to, const std::function<void()>& after_step) {
  BackedUp done;
  try {
    YI_TRY(const auto restoring, Restoring::begin(to.place.directory));
    const auto& building = restoring->place();
    const store::Place place(building, to.place.url);
    YI_CHECK(copy_databases(from, building, !to.place.on_server(), done));
    if (!keys_from.empty()) YI_CHECK(copy_keys(keys_from, building, true, done));
    YI_CHECK(verify_ledger(place, from));
    YI_TRY(const auto folder, folder_of(to, building));
    YI_CHECK(bring_files(from, folder, !to.files.empty(), done));
    YI_TRY(done.signed_out, end_sessions(place, to.centre));
    restoring->bring_in(after_step);
    return done;
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e);
  } catch (const store::Failure& f) {
    return Refusal{"app.broken_backup", std::string("备份无法读取：") + f.what(), "请改用另一份备份。", 422, from};
  }
}

}  // namespace yi::app
