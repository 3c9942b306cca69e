#include "http/openapi.h"

#include <algorithm>

#include "base/json.h"

namespace yi::http {
namespace {

using json::append_string;

// Writes `"key":` with the comma that it needs.
void key(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  append_string(out, name);
  out += ':';
}

void member(std::string& out, std::string_view name, std::string_view value) {
  key(out, name);
  append_string(out, value);
}

void content(std::string& out, std::string_view media_type, std::string_view schema) {
  key(out, media_type);
  out += R"({"schema":)";
  out += schema;
  out += '}';
}

// OpenAPI has no word for "{path*}", the rest of a path: there it is a parameter like others.
std::string template_of(std::string pattern) {
  if (pattern.ends_with("*}")) pattern.erase(pattern.size() - 2, 1);
  return pattern;
}

void parameter_ref(std::string& out, std::string_view name) {
  if (out.back() != '[') out += ',';
  out += R"({"$ref":"#/components/parameters/)";
  out += name;
  out += R"("})";
}

bool answers_events(const Door& door) {
  return std::any_of(door.replies.begin(), door.replies.end(), [](const DoorReply& r) { return !r.events.empty(); });
}

void write_parameters(std::string& out, const Door& door) {
  const bool keyed = door.method == Method::post;
  const bool events = answers_events(door);
  if (door.parameters.empty() && !keyed && !events && !door.tagged) return;
  key(out, "parameters");
  out += '[';
  for (const auto& p : door.parameters) {
    out += out.back() == '[' ? "{" : ",{";
    member(out, "name", p.name);
    member(out, "in", p.in_path ? "path" : "query");
    member(out, "description", p.description);
    key(out, "required");
    out += p.in_path || p.required ? "true" : "false";
    key(out, "schema");
    out += p.schema;
    out += '}';
  }
  if (keyed) parameter_ref(out, "IdempotencyKey");
  if (door.if_match != IfMatch::ignored) parameter_ref(out, door.if_match == IfMatch::required ? "IfMatch" : "IfMatchOptional");
  if (door.tagged) parameter_ref(out, "IfNoneMatch");
  if (events) parameter_ref(out, "LastEventId");
  out += ']';
}

// OpenAPI 3.1 has no word for the items of a stream (3.2's itemSchema), hence the extension.
void events_content(std::string& out, const DoorReply& reply) {
  key(out, reply.content_type);
  out += R"({"schema":{"type":"string"},"x-events":[)";
  for (const auto& e : reply.events) {
    if (out.back() != '[') out += ',';
    out += '{';
    member(out, "event", e.name);
    member(out, "description", e.description);
    key(out, "schema");
    out += e.schema + "}";
  }
  out += "]}";
}

// A status stands once, with all its media types; the first description speaks for it.
void write_responses(std::string& out, const Door& door) {
  key(out, "responses");
  out += '{';
  std::vector<int> statuses;
  for (const auto& r : door.replies)
    if (std::find(statuses.begin(), statuses.end(), r.status) == statuses.end()) statuses.push_back(r.status);
  for (const int status : statuses) {
    key(out, std::to_string(status));
    out += '{';
    std::string media = "{";
    for (const auto& r : door.replies) {
      if (r.status != status) continue;
      if (out.back() == '{') member(out, "description", r.description);
      if (!r.events.empty()) events_content(media, r);
      else if (!r.schema.empty()) content(media, r.content_type, r.schema);
      else if (r.content_type != "application/json") content(media, r.content_type, R"({"type":"string"})");
    }
    if (media.size() > 1) {
      key(out, "content");
      out += media + "}";
    }
    if (door.tagged && status == 200) {
      key(out, "headers");
      out += R"({"ETag":{"description":"版本，修改时放入 If-Match","schema":{"type":"string"}}})";
    }
    out += '}';
  }
  if (door.tagged) {
    key(out, "304");
    out += R"({"description":"没有变化"})";
  }
  key(out, "default");
  out += R"({"$ref":"#/components/responses/Problem"}})";
}

