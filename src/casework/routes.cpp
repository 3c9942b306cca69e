#include "casework/routes.h"

#include <charconv>

#include "base/text.h"
#include "casework/case_history.h"
#include "casework/guards.h"
#include "casework/recount_view.h"
#include "engine/command_doors.h"
#include "http/precondition.h"
#include "identity/gatekeeper.h"

namespace yi::casework {
namespace {

struct CaseList {
  std::vector<ListEntry> cases;
  std::optional<std::string> next;  // pass it as `after` for the following page
};
BOOST_DESCRIBE_STRUCT(CaseList, (), (cases, next))
struct StageCounts {
  std::vector<StageCount> stages;
};
BOOST_DESCRIBE_STRUCT(StageCounts, (), (stages))
struct ClockList {
  std::vector<ClockView> clocks;
};
BOOST_DESCRIBE_STRUCT(ClockList, (), (clocks))
using Position = Id<struct PositionTag>;
struct HealthReply {
  bool open_cases_add_up = true;  // casework.open_cases_add_up
  bool queues_behind = false;     // they have not followed to the end yet: nothing can be said
  Position position, followed;
  std::int64_t open_cases = 0, in_queues = 0;
};
BOOST_DESCRIBE_STRUCT(HealthReply, (), (open_cases_add_up, queues_behind, position, followed, open_cases, in_queues))
std::int64_t number_or(const http::Request& r, const char* name, std::int64_t otherwise) {
  const auto it = r.query.find(name);
  if (it == r.query.end()) return otherwise;
  std::int64_t v = otherwise;
  std::from_chars(it->second.data(), it->second.data() + it->second.size(), v);
  return v;
}
CaseId id_of(const http::Request& request) {
  CaseId id;
  const auto& text = request.path_parameters.at("id");
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  return id;
}

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  return r;
}

const http::Parameter kId{"id", "办件的系统编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true};

// Answers with what `ask` gives, once the reports have the position that the request names.
template <class Ask>
std::function<void(const http::Request&, const http::Caller&, http::Responder)> answer(engine::Engine& engine, Ask ask) {
  return [&engine, ask](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    auto r = ask(*reader, identity::viewer_of(caller), request);
    reply(r.ok() ? std::move(r).value() : http::problem(r.error()));
  };
}

void add_case_doors(http::Router& router, engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper) {
  auto one = reading_door("/api/casework/cases/{id}", "casework.get_case", "查看一个办件：状态、时限、灯号和现在可以办理的步骤");
  one.parameters = {kId, engine::after_parameter()};
  one.replies = {{200, "办件", "application/json", json::schema<CaseView>()}};
  one.audit_class = "personal";
  one.tagged = true;
  one.handle = answer(engine, [&engine, ground](store::Reader& reader, const identity::Viewer& viewer, const http::Request& request) -> Result<http::Response> {
    YI_TRY(const auto view, get_case(reader, engine.keys(), viewer, engine.centre(), id_of(request), ground, civil_day(engine.clock().now())));
    auto r = json_reply(view);
    r.headers.emplace_back("etag", http::etag(view.version));
    return r;
  });
  router.add(std::move(one));

  auto clocks = reading_door("/api/casework/cases/{id}/clocks", "casework.get_clocks", "办件的时限；explain=1 时逐日说明怎样计算");
  clocks.parameters = {kId, {"explain", "1：逐日列出，附依据", R"({"type":"string","enum":["0","1"]})", false, false}, engine::after_parameter()};
  clocks.replies = {{200, "时限", "application/json", json::schema<ClockList>()}};
  clocks.handle = answer(engine, [&engine, ground](store::Reader& reader, const identity::Viewer& viewer, const http::Request& request) -> Result<http::Response> {
    const auto explain = number_or(request, "explain", 0) == 1 ? calendar::Explain::yes : calendar::Explain::no;
    YI_TRY(auto list, get_clocks(reader, viewer, engine.centre(), id_of(request), ground, explain));
    return json_reply(ClockList{std::move(list)});
  });
  router.add(std::move(clocks));

  auto history = reading_door("/api/casework/cases/{id}/history", "casework.get_history", "办件的经过：何时、何人、办了什么");
  history.parameters = {kId,
                        {"after", "上一页的 next", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false},
                        {"limit", "行数，最多 200", R"({"type":"integer","minimum":1,"maximum":200})", false, false},
                        engine::after_parameter()};
  history.replies = {{200, "经过", "application/json", json::schema<HistoryPage>()}};
  history.audit_class = "personal";
  const auto name_of = [&book = gatekeeper.book()](const std::string& account) -> std::optional<std::string> {
    const auto a = book.find(account);
    return a && a->state.kind == identity::AccountKind::staff && !a->state.name.empty() ? std::optional(a->state.name) : std::nullopt;
  };
  history.handle = answer(engine, [&engine, name_of](store::Reader& reader, const identity::Viewer& viewer, const http::Request& request) -> Result<http::Response> {
    YI_TRY(const auto page, get_history(reader, viewer, engine.centre(), id_of(request), number_or(request, "after", 0), static_cast<int>(number_or(request, "limit", limits::kPageRows.value)), name_of));
    return json_reply(page);
  });
  router.add(std::move(history));
}

void add_list_doors(http::Router& router, engine::Engine& engine, const Ground& ground) {
  auto list = reading_door("/api/casework/cases", "casework.list_cases", "办件列表：本部门的、本人的或全中心的，按岗位");
  list.parameters = list_parameters();
  list.parameters.push_back(engine::after_parameter());
  list.replies = {{200, "办件列表", "application/json", json::schema<CaseList>()}};
  list.audit_class = "personal";  // masked, but whole for an applicant, and a masked phone is a phone
  list.handle = answer(engine, [&engine, ground](store::Reader& reader, const identity::Viewer& viewer, const http::Request& request) -> Result<http::Response> {
    YI_TRY(const auto question, list_question(request));
    YI_TRY(auto page, list_cases(reader, engine.keys(), viewer, engine.centre(), question, ground, civil_day(engine.clock().now())));
    CaseList out{std::move(page.cases), {}};
    if (page.next) out.next = to_text(*page.next);
    return json_reply(out);
  });
  router.add(std::move(list));

  auto stages = reading_door("/api/casework/stages", "casework.count_stages", "各环节的办件数");
  stages.parameters = {engine::after_parameter()};
  stages.replies = {{200, "各环节的办件数", "application/json", json::schema<StageCounts>()}};
  stages.handle = answer(engine, [&engine](store::Reader& reader, const identity::Viewer& viewer, const http::Request&) -> Result<http::Response> {
    YI_TRY(auto counts, count_stages(reader, viewer, engine.centre()));
    return json_reply(StageCounts{std::move(counts)});
  });
  router.add(std::move(stages));

  auto health = reading_door("/api/casework/health", "casework.health", "在办件与各环节列表是否相符");
  health.right = "casework.health";
  health.parameters = {engine::after_parameter()};
  health.replies = {{200, "核对结果", "application/json", json::schema<HealthReply>()}};
  health.handle = answer(engine, [&engine](store::Reader& reader, const identity::Viewer&, const http::Request&) -> Result<http::Response> {
    const auto a = open_cases_add_up(reader, engine.centre());
    return json_reply(HealthReply{a.holds(), a.behind(), {a.position}, {a.followed}, a.open_cases, a.in_queues});
  });
  router.add(std::move(health));
}

}  // namespace

http::Door reading_door(const char* pattern, const char* name, const char* summary) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = identity::right_of(identity::Question::read_cases);
  d.audit_class = "read";
  d.refusal_codes = {"casework.unknown_case", "casework.bad_page", "base.bad_date", "calendar.year_missing", "identity.not_signed_in", "identity.not_allowed",
                     "engine.bad_position", "engine.reports_behind"};
  d.runs_on = http::RunsOn::worker;
  return d;
}

