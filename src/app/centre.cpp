#include "app/centre.h"

#include <filesystem>

#include "app/installation.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

Checked check_place(const NewCentre& q) {
  YI_CHECK(check_ours(q.data_directory));
  if (has_ledger(q.data_directory) && !q.replace)
    return Refusal{"app.not_empty", "目录中已有账本：" + q.data_directory, "请用 --data 指定新的目录；确要重来请加 --fresh。", 409, q.data_directory};
  return Done{};
}

// A replay that is refused leaves the place as it was.
class Leaving {
 public:
  Leaving(std::string directory, bool made_by_us) : directory_(std::move(directory)), made_by_us_(made_by_us) {}
  ~Leaving() {
    std::error_code ignored;
    fs::remove_all(building_place(directory_), ignored);
    if (!made_by_us_ || has_ledger(directory_)) return;
    fs::remove(directory_ + "/lock", ignored);  // held by us: lock_directory knows that such a lock holds nothing
    fs::remove(directory_, ignored);
  }
  Leaving(const Leaving&) = delete;
  Leaving& operator=(const Leaving&) = delete;

 private:
  std::string directory_;
  bool made_by_us_;
};

}  // namespace

Result<std::vector<replay::ReplayedWeek>> make_centre(const NewCentre& q, const std::vector<replay::WeekFile>& files, const Common& common,
                                                      const replay::ReplayProgress& progress) {
  try {
    YI_TRY(const auto as_of, replay::as_of(files, *common.calendar));
    YI_CHECK(check_place(q));  // before anything of ours is put among other people's files
    const bool missing = !fs::exists(q.data_directory);
    YI_TRY(const auto lock, store::lock_directory(q.data_directory));  // until the new centre is in
    YI_CHECK(settle_locked(q.data_directory));
    YI_CHECK(check_place(q));
    const Leaving leaving(q.data_directory, missing);
    std::vector<replay::ReplayedWeek> weeks;
    {
      YI_TRY(auto engine, engine::Engine::open(building_place(q.data_directory), all_rooms(common), engine_options(common, {true, as_of}, q.keys)));
      YI_TRY(weeks, replay::replay(*engine, files, *common.catalog, *common.calendar, q.seed, progress));
    }
    YI_CHECK(take_in(q.data_directory));
    return weeks;
  } catch (const store::Failure& f) {
    return Refusal{"app.cannot_write", std::string("数据无法写入：") + f.what(), "请检查目录的权限和磁盘空间。", 500, q.data_directory};
  } catch (const fs::filesystem_error& e) {
    return Refusal{"app.cannot_write", "无法写入目录：" + std::string(e.code().message()), "请检查目录的权限和磁盘空间。", 500, q.data_directory};
  }
}

}  // namespace yi::app
