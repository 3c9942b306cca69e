// What is judged before a body is read, in this order: head, host, method, target, door, origin, who, media type,
// If-Match, parameters. A stranger learns nothing about a door before the Gatekeeper let them in, except that it exists.
#include <cctype>

#include "base/text.h"
#include "http/precondition.h"
#include "http/wire.h"

namespace yi::http {
namespace {

Refusal refusal(int status, const char* code, std::string sentence, std::string next_step, std::string where = "") {
  return {code, std::move(sentence), std::move(next_step), status, std::move(where)};
}

Checked check_head(const Head& head, const Request& request) {
  if (head.repeated_host || head.repeated_key)
    return refusal(400, "http.bad_request", "请求头中有一项重复出现。", "请换用常见的浏览器，或联系接口开发人员。");
  if (head.bad_transfer_encoding)
    return refusal(501, "http.transfer_encoding", "系统不支持请求的传输编码。", "请用 Content-Length 或 chunked 发送内容。");
  if (head.expects_other)
    return refusal(417, "http.expectation", "系统不支持请求头 Expect 的这种写法。", "请去掉请求头 Expect 后重试。");
  if (static_cast<std::int64_t>(request.idempotency_key.size()) > limits::kIdempotencyKeyChars.value)
    return refusal(400, "http.idempotency_key", limits::kIdempotencyKeyChars.message, "请改用较短的编号，例如 UUID。");
  for (const char c : request.idempotency_key)
    if (c < 0x21 || c > 0x7e)
      return refusal(400, "http.idempotency_key", "Idempotency-Key 含有不允许的字符。", "请只用英文字母、数字和短横线。");
  return Done{};
}

enum class Verb { get, head, post, other, unknown };

Verb verb_of(std::string_view method) {
  if (method == "GET") return Verb::get;
  if (method == "HEAD") return Verb::head;
  if (method == "POST") return Verb::post;
  for (const char* known : {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})
    if (method == known) return Verb::other;
  return Verb::unknown;
}

// "image/png; charset=x" is "image/png" and "image/*"; `pattern` is in lower case.
bool is_media_type(std::string_view content_type, std::string_view pattern) {
  const auto type = trim(content_type.substr(0, content_type.find(';')));
  const bool family = pattern.ends_with("/*");
  if (family) pattern.remove_suffix(1);
  if (family ? type.size() <= pattern.size() : type.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(type[i])) != pattern[i]) return false;
  return true;
}

Checked check_media_type(const Door& door, const Request& request) {
  if (door.upload.any()) {
    for (const auto& allowed : door.upload.media_types)
      if (is_media_type(request.content_type, allowed)) return Done{};
    std::string all;
    for (const auto& allowed : door.upload.media_types) all += (all.empty() ? "" : "、") + allowed;
    return refusal(415, "http.media_type", "这里不接收这种格式的文件。", "请将 Content-Type 设为以下之一：" + all + "。");
  }
  if (door.request_schema.empty() || is_media_type(request.content_type, "application/json")) return Done{};
  return refusal(415, "http.media_type", "提交的内容不是 JSON 格式。", "请将 Content-Type 设为 application/json。");
}

Refusal wrong_method() {
  return refusal(405, "http.method_not_allowed", "这个网址不支持这种操作方式。", "请从页面上的按钮进入，或查看接口文档 /api/openapi.json。");
}

Checked find_door(Verb verb, const Hosts& hosts, const Router& router, Request& request, Admission& out) {
  if (verb == Verb::other) {
    out.allow = router.allowed_methods(request.path);
    if (!out.allow.empty()) return wrong_method();
  }
  auto door = router.find(request);
  if (!door) {
    if (door.error().status == 405) out.allow = router.allowed_methods(request.path);
    return std::move(door).error();
  }
  out.door = *door;
  // A page of another origin may send a form here, but not read the reply: refuse before anything is done.
  if (request.method == Method::post && !request.origin.empty() && !hosts.own_origin(request.origin, request.host))
    return refusal(403, "http.foreign_origin", "这个操作来自别的网站，已被拒绝。", "请在本系统自己的页面上操作。");
  return Done{};
}

}  // namespace

Checked admit(const Head& head, const Hosts& hosts, const Router& router, const Gatekeeper& gatekeeper,
              Request& request, Admission& out) {
  YI_CHECK(admit_to_door(head, hosts, router, request, out));
  return admit_in(router, gatekeeper, request, out);
}

Checked admit_to_door(const Head& head, const Hosts& hosts, const Router& router, Request& request, Admission& out) {
  const auto verb = verb_of(head.method);
  out.head_only = verb == Verb::head;  // first: a refusal has no body either then
  YI_CHECK(check_head(head, request));
  if (verb == Verb::unknown)
    return refusal(501, "http.method_unknown", "系统不认识这种操作方式。", "请使用 GET 或 POST。");
  request.method = verb == Verb::post ? Method::post : Method::get;
  request.head_only = out.head_only;
  YI_CHECK(parse_target(head.target, request));
  if (request.host.empty())
    return refusal(400, "http.no_host", "请求缺少主机名。", "请换用常见的浏览器，或在请求头中写明 Host。");
  if (!hosts.allowed(request.host))
    return refusal(421, "http.host", "本系统不以这个主机名提供服务。", "请用 http://127.0.0.1 或 http://localhost 加端口访问。");
  return find_door(verb, hosts, router, request, out);
}

Checked admit_in(const Router& router, const Gatekeeper& gatekeeper, const Request& request, Admission& out) {
  auto caller = gatekeeper.admit(request, *out.door);
  if (!caller) return std::move(caller).error();
  out.caller = std::move(*caller);
  if (request.method == Method::post) YI_CHECK(check_media_type(*out.door, request));
  if (out.door->if_match == IfMatch::required && request.if_match.empty()) return precondition_required();
  return router.check_parameters(*out.door, request);
}

}  // namespace yi::http
