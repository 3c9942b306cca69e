#include "jobs/doors.h"

#include "base/text.h"
#include "jobs/limits.h"
#include "jobs/refusals.h"

namespace yi::jobs {
namespace {

struct Removed {
  bool removed = true;
};
BOOST_DESCRIBE_STRUCT(Removed, (), (removed))

const http::Parameter kId{"id", "任务编号", R"({"type":"string","pattern":"^[0-9a-f]{32}$"})", true, true};

void add_list(http::Router& router, Desk& desk) {
  auto d = job_door(http::Method::get, "/api/jobs", "jobs.list", "本人的长任务：导出、导入、核对的进度和结果", identity::kSignedIn);
  d.replies = {{200, d.summary, "application/json", json::schema<JobList>()}};
  d.handle = [&desk](const http::Request&, const http::Caller& caller, http::Responder reply) {
    http::Response r;
    r.body = json::write(JobList{desk.list(caller.account)});
    r.headers.emplace_back("cache-control", "no-store");
    reply(std::move(r));
  };
  router.add(std::move(d));
}

void add_events(http::Router& router, const DoorParts& parts) {
  auto d = job_door(http::Method::get, "/api/jobs/events", "jobs.events", "本人长任务的进度通知", identity::kSignedIn);
  d.leads = false;  // a stream is not passed on: of a node that does not lead, pages ask for the list
  d.replies = {{200, "进度通知", "text/event-stream", "", {{"ready", "已接通", json::schema<JobList>()}, {"job", "一项任务有变动", json::schema<JobView>()}}}};
  d.runs_on = http::RunsOn::connection;
  d.handle = [&desk = parts.desk, &gatekeeper = parts.gatekeeper](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    http::Response r;
    r.events = std::make_shared<http::EventStream>();
    if (request.head_only) {
      r.events->end();
      return reply(std::move(r));
    }
    // The credentials alone: the whole request is not kept for as long as a page is open.
    http::Request credentials;
    credentials.authorization = request.authorization;
    credentials.cookie = request.cookie;
    credentials.host = request.host;
    desk.listen(caller.account, r.events, [&gatekeeper, credentials = std::move(credentials), caller] { return gatekeeper.still_admits(credentials, caller); });
    reply(std::move(r));
  };
  router.add(std::move(d));
}

void add_file(http::Router& router, Desk& desk) {
  auto d = job_door(http::Method::get, "/api/jobs/{id}/file", "jobs.read_file", "下载一项任务做成的文件", identity::kSignedIn);
  d.audit_class = "personal";
  d.parameters = {kId};
  d.replies = {{200, "文件内容", "application/octet-stream", ""}};
  d.runs_on = http::RunsOn::worker;
  d.handle = [&desk](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    auto f = desk.file(caller.account, request.path_parameters.at("id"));
    if (!f) return reply(http::problem(f.error()));
    http::Response r;
    r.content_type = f->media_type;
    r.headers = {{"content-disposition", "attachment; filename=\"" + f->name + "\""}, {"cache-control", "no-store"}};
    r.produce = [content = f->content, n = std::int64_t{0}](std::string& piece) mutable { return content->read(n++, piece); };
    reply(std::move(r));
  };
  router.add(std::move(d));
}

void add_acts(http::Router& router, Desk& desk) {
  auto stop = job_door(http::Method::post, "/api/jobs/{id}/stop", "jobs.stop", "停止一项任务", identity::kSignedIn);
  stop.parameters = {kId};
  stop.handle = [&desk](const http::Request& request, const http::Caller& caller, http::Responder reply) { reply(job_reply(desk.stop(caller.account, request.path_parameters.at("id")))); };
  router.add(std::move(stop));

  auto remove = job_door(http::Method::post, "/api/jobs/{id}/remove", "jobs.remove", "删去一项已经结束的任务和它的文件", identity::kSignedIn);
  remove.parameters = {kId};
  remove.replies = {{200, "已删去", "application/json", json::schema<Removed>()}};
  remove.handle = [&desk](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const auto done = desk.remove(caller.account, request.path_parameters.at("id"));
    if (!done) return reply(http::problem(done.error()));
    http::Response r;
    r.body = json::write(Removed{});
    reply(std::move(r));
  };
  router.add(std::move(remove));
}

}  // namespace

http::Response job_reply(const Result<JobView>& job) {
  if (!job) return http::problem(job.error());
  http::Response r;
  r.body = json::write(*job);
  r.headers.emplace_back("cache-control", "no-store");
  return r;
}

http::Door job_door(http::Method method, const char* pattern, const char* name, const char* summary, const char* right) {
  http::Door d;
  d.method = method;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = method == http::Method::post ? "command" : "read";
  d.leads = method == http::Method::get;  // jobs are where they were begun: at the node that leads
  d.replies = {{200, summary, "application/json", json::schema<JobView>()}};
  d.refusal_codes = {"identity.not_signed_in", "identity.not_allowed", "identity.csrf"};
  for (auto& code : refusal_codes()) d.refusal_codes.push_back(std::move(code));
  return d;
}

void add_doors(http::Router& router, const DoorParts& parts) {
  add_list(router, parts.desk);
  add_events(router, parts);
  add_file(router, parts.desk);
  add_acts(router, parts.desk);

  auto d = job_door(http::Method::post, "/api/jobs/export", "jobs.export", "在后台导出：办件列表、四项数、交换表、周报和报告的文件", identity::kSignedIn);
  d.request_schema = export_schema();
  for (const char* code : {"base.bad_json", "base.unknown_field", "base.repeated_field", "base.missing_field", "base.wrong_type", "base.too_long", "base.too_many", "http.unknown_parameter", "http.missing_parameter", "http.bad_parameter"})
    d.refusal_codes.emplace_back(code);
  d.handle = [parts, &router](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    auto wish = export_wish(router, parts, request);
    if (!wish) return reply(http::problem(wish.error()));
    wish->account = caller.account;
    reply(job_reply(parts.desk.begin(std::move(wish).value())));
  };
  router.add(std::move(d));
}

}  // namespace yi::jobs