std::vector<http::Parameter> list_parameters() {
  constexpr const char* kDay = R"({"type":"string","format":"date"})";
  constexpr const char* kCode = R"({"type":"string","maxLength":64})";
  return {{"stage", "环节；不写则为全部在办环节", json::schema<Stage>(), false, false},
          {"department", "部门代码", kCode, false, false},
          {"holder", "材料在谁手里", json::schema<Holder>(), false, false},
          {"light", "灯号", json::schema<Light>(), false, false},
          {"type", "办件类型", json::schema<CaseType>(), false, false},
          {"applicant_kind", "申请人类型", json::schema<ApplicantKind>(), false, false},
          {"matter", "事项代码", kCode, false, false},
          {"carded", "1：亮过牌的；0：没有的", R"({"type":"string","enum":["0","1"]})", false, false},
          {"supervision", "督办：没有、待反馈、待销号", json::schema<SupervisionState>(), false, false},
          {"due_from", "到期日不早于", kDay, false, false},
          {"due_to", "到期日不晚于", kDay, false, false},
          {"sort", "排序：到期日、收件先后、编号从新到旧", json::schema<ListOrder>(), false, false},
          {"after", "上一页的 next", R"({"type":"string","pattern":"^[0-9]{1,9}[.][0-9]{1,18}$"})", false, false},
          {"limit", "行数，最多 200", R"({"type":"integer","minimum":1,"maximum":200})", false, false}};
}

Result<ListQuestion> list_question(const http::Request& request) {
  ListQuestion q;
  const auto text = [&](const char* name) -> const std::string* {
    const auto it = request.query.find(name);
    return it == request.query.end() ? nullptr : &it->second;
  };
  const auto choice = [&](const char* name, auto& into) {
    typename std::remove_reference_t<decltype(into)>::value_type v{};
    if (const auto* t = text(name); t && json::enum_from(*t, v)) into = v;
  };
  choice("stage", q.stage);
  choice("holder", q.holder);
  choice("light", q.light);
  choice("type", q.type);
  choice("applicant_kind", q.applicant_kind);
  choice("supervision", q.supervision);
  if (const auto* t = text("carded")) q.carded = *t == "1";
  if (const auto* t = text("sort")) json::enum_from(*t, q.order);
  if (const auto* t = text("department")) q.department = DepartmentCode{*t};
  if (const auto* t = text("matter")) q.matter = MatterCode{*t};
  for (auto [name, into] : {std::pair{"due_from", &q.due_from}, std::pair{"due_to", &q.due_to}})
    if (const auto* t = text(name)) {
      YI_TRY(*into, parse_day(*t));
    }
  if (const auto* t = text("after")) {
    q.after = parse_list_key(*t);
    if (!q.after) return Refusal{"casework.bad_page", "页的起点有误。", "请从第一页重新打开。", 422, "/after"};
  }
  q.limit = static_cast<int>(number_or(request, "limit", q.limit));
  return q;
}

void add_doors(http::Router& router, engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper, std::shared_ptr<const catalog::Samples> samples) {
  add_case_doors(router, engine, ground, gatekeeper);
  add_list_doors(router, engine, ground);
  add_person_doors(router, engine, ground, gatekeeper);
  add_recount_door(router, engine);
  add_matter_doors(router, engine, ground, samples ? std::move(samples) : std::make_shared<const catalog::Samples>());
}

}  // namespace yi::casework
