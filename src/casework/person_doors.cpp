// Doors about the people of cases: the search field, and the whole of what is masked, for a reason that is kept.
#include <algorithm>
#include <charconv>

#include "base/clock.h"
#include "base/text.h"
#include "casework/lookup_limit.h"
#include "casework/routes.h"
#include "casework/search.h"
#include "engine/command_doors.h"

namespace yi::casework {
namespace {
using identity::Question;

struct SearchReply {
  std::vector<FoundCase> cases;
};
BOOST_DESCRIBE_STRUCT(SearchReply, (), (cases))
struct UnmaskRequest {
  Text<200> reason;
};
BOOST_DESCRIBE_STRUCT(UnmaskRequest, (), (reason))

template <class T>
http::Response json_reply(const T& value) {
  http::Response r;
  r.body = json::write(value);
  r.headers.emplace_back("cache-control", "no-store");
  return r;
}

// One entry for each person that somebody's number or phone has led to: the door's own does not say who. Refusal
// identity.audit_unavailable (503).
Checked write_down(const identity::Gatekeeper& gatekeeper, const http::Request& request, const http::Caller& caller, const Found& found) {
  std::vector<SubjectId> told;
  for (const auto& [case_id, subject] : found.by_person) {
    if (std::find(told.begin(), told.end(), subject) != told.end()) continue;
    told.push_back(subject);
    identity::AuditEntry e;
    e.account = caller.account;
    e.outcome = identity::Outcome::read;
    e.act = "casework.search";
    e.object = std::to_string(case_id.value);
    e.subject = subject.value;
    e.address = gatekeeper.address_of(request);
    YI_CHECK(gatekeeper.audit().record_and_wait(std::move(e)));
  }
  return Done{};
}

Result<http::Response> search(engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper, LookupLimit& limit, const http::Request& request, const http::Caller& caller) {
  const auto& text = request.query.at("q");
  const bool person = could_be_a_person(text);
  if (person && !limit.open(caller.account, monotonic_ns() / 1'000'000))
    return Refusal{"casework.too_many_lookups", limits::kFruitlessLookups.message, "请按办件编号查找；确需按证件号码查找的，请 10 分钟后再试或请督查人员协助。", 429, "/q"};
  auto reader = engine.reader();
  YI_TRY(auto found, search_cases(*reader, engine.keys(), identity::viewer_of(caller), engine.centre(), ground, text));
  if (person && found.cases.empty()) limit.found_nothing(caller.account, monotonic_ns() / 1'000'000);
  YI_CHECK(write_down(gatekeeper, request, caller, found));
  return json_reply(SearchReply{std::move(found.cases)});
}

void add_search_door(http::Router& router, engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper) {
  auto d = reading_door("/api/casework/search", "casework.search", "按办件编号、扫码内容、部门自有编号、证件号码、电话或证照编号查找办件");
  d.parameters = {{"q", "编号、号码", R"({"type":"string","minLength":1,"maxLength":64})", false, true}, engine::after_parameter()};
  d.replies = {{200, "找到的办件", "application/json", json::schema<SearchReply>()}};
  d.audit_class = "personal";
  d.refusal_codes.emplace_back("casework.too_many_lookups");
  d.handle = [&engine, &gatekeeper, ground, limit = std::make_shared<LookupLimit>()](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto r = search(engine, ground, gatekeeper, *limit, request, caller);
    reply(r ? std::move(*r) : http::problem(r.error()));
  };
  router.add(std::move(d));
}

// One entry for each person whose data is shown. Refusal identity.audit_unavailable (503).
Checked write_down(const identity::Gatekeeper& gatekeeper, const http::Request& request, const http::Caller& caller, const Unmasked& unmasked, const std::string& reason) {
  const auto write = [&](SubjectId subject) {
    identity::AuditEntry e;
    e.account = caller.account;
    e.outcome = identity::Outcome::unmasked;
    e.act = "casework.unmask";
    e.object = request.path_parameters.at("id");
    e.subject = subject.value;
    e.reason = reason;
    e.address = gatekeeper.address_of(request);
    return gatekeeper.audit().record_and_wait(std::move(e));
  };
  YI_CHECK(write(unmasked.state.subject));
  if (unmasked.people.agent) YI_CHECK(write(unmasked.state.agent));
  return Done{};
}

Result<http::Response> unmask(engine::Engine& engine, const identity::Gatekeeper& gatekeeper, const http::Request& request, const http::Caller& caller) {
  YI_TRY(const auto body, json::read<UnmaskRequest>(request.body));
  const std::string reason(trim(body.reason));
  if (reason.empty()) return Refusal{"casework.unmask_reason", "查看完整信息须写明理由。", "请填写理由，例如“电话通知领取”；理由与查看人、时间一同留痕。", 422, "/reason"};
  CaseId id;
  const auto& text = request.path_parameters.at("id");
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  auto reader = engine.reader();
  YI_TRY(auto unmasked, unmask_case(*reader, engine.keys(), identity::viewer_of(caller), engine.centre(), id));
  YI_CHECK(write_down(gatekeeper, request, caller, unmasked, reason));
  return json_reply(unmasked.people);
}

void add_unmask_door(http::Router& router, engine::Engine& engine, const identity::Gatekeeper& gatekeeper) {
  auto d = reading_door("/api/casework/cases/{id}/unmask", "casework.unmask", "查看申请人、代办人的完整信息，须写明理由，留痕");
  d.method = http::Method::post;
  d.right = identity::right_of(Question::unmask);
  d.audit_class = "command";
  d.parameters = {{"id", "办件的系统编号", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", true, true}};
  d.request_schema = json::schema<UnmaskRequest>();
  d.replies = {{200, "申请人、代办人", "application/json", json::schema<People>()}};
  d.body_limit = 4096;
  d.refusal_codes = {"casework.unknown_case", "casework.unmask_reason", "identity.not_signed_in", "identity.not_allowed", "identity.audit_unavailable",
                     "base.bad_json", "base.unknown_field", "base.repeated_field", "base.missing_field", "base.wrong_type", "base.too_long", "base.control_character"};
  d.handle = [&engine, &gatekeeper](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    auto r = unmask(engine, gatekeeper, request, caller);
    reply(r ? std::move(*r) : http::problem(r.error()));
  };
  router.add(std::move(d));
}

}  // namespace

void add_person_doors(http::Router& router, engine::Engine& engine, const Ground& ground, const identity::Gatekeeper& gatekeeper) {
  add_search_door(router, engine, ground, gatekeeper);
  add_unmask_door(router, engine, gatekeeper);
}

}  // namespace yi::casework
