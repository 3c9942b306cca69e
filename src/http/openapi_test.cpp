// The OpenAPI document against the rules of the 3.1 specification that concern us, checked node by node.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/json.h"
#include "http/router.h"

namespace yi::http {
namespace {

using json::Kind;
using json::Node;

void no_handler(const Request&, const Caller&, Responder) {}

void fill(Router& router) {
  Door list;
  list.pattern = "/api/casework/cases";
  list.name = "casework.list_cases";
  list.summary = "办件列表";
  list.right = "operator";
  list.audit_class = "read";
  list.parameters = {{"page", "第几页\n（从 1 起）", R"({"type":"integer","minimum":1})", false, false}};
  list.replies = {{200, "一页办件", "application/json", R"({"type":"array","items":{"type":"string"}})"},
                  {200, "表格", "text/csv", ""}};
  list.handle = no_handler;
  router.add(list);
  Door get = list;
  get.pattern = "/api/casework/cases/{id}";
  get.name = "casework.get_case";
  get.right = "public";
  get.parameters = {{"id", "办件编号", R"({"type":"string"})", true, true}};
  get.replies = {{200, "办件", "application/json", R"({"type":"object"})"}, {304, "没有变化", "application/json", ""}};
  router.add(get);
  Door accept = get;
  accept.method = Method::post;
  accept.pattern = "/api/casework/cases/{id}/accept";
  accept.name = "casework.accept";
  accept.right = "operator";
  accept.audit_class = "command";
  accept.request_schema = R"({"type":"object","properties":{"remark":{"type":"string"}}})";
  accept.refusal_codes = {"casework.illegal_act", "engine.busy"};
  router.add(accept);
  Door bare = list;
  bare.pattern = "/";
  bare.name = "page.root";
  bare.parameters.clear();
  bare.replies = {{200, "首页", "text/html", ""}};
  router.add(bare);
}

// Collects every $ref of a document.
void collect_refs(Node n, std::set<std::string>& out) {
  if (n.kind() != Kind::object && n.kind() != Kind::array) return;
  n.each([&](std::string_view k, Node c) {
    if (k == "$ref") out.insert(std::string(c.string()));
    collect_refs(c, out);
    return true;
  });
}

bool resolves(Node root, const std::string& ref) {
  if (!ref.starts_with("#/")) return false;
  Node at = root;
  std::size_t from = 2;
  for (;;) {
    const auto slash = ref.find('/', from);
    const auto next = at.find(ref.substr(from, slash == ref.npos ? ref.npos : slash - from));
    if (!next) return false;
    at = *next;
    if (slash == ref.npos) return true;
    from = slash + 1;
  }
}

std::string keys(Node n) {
  std::string s;
  n.each([&](std::string_view k, Node) { s += std::string(k) + " "; return true; });
  return s;
}

bool has_text(Node n, const char* key) {
  const auto t = n.find(key);
  return t && t->kind() == Kind::string && !t->string().empty();
}

// OpenAPI 3.1.0 §4.8.10 (operation), §4.8.12 (parameter), §4.8.13 (request body), §4.8.16 (responses).
void check_operation(Node op, const std::string& path, const std::string& method, std::set<std::string>& names) {
  SCOPED_TRACE(method + " " + path);
  EXPECT_TRUE(method == "get" || method == "post");
  ASSERT_TRUE(has_text(op, "operationId"));
  EXPECT_TRUE(names.insert(std::string(op.find("operationId")->string())).second) << "operationId twice";
  EXPECT_TRUE(has_text(op, "summary"));
  EXPECT_TRUE(has_text(op, "x-right"));
  EXPECT_TRUE(has_text(op, "x-audit-class"));
  ASSERT_TRUE(op.find("x-refusal-codes"));
  EXPECT_EQ(op.find("x-refusal-codes")->kind(), Kind::array);
  std::set<std::string> in_path, declared;
  const std::regex braces("\\{([^}]+)\\}");
  for (std::sregex_iterator i(path.begin(), path.end(), braces), end; i != end; ++i) in_path.insert((*i)[1]);
  if (const auto parameters = op.find("parameters")) {
    EXPECT_GT(parameters->size(), 0U);
    parameters->each([&](std::string_view, Node p) {
      if (p.find("$ref")) return true;
      EXPECT_TRUE(has_text(p, "name"));
      const auto where = std::string(p.find("in")->string());
      EXPECT_TRUE(where == "path" || where == "query" || where == "header");
      EXPECT_EQ(p.find("schema")->kind(), Kind::object);
      if (where == "path") {
        EXPECT_TRUE(p.find("required")->boolean());
        declared.insert(std::string(p.find("name")->string()));
      }
      return true;
    });
  }
  EXPECT_EQ(in_path, declared);
  if (const auto body = op.find("requestBody")) {
    EXPECT_EQ(method, "post");
    EXPECT_TRUE(body->find("content")->find("application/json")->find("schema"));
  }
  const auto responses = op.find("responses");
  ASSERT_TRUE(responses);
  EXPECT_TRUE(responses->find("default"));
  std::set<std::string> statuses;
  responses->each([&](std::string_view status, Node r) {
    EXPECT_TRUE(std::regex_match(std::string(status), std::regex("[1-5][0-9][0-9]|default")));
    EXPECT_TRUE(statuses.insert(std::string(status)).second) << "status twice";
    EXPECT_TRUE(r.find("$ref") || has_text(r, "description"));
    if (const auto content = r.find("content"))
      content->each([](std::string_view media, Node m) {
        EXPECT_NE(media.find('/'), media.npos);
        EXPECT_EQ(m.find("schema")->kind(), Kind::object);
        return true;
      });
    return true;
  });
  EXPECT_GT(statuses.size(), 1U);
}

TEST(OpenApi, IsWellFormedAndSpeaksOfEachDoor) {
  Router router;
  fill(router);
  const auto text = router.openapi("一窗", "0.1.0");
  EXPECT_EQ(text, router.openapi("一窗", "0.1.0"));
  json::Parser parser;
  auto parsed = parser.parse(text);
  ASSERT_TRUE(parsed) << text;
  const Node root = *parsed;
  EXPECT_EQ(keys(root), "openapi info paths components ");
  EXPECT_EQ(root.find("openapi")->string(), "3.1.0");
  EXPECT_EQ(root.find("info")->find("title")->string(), "一窗");
  EXPECT_EQ(root.find("info")->find("version")->string(), "0.1.0");
  std::set<std::string> names, refs, templates;
  root.find("paths")->each([&](std::string_view path, Node item) {
    EXPECT_TRUE(path.starts_with('/'));
    EXPECT_TRUE(templates.insert(std::regex_replace(std::string(path), std::regex("\\{[^}]+\\}"), "{}")).second);
    item.each([&](std::string_view method, Node op) {
      check_operation(op, std::string(path), std::string(method), names);
      return true;
    });
    return true;
  });
  for (const auto& d : router.doors()) EXPECT_EQ(names.count(d.name), 1U) << d.name;
  EXPECT_EQ(names.size(), router.doors().size());
  collect_refs(root, refs);
  EXPECT_GE(refs.size(), 3U);
  for (const auto& ref : refs) EXPECT_TRUE(resolves(root, ref)) << ref;
  const auto schemes = root.find("components")->find("securitySchemes");
  ASSERT_TRUE(schemes);
  EXPECT_EQ(keys(*schemes), "bearer cookie ");
  EXPECT_EQ(schemes->find("bearer")->find("scheme")->string(), "bearer");
  EXPECT_EQ(schemes->find("cookie")->find("in")->string(), "cookie");
}

TEST(OpenApi, SaysWhatTheDoorSays) {
  Router router;
  fill(router);
  json::Parser parser;
  const auto text = router.openapi("一窗", "0.1.0");
  const Node root = *parser.parse(text);
  const auto paths = *root.find("paths");
  const auto accept = *paths.find("/api/casework/cases/{id}/accept")->find("post");
  EXPECT_EQ(accept.find("x-right")->string(), "operator");
  EXPECT_EQ(accept.find("x-audit-class")->string(), "command");
  EXPECT_EQ(accept.find("x-refusal-codes")->size(), 2U);
  EXPECT_EQ(accept.find("security")->size(), 2U);
  EXPECT_EQ(accept.find("parameters")->size(), 2U);  // the case and Idempotency-Key
  EXPECT_TRUE(accept.find("requestBody")->find("required")->boolean());
  const auto get = *paths.find("/api/casework/cases/{id}")->find("get");
  EXPECT_EQ(get.find("security")->size(), 0U);
  EXPECT_FALSE(get.find("requestBody"));
  EXPECT_FALSE(get.find("responses")->find("304")->find("content"));
  const auto list = *paths.find("/api/casework/cases")->find("get");
  EXPECT_EQ(keys(*list.find("responses")->find("200")->find("content")), "application/json text/csv ");
  EXPECT_FALSE(paths.find("/")->find("get")->find("parameters"));
}

TEST(OpenApi, NamesEventsVersionsAndFiles) {
  const auto bare = [](const char* name, const char* pattern, Method method) {
    Door d;
    d.method = method;
    d.name = name;
    d.pattern = pattern;
    d.summary = "试验";
    d.right = "public";
    d.audit_class = "none";
    d.replies = {{200, "成功", "application/json", R"({"type":"object"})"}};
    d.handle = [](const Request&, const Caller&, Responder r) { r(Response{}); };
    return d;
  };
  Router router;
  auto events = bare("events.get", "/events", Method::get);
  events.replies = {{200, "通知", "text/event-stream", "", {{"case.changed", "办件有变化", R"({"type":"object","title":"Changed"})"}}}};
  router.add(std::move(events));
  auto one = bare("case.get", "/case", Method::get);
  one.tagged = true;
  router.add(std::move(one));
  auto change = bare("case.change", "/case", Method::post);
  change.if_match = IfMatch::required;
  router.add(std::move(change));
  auto upload = bare("files.put", "/files", Method::post);
  upload.handle = nullptr;
  upload.upload = {{"application/pdf", "image/*"}, [](const Request&, const Caller&) -> Result<std::unique_ptr<UploadSink>> {
                     return std::unique_ptr<UploadSink>();
                   }};
  router.add(std::move(upload));
  json::Parser parser;
  const auto text = router.openapi("一窗", "0.1.0");
  const Node root = *parser.parse(text);
  std::set<std::string> refs;
  collect_refs(root, refs);
  for (const auto& ref : refs) EXPECT_TRUE(resolves(root, ref)) << ref;
  for (const char* name : {"IfMatch", "IfNoneMatch", "LastEventId", "IdempotencyKey"})
    EXPECT_EQ(refs.count("#/components/parameters/" + std::string(name)), 1U) << name;
  const auto paths = *root.find("paths");
  const auto reply = *paths.find("/events")->find("get")->find("responses")->find("200");
  const auto types = *reply.find("content")->find("text/event-stream")->find("x-events");
  ASSERT_EQ(types.size(), 1U);
  types.each([](std::string_view, Node type) {
    EXPECT_EQ(type.find("event")->string(), "case.changed");
    EXPECT_EQ(type.find("schema")->find("title")->string(), "Changed");
    return true;
  });
  const auto get = *paths.find("/case")->find("get");
  EXPECT_TRUE(get.find("responses")->find("304"));
  EXPECT_TRUE(get.find("responses")->find("200")->find("headers")->find("ETag"));
  EXPECT_EQ(paths.find("/case")->find("post")->find("x-refusal-codes")->size(), 3U);
  const auto body = *paths.find("/files")->find("post")->find("requestBody");
  EXPECT_EQ(keys(*body.find("content")), "application/pdf image/* ");
}

}  // namespace
}  // namespace yi::http
