#include "casework/routes.h"

#include <charconv>

#include "engine/command_doors.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

struct CaseList {
  std::vector<QueueEntry> cases;
  std::optional<CaseId> next;  // pass it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(CaseList, (), (cases, next))
struct StageCounts {
  std::vector<StageCount> stages;
};
BOOST_DESCRIBE_STRUCT(StageCounts, (), (stages))

std::int64_t number_or(const http::Request& r, const char* name, std::int64_t otherwise) {
  const auto it = r.query.find(name);
  if (it == r.query.end()) return otherwise;
  std::int64_t v = otherwise;
  std::from_chars(it->second.data(), it->second.data() + it->second.size(), v);
  return v;
}

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  return r;
}

http::Door reading_door(const char* pattern, const char* name, const char* summary) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = "view.cases";
  d.audit_class = "read";
  d.refusal_codes = {"casework.unknown_case", "identity.not_signed_in", "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  return d;
}

}  // namespace

void add_doors(http::Router& router, engine::Engine& engine, const catalog::Catalog& catalog) {
  auto one = reading_door("/api/casework/cases/{id}", "casework.get_case", "查看一个办件");
  one.parameters = {{"id", "办件的系统编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}};
  one.replies = {{200, "办件", "application/json", json::schema<CaseView>()}};
  one.audit_class = "personal";
  one.handle = [&](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    CaseId id;
    const auto& text = request.path_parameters.at("id");
    std::from_chars(text.data(), text.data() + text.size(), id.value);
    auto reader = engine.reader();
    auto view = get_case(*reader, identity::viewer_of(caller), engine.centre(), id, catalog);
    reply(view.ok() ? json_reply(*view) : http::problem(view.error()));
  };
  router.add(std::move(one));

  auto list = reading_door("/api/casework/cases", "casework.list_cases", "按环节和部门列出办件");
  list.parameters = {{"stage", "环节", json::schema<Stage>(), false, true},
                     {"department", "部门代码", R"({"type":"string","maxLength":64})", false, false},
                     {"after", "上一页最后一个办件", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false},
                     {"limit", "行数，最多 200", R"({"type":"integer","minimum":1,"maximum":200})", false, false},
                     engine::after_parameter()};
  list.replies = {{200, "办件列表", "application/json", json::schema<CaseList>()}};
  list.handle = [&](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    Stage stage{};
    json::enum_from(request.query.at("stage"), stage);
    const auto department = request.query.find("department");
    const int limit = static_cast<int>(std::min(number_or(request, "limit", 50), limits::kPageRows.value));
    auto reader = engine.reader();
    auto cases = list_cases(*reader, identity::viewer_of(caller), engine.centre(), stage,
                            {department == request.query.end() ? "" : department->second}, CaseId{number_or(request, "after", 0)}, limit);
    if (!cases) return reply(http::problem(cases.error()));
    CaseList page{std::move(cases).value(), {}};
    if (static_cast<int>(page.cases.size()) == limit) page.next = page.cases.back().case_id;
    reply(json_reply(page));
  };
  router.add(std::move(list));

  auto stages = reading_door("/api/casework/stages", "casework.count_stages", "各环节的办件数");
  stages.parameters = {engine::after_parameter()};
  stages.replies = {{200, "各环节的办件数", "application/json", json::schema<StageCounts>()}};
  stages.handle = [&](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    reply(json_reply(StageCounts{count_stages(*reader, identity::viewer_of(caller), engine.centre())}));
  };
  router.add(std::move(stages));
}

}  // namespace yi::casework
