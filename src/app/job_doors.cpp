#include "app/job_doors.h"

#include <fmt/format.h>

#include <filesystem>
#include <istream>

#include "base/text.h"
#include "casework/case_list.h"
#include "crypto/random.h"
#include "engine/rebuild.h"
#include "exchange/import.h"
#include "jobs/limits.h"
#include "jobs/refusals.h"
#include "store/backup.h"
#include "store/verify.h"

namespace yi::app {
namespace {

namespace fs = std::filesystem;
using jobs::Ended;
using jobs::Progress;

constexpr std::string_view kFolder = ".job-";
constexpr const char* kCheckImport = "exchange.check_import";
constexpr const char* kImport = "exchange.import_cases";

// Every record's hash and every open case: what `yichuang verify` looks at, but for the files and the access audit.
Result<Ended> verify(const LongWork& w, Progress& progress) {
  auto reader = w.engine.reader();
  const auto v = store::verify(*reader, w.engine.centre(), [&](std::int64_t done, std::int64_t all) { progress.at(done, all); });
  if (v.broken) progress.line(*v.broken);
  const auto a = casework::open_cases_read_one_by_one(*reader, w.engine.centre());
  if (!a.behind() && !a.holds()) progress.line(fmt::format("在办件 {} 个，各环节列表合计 {} 个，不相符。", a.open_cases, a.in_queues));
  if (v.broken) return Ended{"账本有损坏，所列是第一处。请停止服务，从备份恢复。", false};
  if (!a.behind() && !a.holds()) return Ended{fmt::format("账本 {} 条记录全部相符；在办件与列表不相符，请重建比对。", v.events), false};
  return Ended{fmt::format("{} 条记录、{} 个提交组全部相符；{} 个在办件与各环节列表相符。账本头 {}", v.events, v.groups, a.open_cases, v.head_hash)};
}

// A folder of its own, gone with its content.
class Folder {
 public:
  explicit Folder(const std::string& in) : path_(in + "/" + std::string(kFolder) + hex(crypto::random_bytes(8))) {
    fs::create_directory(path_);
    fs::permissions(path_, fs::perms::owner_all);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

// Every view again from the ledger, on a copy, so that the hall goes on: what differs is told, nothing is changed.
Result<Ended> rebuild(const LongWork& w, Progress& progress) {
  progress.at(0, 0);
  const Folder folder(w.place.directory);
  YI_CHECK(store::backup_sqlite(w.place.directory + "/yichuang.db", folder.path() + "/yichuang.db"));
  YI_TRY(const auto copy, store::open({folder.path(), ""}, store::Mode::write));
  engine::RebuildOptions options;
  options.keys = &w.engine.keys();
  options.state_cache_bytes = limits::kStateCacheBytes.value;
  options.progress = [&](std::string_view, std::int64_t done, std::int64_t all) { progress.at(done, all); };
  const auto r = engine::rebuild(copy->writer(), all_rooms(w.common), w.engine.centre(), options);
  std::int64_t rows = 0, different = 0;
  for (const auto& v : r.views) {
    rows += v.rows;
    if (!v.difference) continue;
    ++different;
    progress.line(v.name + "：" + *v.difference);
  }
  if (different > 0) return Ended{fmt::format("{} 条事实、{} 个视图，其中 {} 个与账本不一致。原视图未动；核实后请停止服务，运行 yichuang rebuild --repair。", r.facts, r.views.size(), different), false};
  return Ended{fmt::format("{} 条事实、{} 个视图、{} 行，与账本重建的结果完全一致。", r.facts, r.views.size(), rows)};
}

// A line of the report: where in the file, which case, what, which rule.
exchange::OnRefused reporting(Progress& progress) {
  return [&progress](std::int64_t line, const std::string& number, const Refusal& why) {
    progress.line(fmt::format("第{}行起 {}：{} {}（{}）{}", line, number.empty() ? "不明办件" : number, why.sentence, why.where, why.code, why.next_step));
  };
}

Result<Ended> check(const LongWork& w, const jobs::Spool& file, Progress& progress) {
  jobs::SpoolBuffer buffer(file);
  std::istream in(&buffer);
  const auto report = exchange::check_cases(w.engine, *w.common.catalog, in, reporting(progress), [&](std::int64_t) { progress.at(buffer.position(), file.size()); });
  return Ended{fmt::format("可以导入 {} 个办件，以前导入过 {} 个，不能导入 {} 个。还没有导入。", report.imported, report.repeated, report.refused), report.refused == 0};
}

Result<Ended> import(const LongWork& w, const engine::Actor& actor, const jobs::Spool& file, Progress& progress) {
  jobs::SpoolBuffer buffer(file);
  std::istream in(&buffer);
  YI_TRY(const auto report, exchange::import_cases(w.engine, in, actor, reporting(progress), [&](std::int64_t) { progress.at(buffer.position(), file.size()); }));
  return Ended{fmt::format("导入 {} 个办件，以前导入过 {} 个，拒绝 {} 个。", report.imported, report.repeated, report.refused), report.refused == 0};
}

class ImportSink : public http::UploadSink {
 public:
  ImportSink(std::unique_ptr<jobs::Spool> file, jobs::Desk& desk, const LongWork& work) : file_(std::move(file)), desk_(desk), work_(work) {}
  Checked write(std::string_view piece) override { return file_->write(piece); }
  void finish(const http::Request& request, const http::Caller& caller, http::Responder reply) override {
    if (const auto whole = file_->finish(); !whole) return reply(http::problem(whole.error()));
    const auto name = request.query.find("name");
    jobs::Wish wish;
    wish.account = caller.account;
    wish.kind = kCheckImport;
    wish.about = name == request.query.end() ? "" : name->second;
    wish.input = std::shared_ptr<const jobs::Spool>(std::move(file_));
    wish.work = [work = work_, file = wish.input](Progress& progress) { return check(work, *file, progress); };
    reply(jobs::job_reply(desk_.begin(std::move(wish))));
  }

 private:
  std::unique_ptr<jobs::Spool> file_;
  jobs::Desk& desk_;
  const LongWork work_;
};

void add_import_doors(http::Router& router, const jobs::DoorParts& parts, const LongWork& work) {
  auto upload = jobs::job_door(http::Method::post, "/api/jobs/import", "exchange.upload_import", "上传交换表文件（jsonl），先核对，不导入", "exchange.import_cases");
  upload.parameters = {{"name", "文件名", R"({"type":"string","minLength":1,"maxLength":255})", false, false}};
  upload.body_limit = limits::kImportBytes.value;
  upload.upload.media_types = {"application/x-ndjson", "application/octet-stream", "application/json", "text/plain"};
  upload.upload.open = [parts, work](const http::Request&, const http::Caller&) -> Result<std::unique_ptr<http::UploadSink>> {
    YI_TRY(auto file, jobs::Spool::make(parts.directory));
    return std::unique_ptr<http::UploadSink>(std::make_unique<ImportSink>(std::move(file), parts.desk, work));
  };
  router.add(std::move(upload));

  auto take = jobs::job_door(http::Method::post, "/api/jobs/{id}/import", kImport, "导入核对过的交换表文件", kImport);
  take.parameters = {{"id", "核对任务的编号", R"({"type":"string","pattern":"^[0-9a-f]{32}$"})", true, true}};
  take.handle = [&desk = parts.desk, &gatekeeper = parts.gatekeeper, &router, work](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const auto& id = request.path_parameters.at("id");
    const auto file = desk.input(caller.account, id, kCheckImport);
    if (!file) return reply(http::problem(file.error()));
    jobs::Wish wish;
    wish.account = caller.account;
    wish.kind = kImport;
    wish.about = desk.find(caller.account, id).value().about;
    auto q = jobs::as_asked_by(request);
    q.method = request.method;
    q.path = request.path;
    wish.work = [work, &gatekeeper, &router, q = std::move(q), content = *file](Progress& progress) -> Result<Ended> {
      YI_TRY(const auto still, gatekeeper.admit(q, *jobs::door_named(router, kImport)));  // it may have waited, and a right may be gone
      const engine::Actor actor{still.account, still.role, still.name, DepartmentCode{still.department}, still.roles, SubjectId{still.subject}, still.at_page};
      return import(work, actor, *content, progress);
    };
    reply(jobs::job_reply(desk.begin(std::move(wish))));
  };
  router.add(std::move(take));
}

void add_check_door(http::Router& router, jobs::Desk& desk, const char* pattern, const char* name, const char* summary, std::function<Result<Ended>(Progress&)> what, bool possible) {
  auto d = jobs::job_door(http::Method::post, pattern, name, summary, name);
  d.handle = [&desk, name, what = std::move(what), possible](const http::Request&, const http::Caller& caller, http::Responder reply) {
    if (!possible) return reply(http::problem(jobs::refuse(jobs::Reason::needs_command_line)));
    jobs::Wish wish;
    wish.account = caller.account;
    wish.kind = name;
    wish.unit = jobs::JobUnit::facts;
    wish.work = what;
    reply(jobs::job_reply(desk.begin(std::move(wish))));
  };
  router.add(std::move(d));
}

}  // namespace

void sweep_copies(const std::string& directory) {
  std::error_code ignored;
  std::vector<fs::path> left;
  for (const auto& e : fs::directory_iterator(directory, ignored))
    if (e.path().filename().string().starts_with(kFolder)) left.push_back(e.path());
  for (const auto& path : left) fs::remove_all(path, ignored);
}

void add_long_work_doors(http::Router& router, const jobs::DoorParts& parts, const LongWork& work) {
  add_check_door(router, parts.desk, "/api/jobs/verify", "ledger.verify", "核对账本：重新计算每一条记录的散列", [work](Progress& p) { return verify(work, p); }, true);
  add_check_door(router, parts.desk, "/api/jobs/rebuild", "ledger.rebuild", "在副本上按账本重建全部视图，比对，不改动", [work](Progress& p) { return rebuild(work, p); }, !work.place.on_server());
  add_import_doors(router, parts, work);
}

}  // namespace yi::app
