// Finished PDFs, read back with poppler's tools.
#include "publish/pdf_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "base/clock.h"
#include "publish/pdf_reading.h"
#include "publish/test_document.h"
#include "publish/text_writer.h"

namespace yi::publish {
namespace {
using test::PdfFile;
using test::Picture;

PdfOptions options(LineMode mode) {
  PdfOptions o;
  o.line_mode = mode;
  o.layout_hints = {"6 月", "13 个"};
  o.fonts = test::fonts();
  o.created = at(CivilDay::of(2024, 7, 4), 9, 0);
  return o;
}

std::string written(const Document& d, LineMode mode) {
  auto pdf = to_pdf(d, options(mode));
  if (!pdf) throw std::runtime_error(pdf.error().sentence + pdf.error().next_step);
  return *std::move(pdf);
}

int page_count(const PdfFile& pdf) {
  const auto info = pdf.run("pdfinfo {}");
  return std::stoi(info.substr(info.find("Pages:") + 6));
}

// Without white space, the masthead's name and number, and the page numbers.
std::u32string extracted(const PdfFile& pdf, const Document& d) {
  std::u32string out;
  int page = 0;
  for (const auto& text : split(pdf.run("pdftotext {} -"), '\f')) {
    auto words = test::words(text);
    if (words.empty()) continue;
    const auto number = test::words("—" + std::to_string(++page) + "—");
    const auto at = words.rfind(number);
    EXPECT_NE(at, words.npos) << "page " << page << " has no number";
    if (at != words.npos) words.erase(at, number.size());
    out += words;
  }
  const auto head = test::words(d.masthead.name + d.masthead.number);
  EXPECT_EQ(out.substr(0, head.size()), head);
  return out.substr(std::min(out.size(), head.size()));
}

class EitherMode : public testing::TestWithParam<LineMode> {
 protected:
  Document document_ = test::example();
  PdfFile pdf_{written(document_, GetParam())};
  int rows_ = GetParam() == LineMode::grid ? 22 : 23;
};
INSTANTIATE_TEST_SUITE_P(Pdf, EitherMode, testing::Values(LineMode::grid, LineMode::word),
                         [](const auto& p) { return p.param == LineMode::grid ? "grid" : "word"; });

TEST_P(EitherMode, ExtractedTextIsTheTextEdition) {
  EXPECT_EQ(to_utf8(extracted(pdf_, document_)), to_utf8(test::words(to_text(document_))));
}

TEST_P(EitherMode, FontsAreEmbeddedAsSubsets) {
  const auto lines = split(pdf_.run("pdffonts {}"), '\n');
  int fonts = 0;
  std::string names;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    ++fonts;
    names += lines[i];
    EXPECT_NE(lines[i].find(" yes yes yes "), std::string::npos) << lines[i];
    EXPECT_EQ(lines[i][6], '+') << lines[i];
  }
  EXPECT_EQ(fonts, 4);
  for (const char* name : {"NotoSerifCJKsc-Bold", "FandolFang", "FandolHei", "FandolSong"})
    EXPECT_NE(names.find(name), std::string::npos) << name;
}

TEST_P(EitherMode, TypeAreaIs156By225) {
  const int pages = page_count(pdf_);
  ASSERT_EQ(pages, 4);
  double left = 1e9, right = 0;
  for (int p = 1; p <= pages; ++p) {
    const Picture picture(pdf_, p);
    const auto ink = picture.ink(0, kAreaBottom + 1);
    EXPECT_GE(ink.left, kAreaLeft - 0.2) << "page " << p;
    EXPECT_LE(ink.right, kAreaRight + 0.2) << "page " << p;
    EXPECT_GE(ink.top, kAreaTop) << "page " << p;
    EXPECT_LE(ink.bottom, kAreaBottom + 0.4) << "page " << p;
    for (const auto& w : test::words_of(pdf_, p)) {
      if (w.top > kAreaBottom) continue;
      left = std::min(left, w.left);
      right = std::max(right, w.right);
    }
  }
  EXPECT_NEAR(right - left, 156, 0.5);
  EXPECT_NEAR(left, 28, 0.5);
  EXPECT_NEAR(right, 184, 0.5);
  // A full page: its rows fill 225 mm from 37 mm down.
  auto lines = test::lines_of(test::words_of(pdf_, 2));
  lines.pop_back();  // the page number
  ASSERT_EQ(lines.size(), static_cast<std::size_t>(rows_));
  const auto middle = [](const std::vector<test::Word>& line) { return (line[0].top + line[0].bottom) / 2; };
  const double pitch = (middle(lines.back()) - middle(lines.front())) / (rows_ - 1);
  EXPECT_NEAR(pitch * rows_, 225, 0.5);
  EXPECT_NEAR(middle(lines.front()) - pitch / 2, 37, 0.5);
  EXPECT_NEAR(middle(lines.back()) + pitch / 2, 262, 0.5);
}

TEST_P(EitherMode, NoPageAndNoLineIsOverfull) {
  const double em = GetParam() == LineMode::grid ? 156.0 / 28 : 16 * kMmPerPoint;
  for (int p = 1; p <= page_count(pdf_); ++p) {
    int lines = 0;
    for (const auto& line : test::lines_of(test::words_of(pdf_, p))) {
      if (line[0].top > kAreaBottom) continue;
      ++lines;
      double left = 1e9, right = 0;
      for (const auto& w : line) {
        left = std::min(left, w.left);
        right = std::max(right, w.right);
      }
      EXPECT_LE((right - left) / em, 28.05) << line[0].text;
    }
    EXPECT_LE(lines, rows_);
    EXPECT_GE(lines, 3);
  }
}

TEST_P(EitherMode, RedRuleIsAsWideAsTheTypeArea) {
  const auto rules = Picture(pdf_, 1).rules(Picture::Colour::red);
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_NEAR(rules[0].right - rules[0].left, 156, 0.3);
  EXPECT_NEAR(rules[0].left, 28, 0.2);
  EXPECT_LT(rules[0].bottom, 99);  // the head takes a third of the page
  // Issuer left and date right stand directly above it.
  double left = 1e9, right = 0;
  for (const auto& w : test::words_of(pdf_, 1)) {
    if (w.bottom > rules[0].top || w.top < rules[0].top - 10) continue;
    left = std::min(left, w.left);
    right = std::max(right, w.right);
  }
  EXPECT_NEAR(left, 28, 0.1);
  EXPECT_NEAR(right, 184, 0.1);
  for (int p = 2; p <= page_count(pdf_); ++p)
    EXPECT_TRUE(Picture(pdf_, p).ink(0, 297, Picture::Colour::red).empty()) << "only the head is red";
}

TEST_P(EitherMode, ImprintStandsOnTheBottomEdgeOfTheLastPage) {
  const int pages = page_count(pdf_);
  const auto rules = Picture(pdf_, pages).rules(Picture::Colour::black);
  ASSERT_EQ(rules.size(), 3u);
  for (const auto& r : rules) EXPECT_NEAR(r.right - r.left, 156, 0.3);
  EXPECT_NEAR((rules[2].top + rules[2].bottom) / 2, kAreaBottom, 0.3);
  for (int p = 1; p < pages; ++p) EXPECT_TRUE(Picture(pdf_, p).rules(Picture::Colour::black).empty());
  // The last words above the edge are the copies, the number of the page below.
  std::vector<test::Word> inside;
  for (const auto& w : test::words_of(pdf_, pages))
    if (w.top > rules[1].top && w.bottom < rules[2].bottom) inside.push_back(w);
  std::string copies;
  for (const auto& w : inside) copies += w.text;
  EXPECT_EQ(copies, "（共印100份）");
  EXPECT_NEAR(inside.back().right, kAreaRight - 14 * kMmPerPoint, 0.5);
}

TEST_P(EitherMode, PageNumbersStandOutsideBelowTheTypeArea) {
  const double em = 14 * kMmPerPoint;
  for (int p = 1; p <= page_count(pdf_); ++p) {
    const auto ink = Picture(pdf_, p).ink(kAreaBottom + 2, 297);
    ASSERT_FALSE(ink.empty());
    EXPECT_NEAR((ink.top + ink.bottom) / 2, kAreaBottom + 7, 0.8) << "7 mm below the type area";
    if (p % 2 == 1) {
      EXPECT_NEAR(ink.right, kAreaRight - em, 0.6);
      EXPECT_GT(ink.left, 150);
    } else {
      EXPECT_NEAR(ink.left, kAreaLeft + em, 0.6);
      EXPECT_LT(ink.right, 60);
    }
  }
}

TEST_P(EitherMode, MetadataOutlineAndStructure) {
  const auto info = pdf_.run("TZ=Asia/Shanghai pdfinfo -isodates {}");
  EXPECT_NE(info.find("Title:           政务服务工作周报第25期"), std::string::npos);
  EXPECT_NE(info.find("ledger-head:" + document_.ledger_head), std::string::npos);
  EXPECT_NE(info.find("CreationDate:    2024-07-04T09:00:00"), std::string::npos) << info;
  EXPECT_NE(info.find("A4"), std::string::npos);
  const auto outline = pdf_.run("pdftohtml -xml -i -stdout {}");
  int found = 0;
  for (const auto& p : document_.body)
    if (p.kind == Paragraph::Kind::heading) found += outline.find(">" + p.text() + "</item>") != outline.npos;
  EXPECT_EQ(found, 6);
  EXPECT_NE(pdf_.run("qpdf --check {}").find("No syntax or stream encoding errors"), std::string::npos);
}

TEST(Pdf, RareCharactersComeFromTheFallbackAndAreExtracted) {
  Document d = test::example();
  d.body.push_back(test::body("因公外出：民政厅王堃、李喆，水利厅赵赟、钱犇。"));
  const PdfFile pdf(written(d, LineMode::grid));
  EXPECT_EQ(to_utf8(extracted(pdf, d)), to_utf8(test::words(to_text(d))));
  EXPECT_NE(pdf.run("pdffonts {}").find("NotoSerifCJKsc-Regular"), std::string::npos);
}

TEST(Pdf, OtherSignsSurviveToo) {
  Document d = test::example();
  d.body = {test::body("阿依努尔·买买提——“一网通办”……Open Data 平台 v2.0（https://example.invalid/a?b=1&c=2）达67%、±3℃。")};
  d.imprint = {};
  const PdfFile pdf(written(d, LineMode::grid));
  EXPECT_EQ(to_utf8(extracted(pdf, d)), to_utf8(test::words(to_text(d))));
  EXPECT_EQ(page_count(pdf), 1);
}

TEST(Pdf, TheSameDocumentGivesTheSameBytesInEveryThread) {
  const auto d = test::example();
  const auto first = written(d, LineMode::grid);
  std::vector<std::string> others(4);
  std::vector<std::thread> threads;
  for (auto& out : others) threads.emplace_back([&out, &d] { out = written(d, LineMode::grid); });
  for (auto& t : threads) t.join();
  for (const auto& other : others) EXPECT_TRUE(other == first);
}

TEST(Pdf, AMissingCharacterIsRefused) {
  Document d = test::example();
  d.body.push_back(test::body("\U0001F600"));
  const auto refused = to_pdf(d, options(LineMode::grid));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "publish.glyph_missing");
}

TEST(Pdf, TextAndPdfTakeUnderHalfASecondWhenWarm) {
  const auto d = test::example();
  written(d, LineMode::grid);
  std::vector<double> ms;
  for (int i = 0; i < 5; ++i) {
    const auto begin = monotonic_ns();
    const auto text = to_text(d);
    const auto pdf = written(d, LineMode::grid);
    ms.push_back(static_cast<double>(monotonic_ns() - begin) / 1e6);
    EXPECT_GT(pdf.size(), text.size());
  }
  std::sort(ms.begin(), ms.end());
  RecordProperty("median_ms", std::to_string(ms[2]));
  std::printf("text + PDF, warm: median of 5 = %.1f ms\n", ms[2]);
  EXPECT_LT(ms[2], 500);
}

}  // namespace
}  // namespace yi::publish
