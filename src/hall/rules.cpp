#include "hall/rules.h"

#include "base/text.h"

namespace yi::hall {
namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
};
constexpr Words kWords[] = {
    {Reason::unknown_department, "hall.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", "/department"},
    {Reason::post_missing, "hall.post_missing", "没有填写值守领导的职务。", "请填写职务，多个职务用顿号连接。", "/post"},
    {Reason::name_missing, "hall.name_missing", "没有填写值守领导的姓名。", "请填写姓名。", "/name"},
    {Reason::span_reversed, "hall.span_reversed", "值守的结束日期早于开始日期。", "请核对起止日期。", "/to"},
    {Reason::span_too_long, "hall.span_too_long", "一次值守的跨度超过 31 天。", "请核对起止日期，或分次登记。", "/to"},
    {Reason::bad_rank, "hall.bad_rank", "排列次序应为 1 到 9999 的整数。", "请填写次序。", "/rank"},
};
}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, 422, w.where};
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& w : kWords) out.emplace_back(w.code);
  return out;
}

Result<DutyRecorded> decide(const RecordDuty& c, const KnownDepartment& known) {
  if (!known(c.department)) return refuse(Reason::unknown_department);
  if (trim(c.post).empty()) return refuse(Reason::post_missing);
  if (trim(c.name).empty()) return refuse(Reason::name_missing);
  if (c.to < c.from) return refuse(Reason::span_reversed);
  if (c.to - c.from + 1 > kLongestDutyDays) return refuse(Reason::span_too_long);
  if (c.rank < 1 || c.rank > 9999) return refuse(Reason::bad_rank);
  return DutyRecorded{c.department, c.post, c.name, c.from, c.to, c.rank};
}

}  // namespace yi::hall
