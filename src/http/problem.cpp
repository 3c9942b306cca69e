// What a refusal looks like on the wire (RFC 9457), and the Responder's promise that somebody always answers.
#include <boost/describe.hpp>

#include "base/json.h"
#include "http/router.h"
#include "http/wire.h"

namespace yi::http {
namespace {

struct Problem {
  std::string type;       // "urn:yichuang:refusal:casework.illegal_act"
  std::string title;      // Chinese, of the status
  int status = 0;
  std::string code;       // for machines
  std::string detail;     // Chinese: what happened
  std::string next_step;  // Chinese: what to do now
  std::string where;      // JSON pointer, parameter name, or ""
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, code, detail, next_step, where))

class SinkTarget : public Responder::Target {
 public:
  explicit SinkTarget(Responder::Sink sink) : sink_(std::move(sink)) {}
  void answer(Response r) override { sink_(std::move(r)); }
  void dropped() override { sink_(problem(internal_error(0))); }

 private:
  Responder::Sink sink_;
};

}  // namespace

Responder::Responder(Sink sink) : target_(std::make_shared<SinkTarget>(std::move(sink))) {}

Responder& Responder::operator=(Responder&& other) noexcept {
  if (this != &other) {
    drop();
    target_ = std::move(other.target_);
  }
  return *this;
}

Response problem(const Refusal& refusal) {
  Response r;
  r.status = refusal.status;
  r.content_type = "application/problem+json; charset=utf-8";
  r.body = json::write(Problem{"urn:yichuang:refusal:" + refusal.code, status_title(refusal.status), refusal.status,
                               refusal.code, refusal.sentence, refusal.next_step, refusal.where});
  if (refusal.status == 503 || refusal.status == 429) r.headers.emplace_back("retry-after", "2");
  return r;
}

std::string problem_schema() { return json::schema<Problem>(); }

}  // namespace yi::http
