#include "engine/lane_answer.h"

#include "base/json.h"

namespace yi::engine {

Answer make_answer(const std::vector<RecordedFact>& facts) {
  Answer a;
  a.position = facts.back().seq;
  a.stream = facts.front().record.stream;
  a.json.reserve(320);
  a.json = "{\"position\":\"";
  json::append_int(a.json, a.position);
  a.json += "\",\"stream\":";
  json::append_string(a.json, a.stream);
  a.json += ",\"facts\":[";
  for (const auto& f : facts) {
    if (&f != &facts.front()) a.json += ',';
    a.json += "{\"name\":";
    json::append_string(a.json, f.record.name);
    a.json += ",\"effective_at\":\"" + to_iso(f.record.effective_at) + "\",\"body\":";
    a.json += f.record.body;
    a.json += '}';
  }
  a.json += "]}";
  return a;
}

Refusal busy() { return {"engine.busy", limits::kLaneQueue.message, "同一请求可以安全地重发。", 503, ""}; }

Refusal not_leading() {
  return {"engine.not_leading", "主办节点正在更换，这一步没有执行。", "请在几秒后用同一请求重新提交，不会重复办理。", 503, ""};
}

Refusal id_conflict() {
  return {"engine.command_id_conflict", "这个请求编号已用于另一份内容，没有重复办理。",
          "请刷新页面后重新提交；如需办理新的业务，请使用新的请求编号。", 409, ""};
}

Refusal internal_error() {
  return {"engine.internal_error", "系统内部出错，这一步没有执行，也没有保存。", "请把时间和所做的步骤告诉系统管理员；其他业务不受影响。", 500, ""};
}

namespace {
const char* name_of(store::FailureKind kind) {
  using enum store::FailureKind;
  switch (kind) {
    case full: return "磁盘已满";
    case read_only: return "只读，或没有写入的权限";
    case busy: return "数据库正忙";
    case unreachable: return "数据库连接不上";
    case stale: return "数据库正由另一个进程写入";
    case unknown: return "与数据库的连接中断";
    case corrupt: return "数据损坏或不完整";
    case io:
    case other: break;
  }
  return "磁盘读写出错";
}
}  // namespace

Refusal storage_unavailable(const store::Failure& f) {
  if (f.kind == store::FailureKind::other) return internal_error();
  const std::string why = name_of(f.kind);
  // After an error of the disk itself, or of the way to the database, nobody knows whether the last commit reached it; the same
  // request settles it.
  const bool known = f.kind != store::FailureKind::unknown && f.kind != store::FailureKind::io;
  return {"engine.storage_unavailable", "数据无法写入（" + why + (known ? "），这一步没有执行，此前的办理都已保存。"
                                                                                    : "），这一步是否已保存暂时不能确定，此前的办理都已保存。"),
          "请通知系统管理员；恢复后用同一请求重新提交即可，不会重复办理。", 503, ""};
}

std::optional<Refusal> reading_unavailable(const std::exception& e) {
  const auto* f = dynamic_cast<const store::Failure*>(&e);
  if (!f || f->kind == store::FailureKind::other || f->kind == store::FailureKind::corrupt) return std::nullopt;
  return Refusal{"engine.storage_unavailable", std::string("数据暂时不能读取（") + name_of(f->kind) + "），已经办理的都已保存。", "请稍后再看；持续出现时请通知系统管理员。", 503, ""};
}

}  // namespace yi::engine
