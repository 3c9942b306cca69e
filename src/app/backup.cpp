#include "app/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "app/beside.h"
#include "files/store.h"
#include "store/backup.h"
#include "store/verify.h"

namespace yi::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLedger = "yichuang.db";
// What must never lie beside a backup. operator.token is in neither: a new one is made at the next start.
constexpr const char* kKeys[] = {"sm2.key", "keys/master", "keys/data-keys"};
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

void copy_files(const std::string& from, const std::string& to, BackedUp& done) {
  fs::create_directories(to + "/files");
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
  for (const auto& folder : fs::directory_iterator(to + "/files")) sync(folder.path());
  sync(to + "/files");
}

// After the ledger: keys may be newer than it, never older.
Checked copy_keys(const std::string& from, const std::string& to, BackedUp& done) {
  for (const std::string name : kKeys) {
    if (!fs::exists(from + "/" + name)) continue;
    const fs::path target = to + "/" + name;
    if (!fs::exists(target.parent_path())) {
      fs::create_directory(target.parent_path());
      fs::permissions(target.parent_path(), fs::perms::owner_all);
    }
    copy_durably(from + "/" + name, target);
    sync(target.parent_path());
    ++done.keys;
  }
  sync(to);
  return Done{};
}

Checked copy_rest(const std::string& from, const std::string& to, bool ledger, BackedUp& done) {
  std::vector<std::string> databases;
  if (ledger) databases.emplace_back(kLedger);
  for (const char* name : kBesideNames)
    if (fs::exists(from + "/" + name + ".db")) databases.push_back(std::string(name) + ".db");
  for (const auto& name : databases) {
    YI_CHECK(store::backup_sqlite(from + "/" + name, to + "/" + name));
    ++done.databases;
  }
  copy_files(from, to, done);
  for (const std::string name : kPublic)
    if (fs::exists(from + "/" + name)) copy_durably(from + "/" + name, to + "/" + name);
  sync(to);
  return Done{};
}

Checked verify_all(const std::string& directory, const std::string& url) {
  const auto broken = [&](const std::string& what) {
    return Refusal{"app.broken_backup", "备份已损坏：" + what, "请改用另一份备份。", 422, directory};
  };
  YI_TRY(const auto opened, store::open({directory, url}, store::Mode::read));
  const auto reader = opened->open_reader();
  for (const auto centre : store::centres(*reader))
    if (const auto v = store::verify(*reader, centre); v.broken) return broken(*v.broken);
  if (const auto check = files::verify(directory); check.broken) return broken("文件 " + *check.broken);
  return Done{};
}

// Who was signed in when the copy was made is not, in what is restored from it.
Checked end_sessions(const std::string& directory, const std::string& url) {
  if (!fs::exists(directory + "/" + identity::kSecretsFile + ".db")) return Done{};
  YI_TRY(const auto lock, store::lock_directory(directory));
  YI_TRY(const auto opened, store::open({directory, url}, store::Mode::read));
  const auto owner = opened->open_reader()->meta("centre");
  if (!owner) return Done{};
  YI_CHECK(identity::end_sessions_and_links(directory, CentreCode{std::stoi(*owner)}));
  return Done{};
}

}  // namespace

Result<BackedUp> backup(const store::Place& place, const std::string& to, const std::string& keys_to) {
  BackedUp done;
  try {
    YI_CHECK(empty_place(to));
    YI_CHECK(copy_rest(place.directory, to, !place.on_server(), done));
    if (!keys_to.empty()) {
      YI_CHECK(empty_place(keys_to));
      YI_CHECK(copy_keys(place.directory, keys_to, done));
    }
    return done;
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e);
  }
}

Result<BackedUp> restore(const std::string& from, const std::string& keys_from, const store::Place& place) {
  BackedUp done;
  const auto& data_directory = place.directory;
  const auto building = fs::path(data_directory + "/.").parent_path().string() + ".restoring";
  struct Remove {
    const std::string& place;
    ~Remove() {
      std::error_code ignored;
      fs::remove_all(place, ignored);
    }
  } const remove{building};  // what did not come in
  try {
    YI_CHECK(empty_place(data_directory));
    fs::remove_all(building);
    YI_CHECK(empty_place(building));
    YI_CHECK(copy_rest(from, building, !place.on_server(), done));
    if (!keys_from.empty()) YI_CHECK(copy_keys(keys_from, building, done));
    YI_CHECK(verify_all(building, place.url));
    YI_CHECK(end_sessions(building, place.url));
    fs::rename(building, data_directory);  // takes the place of an empty directory
    sync(fs::absolute(data_directory).parent_path());
    return done;
  } catch (const fs::filesystem_error& e) {
    return cannot_write(e);
  } catch (const store::Failure& f) {
    return Refusal{"app.broken_backup", std::string("备份无法读取：") + f.what(), "请改用另一份备份。", 422, from};
  }
}

}  // namespace yi::app
