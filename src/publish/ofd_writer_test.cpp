#include "publish/ofd_writer.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "publish/notice_test_paper.h"
#include "publish/ofd_reading.h"
#include "publish/test_document.h"
#include "publish/text_writer.h"

namespace yi::publish {
namespace {
using test::OfdFile;

OfdOptions options(LineMode mode = LineMode::grid) {
  OfdOptions o;
  o.line_mode = mode;
  o.fonts = test::fonts();
  o.created = at(CivilDay::of(2024, 7, 4), 9, 0);
  return o;
}
template <class Paper>
std::string written(const Paper& paper, LineMode mode = LineMode::grid) {
  auto ofd = to_ofd(paper, options(mode));
  if (!ofd) throw std::runtime_error(ofd.error().sentence + ofd.error().next_step);
  return *std::move(ofd);
}

// Without page numbers, which are the last text of each page.
std::u32string said(OfdFile& ofd) {
  std::u32string out;
  for (std::size_t p = 0; p < ofd.pages(); ++p) {
    auto words = test::words(ofd.text(p));
    const auto number = test::words("—" + std::to_string(p + 1) + "—");
    EXPECT_TRUE(words.ends_with(number)) << "page " << p + 1;
    words.resize(words.size() - std::min(words.size(), number.size()));
    out += words;
  }
  return out;
}

TEST(Ofd, BulletinIsAWholePackage) { OfdFile(written(test::example())).check(); }
TEST(Ofd, NoticeIsAWholePackage) { OfdFile(written(test::paper())).check(); }

TEST(Ofd, BulletinSaysWhatTheTextEditionSays) {
  const auto d = test::example();
  for (const auto mode : {LineMode::grid, LineMode::word}) {
    OfdFile ofd(written(d, mode));
    EXPECT_EQ(ofd.pages(), 4u);
    EXPECT_EQ(to_utf8(said(ofd)), to_utf8(test::words(d.masthead.name + d.masthead.number + to_text(d))));
  }
}

// The same layout as the PDF's: so many pages, and each line's first character where the layout has it.
TEST(Ofd, PagesAreTheLayouts) {
  const auto d = test::example();
  auto* book = FontBook::get(test::fonts()).value();
  const auto layout = [&] {
    const auto lock = book->lock();
    return lay_out(d, options(), *book, lock).value();
  }();
  OfdFile ofd(written(d));
  ASSERT_EQ(ofd.pages(), layout.pages.size());
  for (std::size_t p = 0; p < layout.pages.size(); ++p) {
    const auto& xml = ofd.parts()["Doc_0/Pages/Page_" + std::to_string(p) + "/Content.xml"];
    for (const auto& line : layout.pages[p].texts) {
      char place[40];
      std::snprintf(place, sizeof place, "Boundary=\"%g ", std::round(line.x_mm[0] * 1000) / 1000);
      EXPECT_NE(xml.find(place), std::string::npos) << place << to_utf8(line.text);
    }
  }
}

TEST(Ofd, FontsSayWhatWouldStandInForThem) {
  OfdFile ofd(written(test::example()));
  const auto& fonts = ofd.parts()["Doc_0/PublicRes.xml"];
  EXPECT_NE(fonts.find("FontName=\"Noto Serif CJK SC\" FamilyName=\"Noto Serif CJK SC\" Bold=\"true\""), std::string::npos) << fonts;
  EXPECT_NE(fonts.find("FontName=\"FandolFang\" FamilyName=\"FandolFang\">"), std::string::npos) << fonts;
}

TEST(Ofd, RareCharactersOfNamesHaveTheirFont) {
  auto d = test::example();
  d.body.push_back(test::body("（三）堃喆赟犇四位同志参加。"));
  OfdFile ofd(written(d));
  ofd.check();
  EXPECT_NE(said(ofd).find(U"堃喆赟犇四位"), std::u32string::npos);
}

TEST(Ofd, NothingOfAPaperBecomesMarkup) {
  auto d = test::example();
  d.title = "甲<乙>&\"丙\"\x01";
  d.body.push_back(test::body("甲<乙>&丙"));
  OfdFile ofd(written(d));
  ofd.check();
  EXPECT_NE(said(ofd).find(U"甲<乙>&丙"), std::u32string::npos);
  EXPECT_NE(ofd.parts()["OFD.xml"].find("<ofd:Title>甲&lt;乙&gt;&amp;&quot;丙&quot;</ofd:Title>"), std::string::npos);
}

TEST(Ofd, SamePaperSameBytes) {
  EXPECT_EQ(written(test::example()), written(test::example()));
  auto other = test::example();
  other.body.push_back(test::body("又一句。"));
  OfdFile a(written(test::example())), b(written(other));
  EXPECT_NE(a.parts()["OFD.xml"], b.parts()["OFD.xml"]);  // another document has another number
}

TEST(Ofd, IsNoLargerThanItNeedsToBe) { EXPECT_LT(written(test::example()).size(), 600'000u); }

// A reader of XML that is not the one of the checker.
TEST(Ofd, XmllintTakesEveryPart) {
  const auto folder = testing::TempDir() + "yi-ofd-" + std::to_string(getpid());
  std::filesystem::create_directories(folder);
  OfdFile ofd(written(test::example()));
  for (const auto& [name, bytes] : ofd.parts()) {
    if (!name.ends_with(".xml")) continue;
    std::ofstream(folder + "/part.xml", std::ios::binary) << bytes;
    EXPECT_EQ(std::system(("xmllint --noout --nonet " + folder + "/part.xml").c_str()), 0) << name << " (apt-get install libxml2-utils)";
  }
  std::filesystem::remove_all(folder);
}

// What the checker is for, it finds.
TEST(OfdReader, FindsWhatIsBroken) {
  const auto broken = [](const char* part, const std::string& from, const std::string& to) {
    OfdFile ofd(written(test::example()));
    auto& bytes = ofd.parts()[part];
    const auto at = bytes.find(from);
    if (at == bytes.npos) return false;
    bytes.replace(at, from.size(), to);
    testing::TestPartResultArray found;
    {
      testing::ScopedFakeTestPartResultReporter catching(testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &found);
      ofd.check();
    }
    return found.size() > 0;
  };
  constexpr const char* kPage = "Doc_0/Pages/Page_0/Content.xml";
  EXPECT_TRUE(broken(kPage, "DeltaX=\"", "DeltaX=\"1 "));
  EXPECT_TRUE(broken(kPage, "Font=\"1\"", "Font=\"99\""));
  EXPECT_TRUE(broken(kPage, "<ofd:TextObject ID=\"", "<ofd:TextObject ID=\"1\" Was=\""));
  EXPECT_TRUE(broken(kPage, ">政务服务", ">政务犇务"));
  EXPECT_TRUE(broken("Doc_0/Document.xml", "<ofd:MaxUnitID>", "<ofd:MaxUnitID>1</ofd:MaxUnitID><ofd:MaxUnitID>"));
  EXPECT_TRUE(broken("Doc_0/Document.xml", "Page_1/", "Page_9/"));
  EXPECT_FALSE(broken(kPage, "ID=\"", "ID=\""));  // untouched, it is whole
}

}  // namespace
}  // namespace yi::publish
