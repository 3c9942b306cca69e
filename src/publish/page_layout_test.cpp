#include "publish/page_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "publish/test_document.h"

namespace yi::publish {
namespace {

LayoutOptions options(LineMode mode) {
  LayoutOptions o;
  o.line_mode = mode;
  if (mode == LineMode::word) o.layout_hints = {"6 月", "13 个"};
  o.fonts = test::fonts();
  return o;
}

PageLayout laid_out(const Document& d, LineMode mode) {
  auto r = lay_out(d, options(mode));
  if (!r) throw std::runtime_error(r.error().sentence + r.error().next_step);
  return *std::move(r);
}

bool is_flow(const PlacedText& t) { return t.part == Part::heading || t.part == Part::body; }

// What holds for every paper: all inside the type area, lines on the grid, no heading alone, body on page 1.
void check_rules(const PageLayout& layout) {
  for (std::size_t p = 0; p < layout.pages.size(); ++p) {
    const auto& page = layout.pages[p];
    int lines = 0;
    const PlacedText* last_flow = nullptr;
    double lowest_flow = 0, highest_imprint = kAreaBottom;
    for (const auto& t : page.texts) {
      const double em = t.size_pt * kMmPerPoint;
      EXPECT_LE(t.right_mm, kAreaRight + 0.01);
      EXPECT_GE(t.x_mm.front(), kAreaLeft - em / 2);  // an opening mark's blank may hang out
      if (t.part == Part::page_number) continue;
      EXPECT_GE(t.baseline_mm - 0.88 * em, kAreaTop);
      EXPECT_LE(t.baseline_mm + 0.12 * em, kAreaBottom);
      if (is_flow(t)) {
        ++lines;
        last_flow = &t;
        lowest_flow = t.baseline_mm + 0.12 * em;
      }
      if (t.part == Part::imprint || t.part == Part::copies)
        highest_imprint = std::min(highest_imprint, t.baseline_mm - 0.88 * em);
    }
    EXPECT_LE(lines, layout.rows);
    EXPECT_LT(lowest_flow, highest_imprint);
    if (last_flow && p + 1 < layout.pages.size() && is_flow(layout.pages[p + 1].texts.front())) {
      EXPECT_NE(last_flow->part, Part::heading) << "a heading alone at the foot of page " << p + 1;
    }
    if (p == 0) {
      EXPECT_GE(lines, 1);
    }
  }
}

TEST(PageLayout, GridHolds28By22) {
  const auto layout = laid_out(test::example(), LineMode::grid);
  EXPECT_NEAR(layout.em_mm * 28, 156, 1e-9);
  EXPECT_NEAR(layout.pitch_mm * 22, 225, 1e-9);
  EXPECT_EQ(layout.rows, 22);
  check_rules(layout);
  EXPECT_EQ(layout.pages.size(), 4u);
}

TEST(PageLayout, WordHolds23LinesAndTheOfficialLineEnds) {
  const auto layout = laid_out(test::example(), LineMode::word);
  EXPECT_EQ(layout.rows, 23);
  check_rules(layout);
  std::vector<std::u32string> ours, official;
  for (const auto& page : layout.pages)
    for (const auto& t : page.texts)
      if (is_flow(t)) ours.push_back(test::words(to_utf8(t.text)));
  for (const auto& line : split(test::read_file(test::testdata("bulletin-2024-06-17.lines.txt")), '\n'))
    if (!official.empty() || line == "一、政务工作动态") official.push_back(test::words(line));
  official.resize(78);
  EXPECT_EQ(official.back().substr(0, 3), U"六东、");
  EXPECT_EQ(ours, official);  // with the advances of the real font
}

TEST(PageLayout, FullLinesReachBothEdges) {
  for (auto mode : {LineMode::grid, LineMode::word}) {
    const auto layout = laid_out(test::example(), mode);
    int full = 0;
    for (const auto& page : layout.pages)
      for (const auto& t : page.texts)
        if (t.part == Part::body && std::abs(t.right_mm - kAreaRight) < 0.01 && std::abs(t.x_mm[0] - kAreaLeft) < 0.01)
          ++full;
    EXPECT_GT(full, 30);
  }
}

TEST(PageLayout, ImprintStandsOnTheBottomEdge) {
  const auto layout = laid_out(test::example(), LineMode::grid);
  std::vector<PlacedRule> black;
  for (const auto& r : layout.pages.back().rules)
    if (r.ink == Ink::black) black.push_back(r);
  ASSERT_EQ(black.size(), 3u);
  EXPECT_DOUBLE_EQ(black.back().middle_mm, kAreaBottom);
  EXPECT_DOUBLE_EQ(black[0].thickness_mm, 0.35);
  EXPECT_DOUBLE_EQ(black[1].thickness_mm, 0.25);
  EXPECT_DOUBLE_EQ(black[2].thickness_mm, 0.35);
  // Turned lines align after the colon of their label, one character and "发：" in from the left.
  const double em = 14 * kMmPerPoint;
  std::vector<PlacedText> imprint;
  for (const auto& t : layout.pages.back().texts)
    if (t.part == Part::imprint) imprint.push_back(t);
  ASSERT_EQ(imprint.size(), 5u);  // 报： + 1 line, 发： + 2 lines
  EXPECT_NEAR(imprint[0].x_mm[0], kAreaLeft + em, 1e-9);
  EXPECT_NEAR(imprint[3].x_mm[0], kAreaLeft + 3 * em, 0.5 * em);
  EXPECT_NEAR(imprint[4].x_mm[0], kAreaLeft + 3 * em, 1e-9);
  for (const auto& t : layout.pages.back().texts)
    if (t.part == Part::copies) {
      EXPECT_NEAR(t.right_mm, kAreaRight - em, 1e-9);
    }
}

TEST(PageLayout, AnImprintThatDoesNotFitTakesAFurtherPage) {
  Document d = test::example();
  const auto base = laid_out(d, LineMode::grid).pages.size();
  for (int i = 0; i < 12 && laid_out(d, LineMode::grid).pages.size() == base; ++i) d.body.push_back(test::body("又一句。"));
  const auto layout = laid_out(d, LineMode::grid);
  ASSERT_EQ(layout.pages.size(), base + 1);
  for (const auto& t : layout.pages.back().texts) EXPECT_FALSE(is_flow(t));
  EXPECT_DOUBLE_EQ(layout.pages.back().rules.back().middle_mm, kAreaBottom);
  check_rules(layout);
}

TEST(PageLayout, PageNumbersStandOutside) {
  const auto layout = laid_out(test::example(), LineMode::grid);
  const double em = 14 * kMmPerPoint;
  for (std::size_t p = 0; p < layout.pages.size(); ++p) {
    const auto& number = layout.pages[p].texts.back();
    ASSERT_EQ(number.part, Part::page_number);
    EXPECT_EQ(to_utf8(number.text), "— " + std::to_string(p + 1) + " —");
    if (p % 2 == 0) {
      EXPECT_NEAR(number.right_mm, kAreaRight - em, 1e-9);
    } else {
      EXPECT_NEAR(number.x_mm[0], kAreaLeft + em, 1e-9);
    }
  }
}

TEST(PageLayout, RulesHoldForPapersOfEveryLength) {
  std::mt19937 random(20240617);
  const std::string sentence = "省中心会同省直相关部门梳理形成省级涉企服务事项清单136项，";
  for (int round = 0; round < 60; ++round) {
    Document d = test::example();
    d.body.clear();
    const int paragraphs = static_cast<int>(random() % 40) + 1;
    for (int i = 0; i < paragraphs; ++i) {
      std::string text;
      for (auto n = random() % 8 + 1; n > 0; --n) text += sentence;
      d.body.push_back(random() % 3 == 0 ? test::heading("一、政务工作动态") : test::body(text));
    }
    d.body.push_back(test::body("最后一句。"));
    for (auto mode : {LineMode::grid, LineMode::word}) {
      check_rules(laid_out(d, mode));
      ASSERT_FALSE(HasFailure()) << "round " << round;
    }
  }
}

TEST(PageLayout, LongHeadsTurnAndTooLongOnesAreRefused) {
  Document d = test::example();
  d.masthead.name = "某某自治州人民政府政务服务和公共资源交易服务中心工作周报";
  d.issuer += d.issuer;
  check_rules(laid_out(d, LineMode::grid));
  for (int i = 0; i < 5; ++i) d.issuer += d.issuer;
  const auto refused = lay_out(d, options(LineMode::grid));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "publish.masthead_too_tall");
}

TEST(PageLayout, CharactersThatNoFontHasAreListed) {
  Document d = test::example();
  d.body.push_back(test::body("笑\U0001F600，看\U0001F601。"));
  const auto refused = lay_out(d, options(LineMode::grid));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "publish.glyph_missing");
  EXPECT_NE(refused.error().sentence.find("U+1F600"), std::string::npos);
  EXPECT_NE(refused.error().sentence.find("U+1F601"), std::string::npos);
}

TEST(PageLayout, AnEmptyPaperIsStillAPage) {
  const auto layout = laid_out(Document{}, LineMode::grid);
  EXPECT_EQ(layout.pages.size(), 1u);
}

}  // namespace
}  // namespace yi::publish
