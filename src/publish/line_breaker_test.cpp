#include "publish/line_breaker.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "publish/test_document.h"

namespace yi::publish {
namespace {

// The same cases in every run; RC_PARAMS of the environment wins.
const int kSeeded = setenv("RC_PARAMS", "seed=20240617 max_success=500", 0);

constexpr double kWordWidth = 156 / 25.4 * 72 / 16;  // 27.64 em

LineRules word_rules() { return {kWordWidth, 2}; }
LineRules grid_rules() { return {28, 2, 1.0}; }

std::vector<double> nominal(const std::u32string& text) {
  std::vector<double> out;
  for (char32_t c : text) {
    const auto k = char_class(c);
    out.push_back(k == CharClass::word || k == CharClass::space ? 0.5 : 1);
  }
  return out;
}

std::vector<std::string> broken(const std::u32string& text, const LineRules& rules) {
  std::vector<std::string> out;
  for (const auto& line : break_lines(text, nominal(text), rules))
    out.push_back(to_utf8(text.substr(line.begin, line.end - line.begin)));
  return out;
}

std::string without_spaces(std::string s) { return replace_all(std::move(s), " ", ""); }

// The 78 line ends of the official paper.
std::vector<std::string> official_lines() {
  std::vector<std::string> out;
  for (const auto& line : split(test::read_file(test::testdata("bulletin-2024-06-17.lines.txt")), '\n')) {
    const auto words = without_spaces(line);
    if (out.empty() && words != "一、政务工作动态") continue;
    out.push_back(words);
    if (words.rfind("六东、", 0) == 0) break;
  }
  return out;
}

std::vector<std::string> example_lines(const LineRules& rules, const std::vector<std::u32string>& hints) {
  std::vector<std::string> out;
  std::vector<bool> used;
  for (const auto& paragraph : test::example().body)
    for (auto& line : broken(apply_layout_hints(to_utf32(paragraph.text()), hints, used), rules))
      out.push_back(without_spaces(std::move(line)));
  return out;
}

TEST(LineBreaker, ReproducesTheOfficialLineEnds) {
  const auto official = official_lines();
  ASSERT_EQ(official.size(), 78u);
  EXPECT_EQ(example_lines(word_rules(), {U"6 月", U"13 个"}), official);
}

TEST(LineBreaker, TheTypedSpacesAreWhatTheHintsSay) {
  const auto official = official_lines();
  const auto lines = example_lines(word_rules(), {});
  ASSERT_EQ(lines.size(), official.size());
  int same = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) same += lines[i] == official[i];
  EXPECT_EQ(same, 75);
}

TEST(LineBreaker, MarksNeitherBeginNorEndALineWrongly) {
  // Width 6: the mark at the edge is squeezed in, or the character before it goes down with it.
  LineRules six{6};
  EXPECT_EQ(broken(U"一二三四五，六，七八", six), (std::vector<std::string>{"一二三四五，", "六，七八"}));
  EXPECT_EQ(broken(U"一二三，五六，七八", six), (std::vector<std::string>{"一二三，五六，", "七八"}));
  EXPECT_EQ(broken(U"一二三四五六，七八", six), (std::vector<std::string>{"一二三四五", "六，七八"}));
  EXPECT_EQ(broken(U"一二三四五（六七）", six), (std::vector<std::string>{"一二三四五", "（六七）"}));
}

TEST(LineBreaker, AsciiRunsDashesAndRangesStayWhole) {
  LineRules six{6};
  EXPECT_EQ(broken(U"一二三四17909件", six), (std::vector<std::string>{"一二三四", "17909件"}));
  EXPECT_EQ(broken(U"一二三四五——六", six), (std::vector<std::string>{"一二三四五", "——六"}));
  EXPECT_EQ(broken(U"一二三四五日—六", six), (std::vector<std::string>{"一二三四五", "日—六"}));
  EXPECT_EQ(broken(U"一二三四阿依·买", six), (std::vector<std::string>{"一二三四阿", "依·买"}));
}

TEST(LineBreaker, QuarterEmBetweenChineseAndDigits) {
  const std::u32string text = U"共5件，7项";
  const auto lines = break_lines(text, nominal(text), {28});
  ASSERT_EQ(lines.size(), 1u);
  const std::vector<double> expected{0, 1.25, 2, 3, 4, 4.75};  // none after the comma
  ASSERT_EQ(lines[0].x.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(lines[0].x[i], expected[i], 1e-9) << i;
  EXPECT_NEAR(lines[0].right, 5.75, 1e-9);
}

TEST(LineBreaker, ARunLongerThanALineIsSplitInsteadOfLost) {
  const std::u32string text = U"见https://example.invalid/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa。";
  const auto lines = broken(text, {6});
  std::string all;
  for (const auto& line : lines) {
    EXPECT_LE(count_code_points(line), 13u);
    all += line;
  }
  EXPECT_EQ(all, to_utf8(text));
  EXPECT_EQ(broken(U"一二三", {0.5}), (std::vector<std::string>{"一", "二", "三"}));
  EXPECT_TRUE(broken(U"", {28}).empty());
}

TEST(LineBreaker, AHintActsOnceAndNotInsideANumber) {
  std::vector<bool> used;
  EXPECT_EQ(apply_layout_hints(U"16月，6月，6月", {U"6 月"}, used), U"16月，6 月，6月");
  EXPECT_EQ(apply_layout_hints(U"6月", {U"6 月"}, used), U"6月");
  std::vector<bool> fresh;
  EXPECT_EQ(apply_layout_hints(U"没有", {U"6 月", U" "}, fresh), U"没有");
}

// Text of marks, Chinese characters, digits, dashes and spaces, in proportions near to real ones.
rc::Gen<std::u32string> any_text() {
  const std::u32string pieces = U"政务服务中心大厅办件咨询受理颁发流转事项清单综窗改革攻坚行动2024年67.5%abc，，。、；：？！“”‘’（）《》—… ·";
  return rc::gen::container<std::u32string>(rc::gen::elementOf(pieces));
}

void holds(const std::u32string& text, const LineRules& rules) {
  const auto advance = nominal(text);
  const auto lines = break_lines(text, advance, rules);
  std::size_t at = 0;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    const auto& line = lines[n];
    RC_ASSERT(line.begin == at);
    RC_ASSERT(line.end > line.begin);
    RC_ASSERT(line.x.size() == line.end - line.begin);
    at = line.end;
    RC_ASSERT(line.right <= rules.width_em + 1e-6);
    RC_ASSERT(line.shrink <= rules.squeeze_cap_em + 1e-6);
    int marks = 0;
    for (std::size_t i = line.begin; i < line.end; ++i) {
      const auto k = char_class(text[i]);
      marks += k == CharClass::open || k == CharClass::close;
      // No ink runs into the next character's: marks give no more than their blank half, gaps hardly anything.
      if (i == line.begin) continue;
      const auto n_x = i - line.begin;
      const double ends = line.x[n_x - 1] + advance[i - 1] - (char_class(text[i - 1]) == CharClass::close ? 0.5 : 0);
      const double begins = line.x[n_x] + (k == CharClass::open ? 0.5 : 0);
      RC_ASSERT(begins > ends - 0.06);
    }
    RC_ASSERT(line.shrink <= 0.5 * marks + 1e-6);
    if (n == 0) continue;
    // The widest unit that can come of this alphabet fits unless marks pile up; only then a unit is split.
    const auto unit_begin = text[line.begin];
    const auto before = char_class(text[line.begin - 1]);
    const auto first = char_class(unit_begin);
    RC_ASSERT(first != CharClass::close);
    RC_ASSERT(first != CharClass::space);
    RC_ASSERT(before != CharClass::open);
    RC_ASSERT(!(before == CharClass::word && first == CharClass::word));
  }
  RC_ASSERT(at == text.size());
}

// A run of marks or letters that is wider than a line has to be split; the properties speak of the others.
bool splittable(const std::u32string& text) {
  std::size_t longest = 0, run = 0;
  for (char32_t c : text) {
    run = char_class(c) == CharClass::ideograph ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest < 20;
}

TEST(LineBreaker, PropertiesOfAnyText) {
  ASSERT_EQ(kSeeded, 0);
  const bool ok = rc::check("lines of any text", [] {
    const auto text = *rc::gen::resize(300, any_text());
    RC_PRE(splittable(text));
    holds(text, word_rules());
    holds(text, grid_rules());
  });
  EXPECT_TRUE(ok);
}

TEST(LineBreaker, PropertiesOfEveryRotationOfTheExample) {
  std::u32string all;
  for (const auto& paragraph : test::example().body) all += to_utf32(paragraph.text());
  const bool ok = rc::check("lines of parts of the example", [&all] {
    const auto from = *rc::gen::inRange<std::size_t>(0, all.size());
    const auto length = *rc::gen::inRange<std::size_t>(0, 400);
    const auto text = all.substr(from, length);
    holds(text, word_rules());
    holds(text, grid_rules());
  });
  EXPECT_TRUE(ok);
}

}  // namespace
}  // namespace yi::publish
