#include "http/router.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>
#include <stdexcept>

#include "base/json.h"

namespace yi::http {
namespace {

Door door(std::string name, std::string pattern, Method method = Method::get) {
  Door d;
  d.method = method;
  d.name = std::move(name);
  d.summary = "查看";
  d.right = "public";
  d.audit_class = "none";
  d.replies = {{200, "成功", "application/json", R"({"type":"object"})"}};
  d.handle = [](const Request&, const Caller&, Responder r) { r(Response{}); };
  for (std::size_t at = 0; (at = pattern.find('{', at)) != pattern.npos; ++at)
    d.parameters.push_back({pattern.substr(at + 1, pattern.find_first_of("*}", at) - at - 1), "编号",
                            R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true});
  d.pattern = std::move(pattern);
  return d;
}

std::string found(const Router& router, std::string path, Method method = Method::get) {
  Request r;
  r.path = std::move(path);
  r.method = method;
  const auto d = router.find(r);
  if (!d) return std::to_string(d.error().status);
  std::string s = (*d)->name;
  for (const auto& [k, v] : r.path_parameters) s += " " + k + "=" + v;
  return s;
}

TEST(Router, FindsConstantPathsAndPatterns) {
  Router router;
  router.add(door("root.show", "/"));
  router.add(door("casework.list", "/api/casework/cases"));
  router.add(door("casework.get", "/api/casework/cases/{id}"));
  router.add(door("casework.search", "/api/casework/cases/search"));
  router.add(door("casework.accept", "/api/casework/cases/{id}/accept", Method::post));
  router.add(door("casework.item", "/api/casework/cases/{id}/materials/{material}"));
  router.add(door("casework.totals", "/api/casework/{kind}/totals"));
  EXPECT_EQ(found(router, "/"), "root.show");
  EXPECT_EQ(found(router, "/api/casework/cases"), "casework.list");
  EXPECT_EQ(found(router, "/api/casework/cases/17"), "casework.get id=17");
  EXPECT_EQ(found(router, "/api/casework/cases/search"), "casework.search");
  EXPECT_EQ(found(router, "/api/casework/cases/17/accept", Method::post), "casework.accept id=17");
  EXPECT_EQ(found(router, "/api/casework/cases/17/materials/3"), "casework.item id=17 material=3");
  // "cases" is a literal and leads nowhere here: the search comes back and takes the parameter.
  EXPECT_EQ(found(router, "/api/casework/cases/totals"), "casework.get id=totals");
  EXPECT_EQ(found(router, "/api/casework/plates/totals"), "casework.totals kind=plates");
  EXPECT_EQ(found(router, "/api/casework/cases/search/accept", Method::post), "casework.accept id=search");
}

TEST(Router, RefusesWhatIsNotThere) {
  Router router;
  router.add(door("a.get", "/a/{id}"));
  router.add(door("a.put", "/a/{id}", Method::post));
  router.add(door("b.get", "/b"));
  for (const char* path : {"/", "", "a", "/a", "/a/", "/a//", "/a/1/", "/a/1/2", "/b/", "/c", "//b"})
    EXPECT_EQ(found(router, path), "404") << path;
  EXPECT_EQ(found(router, "/b", Method::post), "405");
  EXPECT_EQ(router.allowed_methods("/b"), "GET, HEAD");
  EXPECT_EQ(router.allowed_methods("/a/1"), "GET, HEAD, POST");
  EXPECT_EQ(router.allowed_methods("/c"), "");
  Request r;
  r.path = "/c";
  const auto refused = router.find(r);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "http.not_found");
  EXPECT_FALSE(refused.error().next_step.empty());
}

TEST(Router, TheRestOfAPathComesLastAndMayBeNothing) {
  Router router;
  router.add(door("desk.rest", "/desk/{path*}"));
  router.add(door("desk.case", "/desk/cases/{id}"));
  router.add(door("any.item", "/{kind}/list"));
  EXPECT_EQ(found(router, "/desk/"), "desk.rest path=");
  EXPECT_EQ(found(router, "/desk/queue"), "desk.rest path=queue");
  EXPECT_EQ(found(router, "/desk/a/b/c"), "desk.rest path=a/b/c");
  EXPECT_EQ(found(router, "/desk/cases/17"), "desk.case id=17");
  EXPECT_EQ(found(router, "/desk/cases/17/more"), "desk.rest path=cases/17/more");  // the values of the way that led nowhere are forgotten
  EXPECT_EQ(found(router, "/desk//x"), "desk.rest path=/x");
  EXPECT_EQ(found(router, "/desk/list"), "desk.rest path=list");  // a literal before a parameter, here too
  EXPECT_EQ(found(router, "/desk"), "404");
  EXPECT_EQ(found(router, "/desks/a"), "404");
  EXPECT_EQ(found(router, "/desk/queue", Method::post), "405");
  const auto throws = [](const char* pattern) {
    Router r;
    EXPECT_THROW(r.add(door("x.get", pattern)), std::logic_error) << pattern;
  };
  for (const char* pattern : {"/{path*}", "/a/{path*}/b", "/a/{*}", "/a/{p*q}", "/a/x*", "/a/{path**}"}) throws(pattern);
}

// The slow oracle: compare segment by segment, the door with the earliest literals wins.
std::string slow_find(const std::vector<Door>& doors, const std::string& path) {
  const auto cut = [](const std::string& s) {
    std::vector<std::string> out(1);
    for (const char c : s.substr(1)) {
      if (c == '/') out.emplace_back();
      else out.back() += c;
    }
    return out;
  };
  const auto wanted = cut(path);
  const Door* best = nullptr;
  std::string best_key;
  for (const auto& d : doors) {
    const auto have = cut(d.pattern);
    if (have.size() != wanted.size()) continue;
    std::string key;
    bool fits = true;
    for (std::size_t i = 0; i < have.size() && fits; ++i) {
      const bool parameter = have[i].starts_with('{');
      key += parameter ? '1' : '0';
      fits = parameter ? !wanted[i].empty() : have[i] == wanted[i];
    }
    if (fits && (!best || key < best_key)) best = &d, best_key = key;
  }
  return best ? best->name : "404";
}

TEST(Router, AgreesWithTheSlowOracle) {
  std::mt19937 random(20240617);
  for (int round = 0; round < 50; ++round) {
    Router router;
    std::set<std::string> shapes;
    for (int i = 0; i < 30; ++i) {
      std::string pattern;
      const auto length = 1 + random() % 4;
      for (std::size_t s = 0; s < length; ++s) {
        const auto pick = random() % 4;
        pattern += pick == 0 ? "/{p" + std::to_string(s) + "}" : "/" + std::string(1, static_cast<char>('a' + pick));
      }
      if (shapes.insert(pattern).second) router.add(door("d.n" + std::to_string(i), pattern));
    }
    for (int i = 0; i < 200; ++i) {
      std::string path;
      const auto length = 1 + random() % 5;
      for (std::size_t s = 0; s < length; ++s) path += "/" + std::string(1, static_cast<char>('a' + random() % 5));
      Request r;
      r.path = path;
      const auto d = router.find(r);
      EXPECT_EQ(d ? (*d)->name : "404", slow_find(router.doors(), path)) << path;
    }
  }
}

TEST(Router, RefusesIncompleteDoors) {
  const auto refused = [](const std::function<void(Door&)>& spoil) {
    Router router;
    router.add(door("x.other", "/other"));
    auto d = door("x.get", "/x/{id}");
    spoil(d);
    EXPECT_THROW(router.add(std::move(d)), std::logic_error);
  };
  refused([](Door& d) { d.name.clear(); });
  refused([](Door& d) { d.summary.clear(); });
  refused([](Door& d) { d.right.clear(); });
  refused([](Door& d) { d.audit_class.clear(); });
  refused([](Door& d) { d.replies[0].content_type = "text/event-stream"; });
  refused([](Door& d) { d.replies[0].events = {{"changed", "有变化", "{}"}}; });
  refused([](Door& d) { d.replies = {{200, "通知", "text/event-stream", "", {{"changed", "有变化", "no schema"}}}}; });
  refused([](Door& d) { d.replies = {{200, "通知", "text/event-stream", "", {{"changed", "", "{}"}}}}; });
  refused([](Door& d) { d.if_match = IfMatch::optional; });
  refused([](Door& d) {
    d.method = Method::post;
    d.tagged = true;
  });
  refused([](Door& d) {  // an upload has its sink instead of a handler
    d.method = Method::post;
    d.upload = {{"image/*"}, [](const Request&, const Caller&) -> Result<std::unique_ptr<UploadSink>> {
                  return std::unique_ptr<UploadSink>();
                }};
  });
  refused([](Door& d) { d.audit_class = "sometimes"; });
  refused([](Door& d) { d.replies.clear(); });
  refused([](Door& d) { d.replies[0].description.clear(); });
  refused([](Door& d) { d.replies[0].schema = "{"; });
  refused([](Door& d) { d.handle = nullptr; });
  refused([](Door& d) { d.body_limit = 0; });
  refused([](Door& d) { d.request_schema = "{}"; });  // a GET has no body
  refused([](Door& d) { d.parameters.clear(); });
  refused([](Door& d) { d.parameters[0].in_path = false; });
  refused([](Door& d) { d.parameters[0].schema = "not json"; });
  refused([](Door& d) { d.parameters[0].schema = R"({"type":"string","pattern":"["})"; });
  refused([](Door& d) { d.parameters[0].description.clear(); });
  refused([](Door& d) { d.parameters.push_back(d.parameters[0]); });
  refused([](Door& d) { d.parameters.push_back({"more", "另一项", "{}", true, true}); });
  refused([](Door& d) { d.name = "x.other"; });
  for (const char* pattern : {"", "x", "/x/{id}/", "//x/{id}", "/x/a{id}", "/x/{}", "/x/{id}b"})
    refused([&](Door& d) { d.pattern = pattern; });
  Router router;
  router.add(door("x.get", "/x/{id}"));
  EXPECT_THROW(router.add(door("x.get_too", "/x/{id}")), std::logic_error);
  EXPECT_THROW(router.add(door("x.post", "/x/{other}", Method::post)), std::logic_error);
  EXPECT_NO_THROW(router.add(door("x.post", "/x/{id}", Method::post)));
}

TEST(Router, ChecksParametersAgainstTheirSchemas) {
  Router router;
  auto d = door("x.get", "/x/{id}");
  const auto query = [&](const char* name, const char* schema, bool required = false) {
    d.parameters.push_back({name, "一项", schema, false, required});
  };
  query("page", R"({"type":"integer","minimum":1,"maximum":200})", true);
  query("day", R"({"type":"string","format":"date"})");
  query("stage", R"({"type":"string","enum":["accepted","closed"]})");
  query("word", R"({"type":"string","minLength":1,"maxLength":4})");
  query("number", R"({"type":"string","pattern":"^[A-Z][0-9]+$"})");
  query("open", R"({"type":"boolean"})");
  router.add(d);
  const auto check = [&](std::map<std::string, std::string> q, std::string id = "7") -> std::string {
    Request r;
    r.path = "/x/" + id;
    r.query = std::move(q);
    const auto at = router.find(r);
    if (!at) return "no door";
    const auto checked = router.check_parameters(**at, r);
    return checked ? "ok" : checked.error().code + " " + checked.error().where;
  };
  EXPECT_EQ(check({{"page", "1"}}), "ok");
  EXPECT_EQ(check({{"page", "200"}, {"day", "2024-06-17"}, {"stage", "closed"}, {"word", "社保补贴"},
                   {"number", "A12"}, {"open", "true"}}), "ok");
  EXPECT_EQ(check({}), "http.missing_parameter page");
  EXPECT_EQ(check({{"page", "1"}, {"sort", "x"}}), "http.unknown_parameter sort");
  EXPECT_EQ(check({{"page", "1"}, {"id", "x"}}), "http.unknown_parameter id");  // the path's, not the query's
  for (const char* bad : {"0", "201", "", "1x", " 1", "99999999999999999999", "-1"})
    EXPECT_EQ(check({{"page", bad}}), "http.bad_parameter page") << bad;
  EXPECT_EQ(check({{"page", "1"}, {"day", "2024-02-30"}}), "http.bad_parameter day");
  EXPECT_EQ(check({{"page", "1"}, {"stage", "lost"}}), "http.bad_parameter stage");
  EXPECT_EQ(check({{"page", "1"}, {"word", ""}}), "http.bad_parameter word");
  EXPECT_EQ(check({{"page", "1"}, {"word", "社会保险费"}}), "http.bad_parameter word");
  EXPECT_EQ(check({{"page", "1"}, {"number", "a12"}}), "http.bad_parameter number");
  EXPECT_EQ(check({{"page", "1"}, {"number", "A" + std::string(5'000, '1')}}), "http.bad_parameter number");
  EXPECT_EQ(check({{"page", "1"}, {"open", "1"}}), "http.bad_parameter open");
  EXPECT_EQ(check({{"page", "1"}}, "7a"), "http.bad_parameter id");
  EXPECT_EQ(check({{"page", "1"}}, "1234567890123456789"), "http.bad_parameter id");
}

TEST(Problem, HasTheShapeOfRfc9457) {
  const auto r = problem({"casework.illegal_act", "这一步现在不能\"办\"。", "请先受理。", 409, "/stage"});
  EXPECT_EQ(r.status, 409);
  EXPECT_EQ(r.content_type, "application/problem+json; charset=utf-8");
  json::Parser parser;
  auto n = parser.parse(r.body);
  ASSERT_TRUE(n);
  std::string keys;
  n->each([&](std::string_view k, json::Node) { keys += std::string(k) + " "; return true; });
  EXPECT_EQ(keys, "type title status code detail next_step where ");
  EXPECT_EQ(n->find("type")->string(), "urn:yichuang:refusal:casework.illegal_act");
  EXPECT_EQ(n->find("status")->integer(), 409);
  EXPECT_EQ(n->find("detail")->string(), "这一步现在不能\"办\"。");
  EXPECT_EQ(n->find("next_step")->string(), "请先受理。");
  EXPECT_TRUE(parser.parse(problem_schema()));
  const auto busy = problem({"engine.busy", "忙。", "稍后。", 503, ""});
  ASSERT_EQ(busy.headers.size(), 1U);
  EXPECT_EQ(busy.headers[0].first, "retry-after");
}

TEST(Responder, AnswersOnceAndNeverForgets) {
  std::vector<int> statuses;
  const auto sink = [&](Response r) { statuses.push_back(r.status); };
  {
    Responder r(sink);
    r(Response{});
    r(Response{});
  }
  EXPECT_EQ(statuses, std::vector<int>{200});
  { Responder dropped(sink); }
  EXPECT_EQ(statuses, (std::vector<int>{200, 500}));
  {
    Responder a(sink), b(sink);
    a = std::move(b);  // a's request would be lost
    a(Response{});
  }
  EXPECT_EQ(statuses, (std::vector<int>{200, 500, 500, 200}));
}

}  // namespace
}  // namespace yi::http
