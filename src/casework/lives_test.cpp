// testdata/casework/lives.case: lives of cases as a lawyer writes them, lived through the real rules.
#include <gtest/gtest.h>

#include "casework/lives_case.h"
#include "casework/lives_oracle.h"

using namespace yi;
using namespace yi::casework;
using namespace yi::casework::life;

namespace {

std::string shown(const std::optional<CivilDay>& d) { return d ? to_iso(*d) : "无"; }

std::string cards_of(const CaseState& s) {
  std::vector<std::string> v;
  for (const auto& c : s.detail.cards) v.emplace_back(c);
  return v.empty() ? "无" : join(v, ",");
}

// What the life led to, under the word that the table uses.
std::string answer(const Life& life, const std::vector<std::string>& words, const std::string& refused) {
  const auto& s = life.state();
  const auto& what = words.at(0);
  if (what == "拒绝") return refused;
  if (what == "告知") return shown(s.at.notice_due);
  if (what == "补正期") return shown(s.at.correction_due);
  if (what == "法定") return shown(s.at.statutory_due);
  if (what == "承诺") return shown(s.at.promised_due);
  if (what == "环节") return shown(s.at.step_due);
  if (what == "送达") return shown(s.at.delivery_due);
  if (what == "受理日") return shown(s.accepted_on);
  if (what == "状态") return std::string(chinese_name(s.at.stage));
  if (what == "办结") return s.closing ? std::string(chinese_name(*s.closing)) : "无";
  if (what == "牌") return cards_of(s);
  if (what == "灯") {
    const auto light = light_of(s, day(words.at(1)), world().warnings, world().catalog, world().calendar);
    return light ? std::string(chinese_name(*light)) : light.error().code;
  }
  throw std::invalid_argument("应为一栏不认识：" + what);
}

class Lives : public testing::TestWithParam<Row> {};

TEST_P(Lives, EndOnTheWrittenDays) {
  const auto& row = GetParam();
  const catalog::Matter* matter = nullptr;
  for (const auto& m : world().catalog.matters())
    if (m.name == row.matter) matter = &m;
  ASSERT_NE(matter, nullptr) << row.matter;
  Life life(matter->code);
  std::string refused;
  for (const auto& step : parts(row.life, ';')) {
    ASSERT_EQ(refused, "") << "拒绝以后还有步骤：" << step;
    const auto words = parts(step, ' ');
    const auto done = words.at(1) == "定时" ? life.timers(day(words[0])) : life.act(read_wish(words));
    if (!done) refused = done.error().code;
  }
  bool provisional = false, refusal_expected = false;
  for (const auto& e : parts(row.expected, ';')) {
    const auto words = parts(e, ' ');
    if (words[0] == "暂定") {
      provisional = true;
      continue;
    }
    refusal_expected |= words[0] == "拒绝";
    EXPECT_EQ(answer(life, words, refused), words.back()) << e << "\n" << row.note << "\n" << life.counted_days();
  }
  EXPECT_TRUE(refusal_expected || refused.empty()) << "被拒绝：" << refused;
  EXPECT_EQ(life.state().at.provisional.value_or(false), provisional) << "用到没有放假通知的年份，当且仅当写了暂定\n" << life.counted_days();
  EXPECT_EQ(life.disagreements(), 0) << life.disagreement();
}

INSTANTIATE_TEST_SUITE_P(Table, Lives, testing::ValuesIn(table_rows()), [](const auto& p) { return "line" + std::to_string(p.param.line); });

// The table covers what it promises: at least 120 lives, every clock, every reason of §45, every year, both kinds.
TEST(LivesTable, CoversTheLaw) {
  const auto all = table_rows();
  EXPECT_GE(all.size(), 120u);
  std::string text;
  for (const auto& r : all) text += r.matter + "|" + r.life + "|" + r.expected + "|" + r.note + "\n";
  for (const char* word : {"听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审", "|2024-", "|2025-", "|2026-", "暂定", "告知 20", "补正期 20", "法定 20",
                           "承诺 20", "环节 20", "送达 20", "16:59", "17:00", "23:59", "§29", "§32", "§34", "§35", "§36", "§38", "§39", "§42", "§43", "§44", "§45",
                           "§82", "§201", "§203", "\n确认|", "\n给付|", "容缺", "联合延期", "灯 20"})
    EXPECT_NE(("\n" + text).find(word), std::string::npos) << word;
}

TEST(RandomLives, TwoThousandAgreeWithTheWalkDayByDay) { compare(510'000, 2'000); }

}  // namespace
