#include "app/centre.h"

#include <filesystem>
#include <optional>

#include "app/installation.h"
#include "store/building.h"

namespace yi::app {
namespace {
namespace fs = std::filesystem;

Checked check_place(const NewCentre& q, CentreCode centre) {
  YI_CHECK(check_ours(q.place.directory));
  if (q.place.on_server()) {
    if (q.replace)
      return Refusal{"app.fresh_on_server", "不替换数据库服务器上的中心。", "请用 --store 指定另一个数据库；旧的数据由数据库管理员处置。", 409, store::label_of(q.place)};
    YI_TRY(const bool there, has_ledger(q.place, centre));
    if (there) return Refusal{"app.not_empty", "数据库中已有这个中心的账本：" + store::label_of(q.place), "请用 --store 指定另一个数据库。", 409, store::label_of(q.place)};
    if (has_ledger(q.place.directory) || fs::exists(q.place.directory + "/keys/data-keys"))
      return Refusal{"app.not_empty", "目录中已有另一个中心的数据或密钥：" + q.place.directory, "请用 --data 指定新的目录。", 409, q.place.directory};
    return Done{};
  }
  if (has_ledger(q.place.directory) && q.replace) {
    // A demonstration may be made anew; what runs by the machine's clock is somebody's real work.
    YI_TRY(const auto store, store::open_sqlite(q.place.directory, store::Mode::read));
    if (store->open_reader()->meta("clock").value_or("system") == "system")
      return Refusal{"app.real_centre", "目录中是正式运行的中心，不能用示例数据替换：" + q.place.directory, "请用 --data 指定新的目录。", 409, q.place.directory};
  }
  if (has_ledger(q.place.directory) && !q.replace)
    return Refusal{"app.not_empty", "目录中已有账本：" + q.place.directory, "请用 --data 指定新的目录；确要重来请加 --fresh。", 409, q.place.directory};
  return Done{};
}

// A replay that is refused leaves the place as it was.
class Leaving {
 public:
  Leaving(std::string directory, bool made_by_us) : directory_(std::move(directory)), made_by_us_(made_by_us) {}
  ~Leaving() {
    std::error_code ignored;
    fs::remove_all(building_place(directory_), ignored);
    if (!made_by_us_ || has_ledger(directory_) || fs::exists(directory_ + "/keys")) return;
    fs::remove(directory_ + "/lock", ignored);  // held by us: lock_directory knows that such a lock holds nothing
    fs::remove(directory_, ignored);
  }
  Leaving(const Leaving&) = delete;
  Leaving& operator=(const Leaving&) = delete;

 private:
  std::string directory_;
  bool made_by_us_;
};

// What a replay that is refused leaves on a server; where it was taken in, there is none.
class DroppedSchema {
 public:
  DroppedSchema(const std::string& url, std::optional<store::BuildersWord>& word) : url_(url), word_(word) {}
  ~DroppedSchema() {
    if (word_ && word_->still_held()) static_cast<void>(store::drop_building(url_));  // else it may be another's by now
  }
  DroppedSchema(const DroppedSchema&) = delete;
  DroppedSchema& operator=(const DroppedSchema&) = delete;

 private:
  const std::string& url_;
  std::optional<store::BuildersWord>& word_;
};

}  // namespace

Result<std::vector<replay::ReplayedWeek>> make_centre(const NewCentre& q, const std::vector<replay::WeekFile>& files, const Common& common,
                                                      const replay::ReplayProgress& progress) {
  try {
    YI_TRY(const auto as_of, replay::as_of(files, *common.calendar));
    const auto centre = common.catalog->settings().centre;
    YI_CHECK(check_place(q, centre));  // before anything of ours is put among other people's files
    const bool missing = !fs::exists(q.place.directory);
    YI_TRY(const auto lock, store::lock_directory(q.place.directory));  // until the new centre is in
    YI_CHECK(settle_locked(q.place.directory));
    YI_CHECK(check_place(q, centre));
    const Leaving leaving(q.place.directory, missing);
    std::vector<replay::ReplayedWeek> weeks;
    store::Place building(building_place(q.place.directory), q.place.url);
    building.building = true;
    std::optional<store::BuildersWord> word;
    if (q.place.on_server()) {
      YI_TRY(auto taken, store::BuildersWord::take(q.place.url));
      word.emplace(std::move(taken));
    }
    const DroppedSchema dropped(q.place.url, word);
    if (q.place.on_server()) YI_CHECK(store::drop_building(q.place.url));  // of a replay that was ended
    auto keys = q.keys;
    if (const auto ready = q.place.directory + "/keys/master"; q.place.on_server() && keys.master_key_file.empty() && fs::exists(ready)) keys.master_key_file = ready;
    {
      const auto book = q.hall ? std::make_shared<identity::AccountBook>() : nullptr;
      YI_TRY(auto engine, engine::Engine::open(building, all_rooms(common, book), engine_options(common, {true, as_of}, keys)));
      if (!q.hall) {
        YI_TRY(weeks, replay::replay(*engine, files, *common.catalog, *common.calendar, q.seed, progress));
      } else {
        YI_TRY(const auto roles, identity::RoleTable::load(q.roles_file));
        replay::Hall hall(*engine, *q.hall, *book, roles);
        YI_TRY(weeks, replay::replay(*engine, files, *common.catalog, *common.calendar, q.seed, progress, &hall));
        YI_CHECK(hall.run_until(as_of));
      }
    }
    YI_CHECK(q.place.on_server() ? take_in(q.place, centre) : take_in(q.place.directory));
    return weeks;
  } catch (const store::Failure& f) {
    return Refusal{"app.cannot_write", std::string("数据无法写入：") + f.what(), "请检查目录的权限和磁盘空间。", 500, q.place.directory};
  } catch (const fs::filesystem_error& e) {
    return Refusal{"app.cannot_write", "无法写入目录：" + std::string(e.code().message()), "请检查目录的权限和磁盘空间。", 500, q.place.directory};
  }
}

}  // namespace yi::app
