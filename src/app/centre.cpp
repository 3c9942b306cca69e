#include "app/centre.h"

#include <filesystem>

#include "app/installation.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

bool is_ours(const std::string& name) {
  return name == "lock" || name == "operator.token" || name == "bulletins" || name.starts_with("yichuang.db");
}

Checked check_place(const NewCentre& q) {
  if (!fs::exists(q.data_directory)) return Done{};
  if (!fs::is_directory(q.data_directory))
    return Refusal{"app.foreign_files", "这个位置不是目录：" + q.data_directory, "请用 --data 指定另一个目录。", 409, q.data_directory};
  for (const auto& entry : fs::directory_iterator(q.data_directory))
    if (!is_ours(entry.path().filename().string()))
      return Refusal{"app.foreign_files", "目录中有不属于一窗的文件：" + entry.path().filename().string(),
                     "请用 --data 指定一个空目录，或自行移走这些文件。", 409, q.data_directory};
  if (has_ledger(q.data_directory)) {
    if (!q.replace)
      return Refusal{"app.not_empty", "目录中已有账本：" + q.data_directory, "请用 --data 指定新的目录；确要重来请加 --fresh。", 409, q.data_directory};
    // Nobody may be writing what is about to go.
    YI_CHECK([&]() -> Checked {
      auto store = store::open_sqlite(q.data_directory, store::Mode::write);
      if (!store && store.error().code == "store.locked") return std::move(store).error();
      return Done{};
    }());
  }
  return Done{};
}

void remove_ours(const std::string& directory) {
  for (const auto& entry : fs::directory_iterator(directory))
    if (is_ours(entry.path().filename().string())) fs::remove_all(entry.path());
}

}  // namespace

bool has_ledger(const std::string& data_directory) {
  std::error_code ignored;
  return fs::exists(data_directory + "/yichuang.db", ignored);
}

Result<std::vector<replay::ReplayedWeek>> make_centre(const NewCentre& q, const std::vector<replay::WeekFile>& files, const Common& common,
                                                      const replay::ReplayProgress& progress) {
  try {
    YI_CHECK(check_place(q));
    YI_TRY(const auto as_of, replay::as_of(files, *common.calendar));
    const auto place = fs::absolute(q.data_directory).lexically_normal();
    const auto building = (place.has_filename() ? place : place.parent_path()).string() + ".building";
    if (fs::exists(building)) fs::remove_all(building);
    struct Cleaner {
      std::string path;
      ~Cleaner() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
      }
    } cleaner{building};
    std::vector<replay::ReplayedWeek> weeks;
    {
      YI_TRY(auto engine, engine::Engine::open(building, all_rooms(common), engine_options(common, {true, as_of})));
      YI_TRY(weeks, replay::replay(*engine, files, *common.catalog, *common.calendar, q.seed, progress));
    }
    fs::create_directories(q.data_directory);
    remove_ours(q.data_directory);
    for (const auto& entry : fs::directory_iterator(building)) {
      // The database last: a directory without it counts as empty.
      if (entry.path().filename() != "yichuang.db") fs::rename(entry.path(), fs::path(q.data_directory) / entry.path().filename());
    }
    fs::rename(building + "/yichuang.db", q.data_directory + "/yichuang.db");
    return weeks;
  } catch (const store::Failure& f) {
    return Refusal{"app.cannot_write", std::string("数据无法写入：") + f.what(), "请检查目录的权限和磁盘空间。", 500, q.data_directory};
  } catch (const fs::filesystem_error& e) {
    return Refusal{"app.cannot_write", "无法写入目录：" + std::string(e.code().message()), "请检查目录的权限和磁盘空间。", 500, q.data_directory};
  }
}

}  // namespace yi::app
