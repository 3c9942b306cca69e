#include "hall/rules.h"

#include "base/text.h"

namespace yi::hall {
namespace {
struct Words {
  Reason reason;
  const char *code, *sentence, *next_step, *where;
  int status = 422;
};
constexpr Words kWords[] = {
    {Reason::unknown_department, "hall.unknown_department", "目录里没有这个部门。", "请从部门列表中选择。", "/department"},
    {Reason::post_missing, "hall.post_missing", "没有填写值守领导的职务。", "请填写职务，多个职务用顿号连接。", "/post"},
    {Reason::name_missing, "hall.name_missing", "没有填写值守领导的姓名。", "请填写姓名。", "/name"},
    {Reason::span_reversed, "hall.span_reversed", "值守的结束日期早于开始日期。", "请核对起止日期。", "/to"},
    {Reason::span_too_long, "hall.span_too_long", "一次值守的跨度超过 31 天。", "请核对起止日期，或分次登记。", "/to"},
    {Reason::bad_rank, "hall.bad_rank", "排列次序应为 1 到 9999 的整数。", "请填写次序。", "/rank"},
    {Reason::place_missing, "hall.place_missing", "没有写明大屏在哪里。", "请填写位置，例如“二楼大厅东墙”。", "/place"},
    {Reason::bad_screen_key, "hall.bad_screen_key", "大屏的钥匙应为 64 位小写十六进制随机数。", "请在工作台的“大屏”页开通，由页面生成。", "/key"},
    {Reason::screen_known, "hall.screen_known", "这把钥匙已经开通过大屏。", "请换一把新的钥匙。", "/key", 409},
    {Reason::unknown_screen, "hall.unknown_screen", "没有这块大屏。", "请在大屏列表中选择。", "/screen", 404},
    {Reason::screen_closed, "hall.screen_closed", "这块大屏已经停用。", "需要时请重新开通。", "/screen", 409},
    {Reason::screen_not_open, "hall.screen_not_open", "这块大屏没有开通，或者已经停用。", "请系统管理员在工作台的“大屏”页开通，用新的显示地址打开。", "/key", 403},
};
}  // namespace

Refusal refuse(Reason reason) {
  const Words& w = kWords[static_cast<std::size_t>(reason)];
  return {w.code, w.sentence, w.next_step, w.status, w.where};
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
