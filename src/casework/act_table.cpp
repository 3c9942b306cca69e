#include "casework/act_table.h"

#include <algorithm>

namespace yi::casework {

const ActRow* find_row(const Position& at, Act act, std::optional<Holder> receiver) {
  for (const auto& r : kActs)
    if (r.act == act && r.from.has(at.stage) && fits(r, at.type, at.holder, at.permit) && r.receiver == receiver) return &r;
  return nullptr;
}

std::vector<Act> allowed_acts(const Position& at, RoleSet roles) {
  std::vector<Act> out;
  for (const auto& r : kActs)
    if (r.from.has(at.stage) && fits(r, at.type, at.holder, at.permit) && r.roles.meets(roles) &&
        std::find(out.begin(), out.end(), r.act) == out.end())
      out.push_back(r.act);
  return out;
}

RoleSet roles_of(Act act) {
  RoleSet all;
  for (const auto& r : kActs)
    if (r.act == act) all = all | r.roles;
  return all;
}

RoleSet roles_of(const Position& at, Act act) {
  RoleSet all;
  for (const auto& r : kActs)
    if (r.act == act && r.from.has(at.stage) && fits(r, at.type, at.holder, at.permit)) all = all | r.roles;
  return all;
}

std::string_view chinese_name(Stage s) {
  static constexpr std::string_view names[] = {"未收件", "待预审", "预审退回", "待接件", "已收件", "待补正", "已受理", "审查中", "审查阶段补正", "特别程序",
                                               "已转报", "准予", "不予许可", "制证完成", "已颁发", "已办结", "不予受理", "已撤回", "已终止"};
  static_assert(std::size(names) == kStages);
  return names[static_cast<std::size_t>(s)];
}

std::string_view chinese_name(Act a) {
  static constexpr std::string_view names[] = {"网上申报", "预审退回", "重新提交", "预审通过", "接件", "收件", "当场补充", "告知补正", "接收补正材料", "补交不来办结",
                                               "受理", "视为受理", "不予受理", "流转", "环节办结", "现场核查", "告知利害关系人", "启动特别程序", "特别程序结束",
                                               "延长期限", "联合办理延长期限", "转报", "转报结果返回", "转报办结", "准予", "不予许可", "制证", "颁发", "办结", "撤回", "终止",
                                               "补交容缺材料", "核查承诺", "冲正", "说明超期理由", "评价", "亮牌", "督办", "督办反馈", "督办销号", "重新计算期限",
                                               "接收代颁结果", "接续"};
  static_assert(std::size(names) == kActKinds);
  return names[static_cast<std::size_t>(a)];
}

std::string_view chinese_name(Stage s, bool permit) { return s == Stage::refused && !permit ? "不予办理" : chinese_name(s); }
std::string_view chinese_name(Act a, bool permit) { return a == Act::decide_refuse && !permit ? "不予办理" : chinese_name(a); }

std::string_view chinese_name(Closing c) {
  static constexpr std::string_view names[] = {"出证办结", "退回办结", "作废办结", "删除办结", "转报办结", "补交不来办结", "办结"};
  return names[static_cast<std::size_t>(c)];
}
std::string_view chinese_name(Holder h) {
  static constexpr std::string_view names[] = {"受理窗口", "部门", "出件窗口"};
  return names[static_cast<std::size_t>(h)];
}

}  // namespace yi::casework
