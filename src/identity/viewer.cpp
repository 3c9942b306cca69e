#include "identity/viewer.h"

namespace yi::identity {

std::string Viewer::label() const { return is_operator() ? "operator:" + account : "public"; }

Checked Viewer::require_operator() const {
  if (is_operator()) return Done{};
  return Refusal{"identity.not_allowed", "这部分内容只对中心工作人员开放。", "请用启动时打印的一次性链接登录后再看。", 403, ""};
}

}  // namespace yi::identity
