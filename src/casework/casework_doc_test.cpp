// docs/casework.md: the table and the diagram in it are made from act_table.h. After a change of the table run this test
// with YICHUANG_UPDATE_DOCS=1 once and read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "casework/act_table.h"
#include "identity/role_table.h"

namespace yi::casework {
namespace {

constexpr const char* kDocument = YI_SOURCE_DIR "/docs/casework.md";

std::string name_of(Role r) { return std::string(identity::chinese_name(r)); }
std::string name_of(Condition c) {
  static constexpr const char* names[] = {
      "", "可以网上申请", "不需要预审的事项", "材料齐全（含容缺、承诺）", "许可：五日未满", "五日已满", "补正期的最后一日已过", "两人以上", "书面告知理由、批准人和结束日期；其他事项要有自己的依据",
      "许可，或者自己的依据允许；一次；期限未过", "有第二十六条的依据；一次；期限未过", "本级初审的事项，或者写明转往机关", "必要材料已收到或以承诺代替；限额未满，受理在先的在先", "没有证件要颁发，必要材料已收到", "当日；有权办理被冲正的一步，网上办理的只有原账号；未冲正过，未送达",
      "已经超期且未说明", "一件一次", "有容缺或者视为受理时没有的材料未补", "有承诺代替的证明", "还有下一环节", "有督办单待反馈", "已经反馈", "写明不能当场决定的理由", "只限启用日", "违反监察规则"};
  return names[static_cast<std::size_t>(c)];
}
std::string name_of(ClockEffect k) {
  static constexpr const char* names[] = {"", "五日起算", "五日停止，补正期起算", "法定、承诺起算", "停止计时", "继续计时", "延长", "本级初审的停止计时；转往其他机关的继续计时（中心可以另定）", "补正期起算，计时继续（事项另有依据的停止）", "送达期起算", "恢复原状", "全部终止"};
  return names[static_cast<std::size_t>(k)];
}

template <class E, class Has>
std::string list(int count, Has has, std::string (*name)(E)) {
  std::string s;
  for (int i = 0; i < count; ++i)
    if (has(static_cast<E>(i))) s += (s.empty() ? "" : "、") + name(static_cast<E>(i));
  return s;
}
std::string stage_name(Stage s) { return std::string(chinese_name(s)); }

std::string applies_to(const ActRow& r) {
  std::string s = r.kinds == Kinds::permits ? "许可" : r.kinds == Kinds::others ? "其他事项" : "";
  if (r.types != Types::all) s += std::string(s.empty() ? "" : "，") + (r.types == Types::instant_only ? "即办件" : "承诺件");
  if (r.holder) s += std::string(s.empty() ? "" : "，") + "材料在" + std::string(chinese_name(*r.holder));
  if (r.receiver) s += "，交" + std::string(chinese_name(*r.receiver));
  return s;
}

std::string table() {
  std::string s = "| 阶段 | 行为 | 谁可以 | 适用 | 条件 | 之后 | 期限 | 办结类型 | 文书 | 依据（未写法名的是行政许可法） |\n|---|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& r : kActs) {
    const auto from = list<Stage>(kStages, [&](Stage x) { return r.from.has(x); }, stage_name);
    s += "| " + from + " | " + std::string(chinese_name(r.act)) + " | " + list<Role>(identity::kRoles, [&](Role x) { return r.roles.has(x); }, name_of) + " | " + applies_to(r) + " | " +
         name_of(r.condition) + " | " + (r.to ? stage_name(*r.to) : "不变") + " | " + name_of(r.clock) + " | " + (r.closing ? std::string(chinese_name(*r.closing)) : "") + " | " +
         r.document + " | " + r.article + " |\n";
  }
  return s;
}

// Only acts that move a case; withdrawal and termination are possible from so many stages that arrows would hide the rest.
std::string diagram() {
  std::string s = "```mermaid\nstateDiagram-v2\n";
  for (int i = 0; i < kStages; ++i) s += "  state \"" + stage_name(static_cast<Stage>(i)) + "\" as " + json::enum_name(static_cast<Stage>(i)) + "\n";
  for (const auto& r : kActs) {
    if (!r.to || r.act == Act::withdraw || r.act == Act::terminate) continue;
    for (int i = 0; i < kStages; ++i)
      if (r.from.has(static_cast<Stage>(i)))
        s += std::string("  ") + json::enum_name(static_cast<Stage>(i)) + " --> " + json::enum_name(*r.to) + " : " + std::string(chinese_name(r.act)) +
             (r.kinds == Kinds::permits ? "（许可）" : "") + "\n";
  }
  for (int i = 0; i < kStages; ++i)
    if (is_end(static_cast<Stage>(i))) s += std::string("  ") + json::enum_name(static_cast<Stage>(i)) + " --> [*]\n";
  return s + "```\n";
}

std::string read() {
  std::ifstream in(kDocument, std::ios::binary);
  EXPECT_TRUE(in.good()) << kDocument;
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect_part(const std::string& name, const std::string& made) {
  auto text = read();
  const auto begin = "<!-- " + name + " -->\n", end = "<!-- /" + name + " -->";
  const auto from = text.find(begin), to = text.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to) << "docs/casework.md has no place for " << name;
  if (std::getenv("YICHUANG_UPDATE_DOCS")) {
    text.replace(from + begin.size(), to - from - begin.size(), made);
    std::ofstream(kDocument, std::ios::binary) << text;
  }
  text = read();
  EXPECT_EQ(text.substr(from + begin.size(), text.find(end) - from - begin.size()), made) << "docs/casework.md is not what act_table.h says";
}

// Refusals name the roles as the program does, pages as data/roles.yaml: one name for one post.
TEST(Roles, AreCalledTheSameEverywhere) {
  const auto table = identity::RoleTable::load(YI_SOURCE_DIR "/data/roles.yaml");
  ASSERT_TRUE(table.ok()) << table.error().sentence;
  for (const auto& row : table->rows()) EXPECT_EQ(row.name, identity::chinese_name(row.role));
  EXPECT_EQ(identity::chinese_name(Role::system), "系统");
}

TEST(CaseworkDocument, TableIsTheTable) { expect_part("acts", table()); }
TEST(CaseworkDocument, DiagramIsTheTable) { expect_part("diagram", diagram()); }

}  // namespace
}  // namespace yi::casework
