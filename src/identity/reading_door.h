#pragma once
// A door that reads a view for somebody: what all of them have in common, once. The answer is a described struct.
#include "engine/command_doors.h"
#include "identity/gatekeeper.h"
#include "identity/viewer.h"

namespace yi::identity {

struct ReadingDoor {
  const char *pattern, *name, *summary;  // as http::Door
  const char* right;
  const char* audit_class;               // "read", "personal"
  std::vector<http::Parameter> parameters = {};
  std::vector<std::string> refusals = {};  // beside those of every reading door
};

// What the reading function is told. Lives as long as the call.
struct Asking {
  const http::Request& request;
  const Viewer& viewer;
  store::Reader& reader;
  CentreCode centre;
  Instant now;
  const store::KeyVault& keys;

  std::string text(const char* name) const {  // of the query; "" when it is not there
    const auto it = request.query.find(name);
    return it == request.query.end() ? std::string() : it->second;
  }
  Result<CivilDay> day(const char* name) const { return parse_day(text(name)); }  // "base.bad_date"
  std::int64_t number(const char* name) const {  // of the query or the path; 0 when it is none
    const auto in_path = request.path_parameters.find(name);
    const auto s = in_path == request.path_parameters.end() ? text(name) : in_path->second;
    std::int64_t n = 0;
    for (const char c : s) {
      if (c < '0' || c > '9' || n > 99'999'999'999'999'999) return 0;
      n = n * 10 + (c - '0');
    }
    return n;
  }
};

inline http::Parameter day_parameter(const char* name, const char* summary, bool required = true) {
  return {name, summary, R"({"type":"string","format":"date"})", false, required};
}
inline http::Parameter text_parameter(const char* name, const char* summary, bool required = false) {
  return {name, summary, R"({"type":"string","maxLength":200})", false, required};
}

// `read`: Result<Answer>(const Asking&). The engine outlives the router.
template <class Answer, class Read>
void add_reading_door(http::Router& router, engine::Engine& engine, ReadingDoor d, Read read) {
  http::Door door;
  door.pattern = d.pattern;
  door.name = d.name;
  door.summary = d.summary;
  door.right = d.right;
  door.audit_class = d.audit_class;
  door.parameters = std::move(d.parameters);
  door.parameters.push_back(engine::after_parameter());
  door.refusal_codes = std::move(d.refusals);
  for (const char* code : {"identity.not_signed_in", "identity.not_allowed", "engine.bad_position", "engine.reports_behind"}) door.refusal_codes.emplace_back(code);
  door.runs_on = http::RunsOn::worker;
  door.replies = {{200, door.summary, "application/json", json::schema<Answer>()}};
  door.handle = [&engine, read](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    const auto viewer = viewer_of(caller);
    auto reader = engine.reader();
    Result<Answer> answer = read(Asking{request, viewer, *reader, engine.centre(), engine.clock().now(), engine.keys()});
    if (!answer) return reply(http::problem(answer.error()));
    http::Response r;
    r.body = json::write(*answer);
    reply(std::move(r));
  };
  router.add(std::move(door));
}

}  // namespace yi::identity
