#include "store/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

namespace yi::store {
namespace {

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
using Database = std::unique_ptr<sqlite3, Close>;

Refusal backup_failed(const std::string& why, const std::string& file) {
  return {"store.backup_failed", "备份没有完成：" + why, "请检查目标位置的权限和磁盘空间后重来；原有数据没有改动。", 500, file};
}

Database open(const std::string& file, int flags, int& rc) {
  sqlite3* db = nullptr;
  rc = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
  return Database(db);
}

}  // namespace

Checked backup_sqlite(const std::string& from_file, const std::string& to_file) {
  std::error_code ignored;
  if (!std::filesystem::exists(from_file, ignored))
    return Refusal{"store.missing", "没有这个数据文件：" + from_file, "请检查 --data 指定的目录。", 404, from_file};
  const int fd = ::open(to_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return backup_failed("目标文件已存在或不能建立。", to_file);
  ::close(fd);
  int rc = SQLITE_OK;
  {
    const auto from = open(from_file, SQLITE_OPEN_READONLY, rc);
    if (rc != SQLITE_OK) return backup_failed(sqlite3_errmsg(from.get()), from_file);
    sqlite3_db_config(from.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const auto to = open(to_file, SQLITE_OPEN_READWRITE, rc);
    if (rc != SQLITE_OK) return backup_failed(sqlite3_errmsg(to.get()), to_file);
    auto* copy = sqlite3_backup_init(to.get(), "main", from.get(), "main");
    if (!copy) return backup_failed(sqlite3_errmsg(to.get()), to_file);
    rc = sqlite3_backup_step(copy, -1);  // all pages in one step: one read transaction
    if (const int end = sqlite3_backup_finish(copy); rc == SQLITE_DONE) rc = end;
    if (rc != SQLITE_OK) return backup_failed(sqlite3_errstr(rc), to_file);
  }
  for (const auto& path : {to_file, std::filesystem::path(to_file).parent_path().string()}) {
    const int synced = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool good = synced >= 0 && ::fsync(synced) == 0;
    if (synced >= 0) ::close(synced);
    if (!good) return backup_failed("不能写入磁盘。", path);
  }
  return Done{};
}

}  // namespace yi::store
