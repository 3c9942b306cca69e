#include "http/precondition.h"

#include <charconv>

#include "base/text.h"

namespace yi::http {

std::string etag(std::int64_t version) { return "\"v" + std::to_string(version) + "\""; }

Refusal precondition_failed() {
  return {"http.precondition_failed", "您看到之后，这条记录已被别人改动，这一步没有执行。",
          "请刷新页面，看清新的内容后再办理。", 412, "If-Match"};
}

Refusal precondition_required() {
  return {"http.precondition_required", "没有说明是在哪个版本上办理，这一步没有执行。",
          "请先读取记录，将其 ETag 放入请求头 If-Match 后再提交。", 428, "If-Match"};
}

Result<std::optional<std::int64_t>> expected_version(const Request& request) {
  const auto tag = trim(request.if_match);
  if (tag.empty() || tag == "*") return std::optional<std::int64_t>();
  if (tag.find(',') != tag.npos)
    return Refusal{"http.bad_if_match", "请求头 If-Match 只能写一个版本。", "请只写读取时得到的 ETag。", 400, "If-Match"};
  std::int64_t version = 0;
  if (tag.size() < 4 || !tag.starts_with("\"v") || !tag.ends_with('"')) return precondition_failed();
  const auto* end = tag.data() + tag.size() - 1;
  const auto r = std::from_chars(tag.data() + 2, end, version);
  if (r.ec != std::errc{} || r.ptr != end || version < 0) return precondition_failed();
  return std::optional(version);
}

Checked check_version(const Request& request, std::int64_t current) {
  YI_TRY(const auto expected, expected_version(request));
  if (expected && *expected != current) return precondition_failed();
  return Done{};
}

}  // namespace yi::http
