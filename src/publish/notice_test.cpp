// Notices as PDF, read back with poppler's tools; QR codes.
#include <gtest/gtest.h>

#include <cmath>

#include "publish/notice_layout.h"
#include "publish/notice_test_paper.h"
#include "publish/notice_reading.h"
#include "publish/pdf_writer.h"
#include "publish/qr.h"
#include "publish/test_document.h"

namespace yi::publish {
namespace {
using test::PdfFile;

PdfOptions options() {
  PdfOptions o;
  o.fonts = test::fonts();
  o.created = at(CivilDay::of(2024, 7, 4), 9, 0);
  return o;
}
std::string written(const Notice& n) {
  auto pdf = to_pdf(n, options());
  if (!pdf) throw std::runtime_error(pdf.error().sentence + pdf.error().next_step);
  return *std::move(pdf);
}
PageLayout laid_out(const Notice& n) {
  auto layout = lay_out(n, options());
  if (!layout) throw std::runtime_error(layout.error().sentence);
  return *std::move(layout);
}
PlacedText placed(const PageLayout& layout, Part part) {
  for (const auto& page : layout.pages)
    for (const auto& t : page.texts)
      if (t.part == part) return t;
  throw std::runtime_error("nothing of that part");
}

TEST(Notice, ExtractedTextIsTheTextEdition) {
  const auto n = test::paper();
  EXPECT_EQ(test::notice_words(PdfFile(written(n))), to_utf8(test::words(to_text(n))));
}

TEST(Notice, PdfIsSoundAndItsBytesRepeat) {
  const auto bytes = written(test::paper());
  EXPECT_EQ(bytes, written(test::paper()));
  const PdfFile pdf(bytes);
  EXPECT_NE(pdf.run("qpdf --check {}").find("No syntax or stream encoding errors"), std::string::npos);
  const auto info = pdf.run("pdfinfo {}");
  EXPECT_NE(info.find("某某省市场监督管理局受理通知书"), std::string::npos);
  EXPECT_NE(info.find("ledger-head:66c7f0"), std::string::npos);
}

// 成文日期 with a seal: right minus four characters, the organ's name centred above it.
TEST(Notice, DateStandsFourCharactersFromTheRight) {
  auto n = test::paper();
  const auto layout = laid_out(n);
  const auto date = placed(layout, Part::date);
  const auto organ = placed(layout, Part::signature);
  EXPECT_NEAR(date.right_mm, kAreaRight - 4 * layout.em_mm, 0.01);
  EXPECT_NEAR(date.x_mm[0] + date.right_mm, organ.x_mm[0] + organ.right_mm, 0.01);
  n.signature.seal.clear();
  const auto unsealed = laid_out(n);
  EXPECT_NEAR(placed(unsealed, Part::date).right_mm, kAreaRight - 2 * unsealed.em_mm, 0.01);
  n.signature.organ = "某某省政府政务服务和公共资源交易服务中心某某市某某区分中心";
  EXPECT_LE(placed(laid_out(n), Part::signature).right_mm, kAreaRight + 0.01);
}

TEST(Notice, TitleIs2haoAndCentred) {
  const auto title = placed(laid_out(test::paper()), Part::title);
  EXPECT_EQ(title.size_pt, 22);
  EXPECT_NEAR((title.x_mm[0] + title.right_mm) / 2, kAreaLeft + kAreaWidth / 2, 0.5);
}

// 3号 where it fits one page; smaller only where that saves a page, and not below 4号.
TEST(Notice, TypeShrinksOnlyToSaveAPage) {
  auto n = test::paper();
  n.appendix.clear();
  n.appendix_title.clear();
  n.after.clear();
  n.body.resize(2);
  EXPECT_EQ(placed(laid_out(n), Part::recipient).size_pt, 15.75);
  const auto body = n.body[1];
  for (int i = 0; i < 4; ++i) n.body.push_back(body);
  auto layout = laid_out(n);
  EXPECT_EQ(layout.pages.size(), 1u);
  EXPECT_LT(placed(layout, Part::recipient).size_pt, 15.75);
  for (int i = 0; i < 80; ++i) n.body.push_back(body);
  EXPECT_GE(placed(laid_out(n), Part::recipient).size_pt, 14);
}

TEST(Notice, EverythingStaysInTheTypeArea) {
  const auto layout = laid_out(test::paper());
  ASSERT_GE(layout.pages.size(), 3u);  // the list of 60 days turns
  for (const auto& page : layout.pages) {
    for (const auto& t : page.texts) {
      if (t.part == Part::page_number) continue;
      EXPECT_GE(t.x_mm[0], kAreaLeft - 0.01);
      EXPECT_LE(t.right_mm, kAreaRight + 0.01) << to_utf8(t.text);
      EXPECT_GE(t.baseline_mm, kAreaTop);
      EXPECT_LE(t.baseline_mm, kAreaBottom);
    }
    for (const auto& r : page.rules) {
      EXPECT_GE(r.left_mm, kAreaLeft - 0.2);
      EXPECT_LE(r.left_mm + r.width_mm, kAreaRight + 0.2);
      EXPECT_LE(r.middle_mm + r.thickness_mm / 2, kAreaBottom + 0.2);
    }
  }
}

TEST(Notice, SignatureKeepsWordsBesideIt) {
  auto n = test::paper();
  const auto body = n.body[1];
  for (int lines = 1; lines < 60; ++lines) {
    n.body.push_back(body);
    const auto layout = laid_out(n);
    for (const auto& page : layout.pages) {
      const auto has = [&](Part part) { return std::any_of(page.texts.begin(), page.texts.end(), [&](const auto& t) { return t.part == part; }); };
      EXPECT_TRUE(!has(Part::date) || has(Part::contact)) << lines;
    }
  }
}

TEST(Notice, BadTablesAreRefused) {
  auto n = test::paper();
  n.body[2].rows[0].pop_back();
  EXPECT_EQ(lay_out(n, options()).error().code, "publish.bad_table");
  n = test::paper();
  for (int i = 0; i < 400; ++i) n.body[2].rows[0][1] += "很长的一格文字";
  EXPECT_EQ(lay_out(n, options()).error().code, "publish.row_too_tall");
  n = test::paper();
  n.qr.text = std::string(kQrBytes + 1, 'a');
  EXPECT_EQ(lay_out(n, options()).error().code, "publish.qr_too_long");
}

TEST(Qr, HasItsThreeFinders) {
  const auto code = qr_code("https://example.invalid/r/1").value();
  EXPECT_GE(code.size, 21);
  EXPECT_EQ((code.size - 17) % 4, 0);
  // A finder: dark ring of 7, light ring of 5, dark square of 3.
  const auto finder = [&](int left, int top) {
    for (int y = 0; y < 7; ++y)
      for (int x = 0; x < 7; ++x) {
        const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
        EXPECT_EQ(code.at(left + x, top + y), ring != 2) << x << "," << y;
      }
  };
  finder(0, 0);
  finder(code.size - 7, 0);
  finder(0, code.size - 7);
  EXPECT_LE(qr_code(std::string(kQrBytes, 'x')).value().size, 57);
  EXPECT_EQ(qr_code("").error().code, "publish.qr_empty");
}

// What a telephone reads on the paper, where a reader is installed.
TEST(Qr, IsReadFromThePaper) {
  if (std::system("command -v zbarimg >/dev/null 2>&1") != 0) return;
  const auto n = test::paper();
  const PdfFile pdf(written(n));
  EXPECT_NE(pdf.run("pdftoppm -r 150 -f 1 -l 1 -png {} | zbarimg -q --raw -").find(n.qr.text), std::string::npos);
}

}  // namespace
}  // namespace yi::publish
