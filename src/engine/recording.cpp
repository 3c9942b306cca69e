#include "engine/recording.h"

#include "engine/command_doors.h"

namespace yi::engine {
namespace {

class RecordWaiter : public Waiter {
 public:
  RecordWaiter(http::Responder reply, std::function<std::string(std::int64_t)> location) : reply_(std::move(reply)), location_(std::move(location)) {}
  void answer(Result<Answer> answer) override {
    if (!answer) return reply_(http::problem(answer.error()));
    http::Response r;
    r.status = 201;
    r.headers = {{"location", location_(answer->position)}, {"x-ledger-position", std::to_string(answer->position)}};
    if (answer->repeated) r.headers.emplace_back("x-repeated", "true");
    r.body = std::move(answer->json);
    reply_(std::move(r));
  }

 private:
  http::Responder reply_;
  std::function<std::string(std::int64_t)> location_;
};

Result<Act> act_of(Engine& engine, const char* command, const Result<std::string>& body) {
  if (body) return engine.parse(command, *body);
  return Act([refused = body.error()](Turn&) -> Checked { return refused; });
}

}  // namespace

void record_at_door(Engine& engine, const http::Request& request, const http::Caller& caller, const char* command, Result<std::string> body,
                    std::function<std::string(std::int64_t)> location, http::Responder reply) {
  const auto id = parse_command_id(request.idempotency_key);
  if (!id) return reply(http::problem(id.error()));
  auto act = act_of(engine, command, body);
  if (!act) return reply(http::problem(act.error()));
  Submission s;
  s.id = *id;
  s.digest = digest_of(command, request.path + "\n" + request.body, caller.account);
  s.actor = {caller.account, caller.role, caller.name, DepartmentCode{caller.department}, caller.roles, SubjectId{caller.subject}, caller.at_page};
  s.act = std::move(act).value();
  s.waiter = std::make_unique<RecordWaiter>(std::move(reply), std::move(location));
  engine.submit(std::move(s));
}

}  // namespace yi::engine
