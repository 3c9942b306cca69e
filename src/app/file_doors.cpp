#include "app/file_doors.h"

#include "app/upload_quota.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "files/name.h"

namespace yi::app {
namespace {

struct FileReceipt {
  std::string id;          // 文件编号：保存内容的 SM3
  std::int64_t size = 0;   // 字节
  std::string media_type;
  std::string name;
  std::string sm3;         // 原文的 SM3
  bool scanned = false;    // 是否经过病毒扫描
};
BOOST_DESCRIBE_STRUCT(FileReceipt, (), (id, size, media_type, name, sm3, scanned))

class FileSink : public http::UploadSink {
 public:
  FileSink(std::unique_ptr<files::Incoming> in, std::unique_ptr<UploadQuota::Place> place) : in_(std::move(in)), place_(std::move(place)) {}
  Checked write(std::string_view piece) override {
    YI_CHECK(place_->take(piece.size(), monotonic_ns() / 1'000'000));
    return in_->write(piece);
  }
  void finish(const http::Request&, const http::Caller&, http::Responder reply) override {
    const auto stored = in_->finish();
    if (!stored) return reply(http::problem(stored.error()));
    const auto& about = stored->about;
    http::Response r;
    r.status = 201;
    r.headers.emplace_back("location", "/api/files/" + stored->id.value);
    r.body = json::write(FileReceipt{stored->id.value, about.size, files::media_type(about.kind), about.name,
                                     hex(crypto::bytes(about.plain)), about.scanned});
    reply(std::move(r));
  }

 private:
  std::unique_ptr<files::Incoming> in_;
  std::unique_ptr<UploadQuota::Place> place_;
};

http::Door upload_door(files::FileStore& store, const FileRules& rules) {
  http::Door d;
  d.method = http::Method::post;
  d.pattern = "/api/files";
  d.name = "files.upload";
  d.summary = "上传一个文件，得到文件编号；工作人员须写明办件，申请人可以先上传再申报";
  d.right = "files.upload";
  d.audit_class = "command";
  d.parameters = {{"name", "文件名", R"({"type":"string","minLength":1,"maxLength":255})", false, false},
                  {"case", "办件的系统编号：文件是这个办件的", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false}};
  d.replies = {{201, "已保存的文件", "application/json", json::schema<FileReceipt>()}};
  d.refusal_codes = {"files.unknown_kind", "files.type_differs", "files.picture_too_large", "files.archive", "files.too_large",
                     "files.virus", "files.unscanned", "files.scanner_unavailable", "files.storage_unavailable", "app.too_many_uploads", "app.upload_quota", "store.key_erased", "store.key_unavailable"};
  d.refusal_codes.insert(d.refusal_codes.end(), rules.refusal_codes.begin(), rules.refusal_codes.end());
  d.body_limit = limits::kUploadBytes.value;
  d.upload.media_types = {"application/octet-stream", "text/plain", "image/*", "application/zip", "application/ofd"};
  for (const auto kind : {files::Kind::pdf, files::Kind::docx, files::Kind::xlsx}) d.upload.media_types.emplace_back(files::media_type(kind));
  d.upload.open = [&store, owner = rules.owner, quota = std::make_shared<UploadQuota>()](const http::Request& request, const http::Caller& caller) -> Result<std::unique_ptr<http::UploadSink>> {
    const auto name = request.query.find("name");
    YI_TRY(const auto whose, owner(request, caller));
    YI_TRY(auto place, quota->enter(caller.account));
    YI_TRY(auto in, store.begin({request.content_type, name == request.query.end() ? "" : name->second, whose}));
    return std::unique_ptr<http::UploadSink>(std::make_unique<FileSink>(std::move(in), std::move(place)));
  };
  return d;
}

http::Door read_door(files::FileStore& store, const FileRules& rules) {
  http::Door d;
  d.pattern = "/api/files/{id}";
  d.name = "files.read";
  d.summary = "下载一个文件";
  d.right = "files.read";
  d.audit_class = "personal";
  d.parameters = {{"id", "文件编号", R"({"type":"string","pattern":"^[0-9a-f]{64}$"})", true, true}};
  d.replies = {{200, "文件内容", "application/octet-stream", ""}};
  d.refusal_codes = {"files.not_found", "files.damaged", "files.sealed", "store.key_erased", "store.key_unavailable", "store.sealed_damaged"};
  d.runs_on = http::RunsOn::worker;
  d.handle = [&store, may_read = rules.may_read](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const files::FileId id{request.path_parameters.at("id")};
    if (const auto may = may_read(request, caller, id); !may) {
      auto r = http::problem(may.error());
      r.refusal.clear();  // whoever judged has written it down, with whose file it was
      return reply(std::move(r));
    }
    auto opened = store.read(id);
    if (!opened) return reply(http::problem(opened.error()));
    const std::shared_ptr<files::Outgoing> out = std::move(opened).value();
    const auto& about = out->stored().about;
    http::Response r;
    r.content_type = files::media_type(about.kind);
    // Whatever it is, a browser keeps it and does not open it as a page of ours.
    r.headers = {{"content-disposition", files::content_disposition(about.name)},
                 {"content-security-policy", "sandbox; default-src 'none'"},
                 {"cache-control", "no-store"}};
    r.produce = [out](std::string& piece) {
      const auto more = out->read(piece);
      if (!more) throw std::runtime_error(more.error().code + " " + more.error().where);
      return *more;
    };
    reply(std::move(r));
  };
  return d;
}

}  // namespace

void add_file_doors(http::Router& router, files::FileStore& store, const FileRules& rules) {
  router.add(upload_door(store, rules));
  router.add(read_door(store, rules));
}

}  // namespace yi::app
