#include "engine/command_doors.h"

#include <charconv>

namespace yi::engine {
namespace {

constexpr const char* kAnswerSchema =
    R"({"type":"object","required":["position","stream","facts"],"properties":{)"
    R"("position":{"type":"string","description":"账本位置，可作 after 参数"},"stream":{"type":"string"},)"
    R"("facts":{"type":"array","items":{"type":"object","required":["name","effective_at","body"],"properties":{)"
    R"("name":{"type":"string"},"effective_at":{"type":"string","format":"date-time"},"body":{"type":"object"}}}}}})";

std::string path_of(std::string_view command) {
  std::string p = "/api/" + std::string(command);
  p[p.find('.')] = '/';
  return p;
}

// Carries the lane's answer back to the door.
class DoorWaiter : public Waiter {
 public:
  explicit DoorWaiter(http::Responder r) : responder_(std::move(r)) {}
  void answer(Result<Answer> result) override {
    if (!result.ok()) {
      responder_(http::problem(result.error()));
      return;
    }
    http::Response reply;
    reply.headers.emplace_back("x-ledger-position", std::to_string(result->position));
    if (result->repeated) reply.headers.emplace_back("x-repeated", "true");
    reply.body = std::move(result->json);
    responder_(std::move(reply));
  }

 private:
  http::Responder responder_;
};

}  // namespace

void add_command_doors(http::Router& router, Engine& engine) {
  for (const auto& spec : engine.registry().commands) {
    if (!spec.has_door) continue;
    http::Door d;
    d.method = http::Method::post;
    d.pattern = path_of(spec.name);
    d.name = spec.name;
    d.summary = spec.summary;
    d.right = spec.right;
    d.roles = spec.roles;
    d.audit_class = spec.audit_class;
    d.request_schema = spec.request_schema;
    d.replies = {{200, "已保存的事实", "application/json", kAnswerSchema}};
    d.refusal_codes = spec.refusal_codes;
    for (const char* code : {"engine.bad_command_id", "engine.command_id_conflict", "engine.busy", "engine.not_leading", "engine.storage_unavailable", "engine.internal_error",
                             "base.bad_json", "base.unknown_field", "base.repeated_field", "base.missing_field",
                             "base.wrong_type", "base.out_of_range", "base.unknown_value", "base.too_long", "base.too_many",
                             "base.control_character", "base.bad_date", "base.bad_instant"})
      d.refusal_codes.emplace_back(code);
    d.body_limit = spec.body_limit;
    d.handle = [&engine, &spec](const http::Request& request, const http::Caller& caller, http::Responder reply) {
      const auto id = parse_command_id(request.idempotency_key);
      if (!id) return reply(http::problem(id.error()));
      auto act = engine.parse(spec.name, request.body);
      if (!act) return reply(http::problem(act.error()));
      Submission s;
      s.id = *id;
      s.digest = digest_of(spec.name, request.body, caller.account);
      s.actor = {caller.account, caller.role, caller.name, DepartmentCode{caller.department}, caller.roles, SubjectId{caller.subject}, caller.at_page};
      s.act = std::move(act).value();
      s.bytes = 256 + 3 * static_cast<std::int64_t>(request.body.size());
      s.waiter = std::make_unique<DoorWaiter>(std::move(reply));
      engine.submit(std::move(s));
    };
    router.add(std::move(d));
  }
}

http::Parameter after_parameter() {
  return {"after_position", "读到不早于此账本位置的内容", R"({"type":"string","pattern":"^[0-9]{1,18}$"})", false, false};
}

Checked wait_for_position(Engine& engine, const http::Request& request) {
  const auto it = request.query.find("after_position");
  if (it == request.query.end()) return Done{};
  std::int64_t position = 0;
  const auto& s = it->second;
  const auto r = std::from_chars(s.data(), s.data() + s.size(), position);
  if (r.ec != std::errc{} || r.ptr != s.data() + s.size() || position < 0 || !engine.wait_position(position, std::chrono::seconds(2)))
    return Refusal{"engine.bad_position", "账本中没有这个位置。", "请使用提交后返回的 position。", 400, "after_position"};
  if (!engine.wait_followed(position, std::chrono::seconds(2)))
    return Refusal{"engine.reports_behind", "统计还没有跟上这一步；办理本身已经保存。", "请在几秒后再看。", 503, ""};
  return Done{};
}

}  // namespace yi::engine
