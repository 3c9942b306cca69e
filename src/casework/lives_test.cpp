// testdata/casework/lives.case: lives of cases as a lawyer writes them, lived through the real rules.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "casework/lives_oracle.h"

using namespace yi;
using namespace yi::casework;
using namespace yi::casework::life;

namespace {

std::vector<std::string> parts(std::string_view cell, char by) {
  std::vector<std::string> out;
  for (const auto& p : split(cell, by))
    if (!trim(p).empty()) out.emplace_back(trim(p));
  return out;
}

struct Row {
  int line = 0;
  std::string matter, life, expected, note;
};
std::ostream& operator<<(std::ostream& o, const Row& r) { return o << "lives.case:" << r.line << ": " << r.matter << " | " << r.life << " | " << r.expected; }
std::vector<Row> rows() {
  std::ifstream in(YI_SOURCE_DIR "/testdata/casework/lives.case", std::ios::binary);
  EXPECT_TRUE(in.good());
  std::vector<Row> out;
  int line = 0;
  for (const auto& text : split(std::string(std::istreambuf_iterator<char>(in), {}), '\n')) {
    ++line;
    if (trim(text).empty() || text[0] == '#' || text.starts_with("事项 |")) continue;
    const auto c = split(text, '|');
    if (c.size() != 4) ADD_FAILURE() << "lives.case:" << line << ": 这一行要有四栏";
    else out.push_back({line, std::string(trim(c[0])), std::string(trim(c[1])), std::string(trim(c[2])), std::string(trim(c[3]))});
  }
  return out;
}

const std::map<std::string, Act>& verbs() {
  static const std::map<std::string, Act> all = [] {
    std::map<std::string, Act> m{{"网上申报", Act::submit}, {"网上补交", Act::receive_correction}, {"邮寄", Act::receive}, {"补正", Act::request_correction},
                                 {"补来", Act::receive_correction}, {"暂停", Act::suspend}, {"恢复", Act::resume}, {"延期", Act::extend},
                                 {"联合延期", Act::extend_joint}, {"退回窗口", Act::transfer}, {"送出件", Act::transfer}, {"不予", Act::decide_refuse},
                                 {"颁发", Act::issue}, {"环节", Act::finish_step}, {"补正不来", Act::close_uncorrected}, {"转回", Act::take_back},
                                 {"补交", Act::supply_deferred}, {"重新提交", Act::resubmit}};
    for (int i = 0; i < kActKinds; ++i) m.emplace(chinese_name(static_cast<Act>(i)), static_cast<Act>(i));
    return m;
  }();
  return all;
}

CivilDay day(std::string_view iso) {
  const auto d = parse_day(iso);
  if (!d) throw std::invalid_argument(std::string(iso) + " 不是日期");
  return *d;
}

// "2025-10-13 16:59 暂停 检验 2025-10-17"
Wish read_wish(const std::vector<std::string>& w) {
  Wish wish;
  std::size_t i = 1;
  wish.now = at(day(w.at(0)), 10, 0);
  if (w.at(i).size() == 5 && w[i][2] == ':') {
    wish.now = at(day(w[0]), std::stoi(w[i].substr(0, 2)), std::stoi(w[i].substr(3)));
    ++i;
  }
  const auto verb = w.at(i++);
  wish.act = verbs().at(verb);
  wish.by_mail = verb == "邮寄";
  wish.by_applicant = verb == "网上申报" || verb == "网上补交" || verb == "重新提交";
  if (verb == "退回窗口") wish.to = Holder::reception_window;
  if (verb == "送出件") wish.to = Holder::issue_window;
  for (; i < w.size(); ++i) {
    if (w[i] == "缺" || w[i] == "交") {
      for (const auto& paper : parts(w.at(++i), ',')) wish.papers.emplace_back(paper);
    } else if (w[i] == "容缺") {
      wish.deferred.push_back({Text<120>(w.at(i + 1)), day(w.at(i + 2))});
      i += 2;
    } else if (w[i] == "承诺") wish.commitments.emplace_back(w.at(++i));
    else if (w[i] == "再次") wish.second_reason = "新发现的问题";
    else if (wish.act == Act::suspend && w[i].size() > 4 && w[i][4] == '-') wish.until = day(w[i]);
    else if (wish.act == Act::suspend) {
      bool known = false;
      for (int k = 0; k < 8; ++k)
        if (catalog::suspension_name(static_cast<catalog::SuspensionKind>(k)) == w[i]) wish.kind = static_cast<catalog::SuspensionKind>(k), known = true;
      if (!known) throw std::invalid_argument("没有这种特别程序：" + w[i]);
    } else wish.days = std::stoi(w[i]);
  }
  return wish;
}

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

INSTANTIATE_TEST_SUITE_P(Table, Lives, testing::ValuesIn(rows()), [](const auto& p) { return "line" + std::to_string(p.param.line); });

// The table covers what it promises: at least 120 lives, every clock, every reason of §45, every year, both kinds.
TEST(LivesTable, CoversTheLaw) {
  const auto all = rows();
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
