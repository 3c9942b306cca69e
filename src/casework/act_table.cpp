#include "casework/act_table.h"

#include <algorithm>

namespace yi::casework {

const ActRow* find_row(Stage stage, Act act, CaseType type, Holder holder, std::optional<Holder> receiver) {
  for (const auto& r : kActs)
    if (r.from == stage && r.act == act && fits(r, type, holder) && r.receiver == receiver) return &r;
  return nullptr;
}

std::vector<Act> allowed_acts(Stage stage, CaseType type, Holder holder) {
  std::vector<Act> out;
  for (const auto& r : kActs)
    if (r.from == stage && fits(r, type, holder) && std::find(out.begin(), out.end(), r.act) == out.end())
      out.push_back(r.act);
  return out;
}

std::string_view chinese_name(Stage s) {
  static constexpr std::string_view names[] = {"未收件", "已收件", "已受理", "审查中", "准予", "不予许可", "已颁发", "不予受理", "已撤回"};
  return names[static_cast<std::size_t>(s)];
}
std::string_view chinese_name(Act a) {
  static constexpr std::string_view names[] = {"收件", "受理", "不予受理", "流转", "准予", "不予许可", "颁发", "撤回", "接收代颁结果", "接续"};
  return names[static_cast<std::size_t>(a)];
}

}  // namespace yi::casework
