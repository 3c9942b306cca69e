// What a refusal looks like on the wire (RFC 9457), and the Responder's promise that somebody always answers.
#include <boost/describe.hpp>

#include "base/json.h"
#include "base/text.h"
#include "http/page_policy.h"
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
  r.refusal = refusal.code;
  if (refusal.status == 503 || refusal.status == 429) r.headers.emplace_back("retry-after", "2");
  return r;
}

namespace {
// One size for everybody, elder mode's: whoever meets a refusal is not asked which page they would like.
constexpr std::string_view kStyle =
    "body { margin: 0; background: #FBFAF7; color: #1B1F24; font: 22px/1.6 -apple-system, \"PingFang SC\", "
    "\"Microsoft YaHei\", \"Noto Sans CJK SC\", sans-serif; } main { max-width: 36em; margin: 12vh auto; padding: 0 24px; } "
    "h1 { font-size: 34px; line-height: 1.3; } a { color: #1E4E79; display: inline-flex; align-items: center; min-height: 60px; } a:focus-visible { outline: 3px solid #1E4E79; } "
    "code { color: #4A535C; font-size: 20px; }";
}  // namespace

bool wants_page(const Request& request) {
  return request.method == Method::get && !request.path.starts_with("/api") && request.accept.find("text/html") != std::string::npos;
}

Response problem_page(const Refusal& refusal) {
  Response r;
  r.status = refusal.status;
  r.content_type = "text/html; charset=utf-8";
  static const std::string policy = page_policy({kStyle});
  r.headers.emplace_back("content-security-policy", policy);
  const auto title = escape_markup(status_title(refusal.status));
  r.body = "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + title + " · 一窗</title>\n"
           "<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n<p>" +
           escape_markup(refusal.sentence) + "</p>\n<p>" + escape_markup(refusal.next_step) +
           "</p>\n<p><a href=\"/\">回到首页</a></p>\n<p><code>" + escape_markup(refusal.code) + "</code></p>\n</main>\n</body>\n</html>\n";
  if (refusal.status == 503 || refusal.status == 429) r.headers.emplace_back("retry-after", "2");
  return r;
}

std::string problem_schema() { return json::schema<Problem>(); }

}  // namespace yi::http
