// An export as a job: another door's own reply, asked for by whoever began the job, kept in a spool instead of being sent.
#include <algorithm>
#include <future>

#include "base/text.h"
#include "jobs/doors.h"
#include "jobs/refusals.h"

namespace yi::jobs {
namespace {

struct AskedParameter {
  Text<60> name;
  Text<200> value;
};
BOOST_DESCRIBE_STRUCT(AskedParameter, (), (name, value))
struct ExportWish {
  Text<60> door;                        // "casework.export_cases"
  std::vector<AskedParameter> query;    // as the door has them: {"name":"format","value":"xlsx"}, a path's too
  std::optional<Text<200>> about;       // as the page calls it, for the list of jobs
};
BOOST_DESCRIBE_STRUCT(ExportWish, (), (door, query, about))

const http::Door* find_door(const http::Router& router, const DoorParts& parts, std::string_view name) {
  if (std::find(parts.exportable.begin(), parts.exportable.end(), name) == parts.exportable.end()) return nullptr;
  return door_named(router, name);
}

// The door's own address with what was asked: a parameter of its path stands there, every other in the query.
void address(http::Request& q, const http::Door& door, const ExportWish& asked) {
  q.method = door.method;
  q.path = door.pattern;
  for (const auto& p : asked.query) {
    const std::string name(std::string_view(p.name)), value(std::string_view(p.value));
    const bool in_path = std::any_of(door.parameters.begin(), door.parameters.end(), [&](const http::Parameter& of) { return of.in_path && of.name == name; });
    if (!in_path) {
      q.query[name] = value;
      continue;
    }
    q.path_parameters[name] = value;
    q.path = replace_all(q.path, "{" + name + "}", value);
  }
}

// What a refusal says on the wire.
Refusal refusal_in(const http::Response& r) {
  Refusal out{r.refusal, "", "", r.status, ""};
  json::Parser parser;
  const auto body = parser.parse(r.body);
  const auto text = [&](const char* name) {
    const auto n = body && body->kind() == json::Kind::object ? body->find(name) : std::nullopt;
    return n && n->kind() == json::Kind::string ? std::string(n->string()) : std::string();
  };
  out.sentence = text("detail");
  out.next_step = text("next_step");
  if (out.code.empty()) out.code = text("code");
  return out.sentence.empty() ? refuse(Reason::broken_off) : out;
}

std::string file_name_of(const http::Response& r) {
  for (const auto& [name, value] : r.headers) {
    if (name != "content-disposition") continue;
    const auto from = value.find("filename=\"");
    const auto to = from == value.npos ? from : value.find('"', from + 10);
    if (to != value.npos) return value.substr(from + 10, to - from - 10);
  }
  return "export";
}

Result<Ended> keep(const http::Door& door, const http::Request& request, const http::Caller& caller, const std::string& directory, Progress& progress) {
  std::promise<http::Response> answered;
  door.handle(request, caller, http::Responder(http::Responder::Sink([&](http::Response r) { answered.set_value(std::move(r)); })));
  auto reply = answered.get_future().get();  // when its entry in the access audit is durable
  if (reply.status != 200) return refusal_in(reply);
  YI_TRY(std::shared_ptr<Spool> file, Spool::make(directory));
  YI_CHECK(file->write(reply.body));
  for (bool more = static_cast<bool>(reply.produce); more;) {
    std::string piece;
    more = reply.produce(piece);
    YI_CHECK(file->write(piece));
    progress.at(file->size(), 0);
  }
  YI_CHECK(file->finish());
  return Ended{"", true, file_name_of(reply), reply.content_type, file};
}

Checked admitted(const DoorParts& parts, const http::Request& q, const http::Door& door) {
  YI_TRY(const auto caller, parts.gatekeeper.admit(q, door));
  static_cast<void>(caller);
  return Done{};
}

}  // namespace

std::string export_schema() { return json::schema<ExportWish>(); }

http::Request as_asked_by(const http::Request& request) {
  http::Request q;
  q.cookie = request.cookie;
  q.authorization = request.authorization;
  q.host = request.host;
  q.origin = request.origin;
  q.csrf_token = request.csrf_token;
  q.forwarded_for = request.forwarded_for;
  q.address = request.address;
  return q;
}

const http::Door* door_named(const http::Router& router, std::string_view name) {
  for (const auto& d : router.doors())
    if (d.name == name) return &d;
  return nullptr;
}

Result<Wish> export_wish(const http::Router& router, const DoorParts& parts, const http::Request& request) {
  YI_TRY(const auto asked, json::read<ExportWish>(request.body));
  const auto* door = find_door(router, parts, asked.door);
  if (!door) return refuse(Reason::not_exportable);
  auto q = as_asked_by(request);
  address(q, *door, asked);
  q.accept = "application/problem+json";  // also of a door that else answers people with a page
  YI_CHECK(admitted(parts, q, *door));
  YI_CHECK(router.check_parameters(*door, q));
  Wish w;
  w.kind = door->name;
  w.about = asked.about ? std::string(std::string_view(*asked.about)) : "";
  w.unit = JobUnit::bytes;
  w.work = [door, q = std::move(q), &gatekeeper = parts.gatekeeper, directory = parts.directory](Progress& progress) -> Result<Ended> {
    YI_TRY(const auto still, gatekeeper.admit(q, *door));  // it may have waited, and a right may be gone
    return keep(*door, q, still, directory, progress);
  };
  return w;
}

}  // namespace yi::jobs