void write_operation(std::string& out, const Door& door) {
  key(out, door.method == Method::get ? "get" : "post");
  out += '{';
  member(out, "operationId", door.name);
  member(out, "summary", door.summary);
  key(out, "tags");
  out += '[';
  append_string(out, door.name.substr(0, door.name.find('.')));
  out += ']';
  write_parameters(out, door);
  if (!door.request_schema.empty()) {
    key(out, "requestBody");
    out += R"({"required":true,"content":{)";
    content(out, "application/json", door.request_schema);
    out += "}}";
  }
  if (door.upload.any()) {
    key(out, "requestBody");
    out += R"({"required":true,"content":{)";
    for (const auto& type : door.upload.media_types) content(out, type, R"({"type":"string","format":"binary"})");
    out += "}}";
  }
  write_responses(out, door);
  key(out, "security");
  out += door.right == "public" ? R"([])" : R"([{"bearer":[]},{"cookie":[]}])";
  member(out, "x-right", door.right);
  member(out, "x-audit-class", door.audit_class);
  key(out, "x-body-limit");
  out += std::to_string(door.body_limit);
  key(out, "x-refusal-codes");
  out += '[';
  auto codes = door.refusal_codes;
  if (door.if_match != IfMatch::ignored) codes.insert(codes.end(), {"http.precondition_failed", "http.bad_if_match"});
  if (door.if_match == IfMatch::required) codes.emplace_back("http.precondition_required");
  if (answers_events(door)) codes.emplace_back("http.too_many_streams");
  if (door.upload.any()) codes.insert(codes.end(), {"http.media_type", "http.too_many_uploads", "http.body_too_large"});
  for (const auto& code : codes) {
    if (out.back() != '[') out += ',';
    append_string(out, code);
  }
  out += "]}";
}

// A header of a request as a component.
void header_component(std::string& out, const char* component, const char* header, bool required, const char* description) {
  key(out, component);
  out += '{';
  member(out, "name", header);
  member(out, "in", "header");
  key(out, "required");
  out += required ? "true" : "false";
  member(out, "description", description);
  key(out, "schema");
  out += R"({"type":"string"}})";
}

void write_components(std::string& out) {
  key(out, "components");
  out += R"({"schemas":{"Problem":)" + problem_schema() + "}";
  out += R"(,"responses":{"Problem":{"description":"办不成的原因和下一步（RFC 9457）","content":)";
  out += R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}})";
  out += R"(,"parameters":{"IdempotencyKey":{"name":"Idempotency-Key","in":"header","required":false,)";
  out += R"("description":"同一编号、同一内容重复提交只办理一次","schema":{"type":"string","minLength":1,"maxLength":)";
  out += std::to_string(limits::kIdempotencyKeyChars.value) + "}}";
  header_component(out, "IfMatch", "If-Match", true, "读取时得到的 ETag；已被别人改动则不执行（412），没有则拒绝（428）");
  header_component(out, "IfMatchOptional", "If-Match", false, "读取时得到的 ETag；已被别人改动则不执行（412）");
  header_component(out, "IfNoneMatch", "If-None-Match", false, "上次得到的 ETag；没有变化则答复 304");
  header_component(out, "LastEventId", "Last-Event-ID", false, "断线后继续：最后收到的事件编号，由浏览器自动给出");
  out += '}';
  out += R"(,"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"},)";
  out += R"("cookie":{"type":"apiKey","in":"cookie","name":"yichuang_operator",)";
  out += R"("description":"由一次性登录链接设置；名称后面带有端口，例如 yichuang_operator_8080"}}})";
}

}  // namespace

std::string bad_schema(const Door& door) {
  json::Parser parser;
  const auto good = [&](const std::string& s) {
    auto n = parser.parse(s);
    return n && n->kind() == json::Kind::object;
  };
  for (const auto& p : door.parameters)
    if (!good(p.schema)) return "parameter " + p.name;
  if (!door.request_schema.empty() && !good(door.request_schema)) return "request body";
  for (const auto& r : door.replies) {
    if (!r.schema.empty() && !good(r.schema)) return "reply " + std::to_string(r.status);
    for (const auto& e : r.events)
      if (!good(e.schema)) return "event " + e.name;
  }
  return "";
}

std::string write_openapi(const std::vector<Door>& doors, std::string_view title, std::string_view version) {
  std::map<std::string, std::vector<const Door*>> paths;
  for (const auto& d : doors) paths[template_of(d.pattern)].push_back(&d);
  std::string out = R"({"openapi":"3.1.0")";
  key(out, "info");
  out += '{';
  member(out, "title", title);
  member(out, "version", version);
  out += '}';
  key(out, "paths");
  out += '{';
  for (auto& [pattern, of_path] : paths) {
    std::sort(of_path.begin(), of_path.end(), [](const Door* a, const Door* b) { return a->method < b->method; });
    key(out, pattern);
    out += '{';
    for (const auto* d : of_path) write_operation(out, *d);
    out += '}';
  }
  out += '}';
  write_components(out);
  out += '}';
  return out;
}

}  // namespace yi::http
