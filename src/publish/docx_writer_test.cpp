#include "publish/docx_writer.h"

#include <gtest/gtest.h>

#include "publish/docx_reading.h"
#include "publish/notice_test_paper.h"
#include "publish/test_document.h"
#include "publish/text_writer.h"

namespace yi::publish {
namespace {
using test::DocxFile;

const DocxOptions kOptions{at(CivilDay::of(2024, 7, 4), 9, 0)};

template <class Paper>
std::string written(const Paper& paper) {
  auto docx = to_docx(paper, kOptions);
  if (!docx) throw std::runtime_error(docx.error().sentence);
  return *std::move(docx);
}

TEST(Docx, BulletinIsAWholePackage) { DocxFile(written(test::example())).check(); }
TEST(Docx, NoticeIsAWholePackage) { DocxFile(written(test::paper())).check(); }

TEST(Docx, BulletinSaysWhatTheTextEditionSays) {
  const auto d = test::example();
  const auto head = d.masthead.name + d.masthead.number;
  EXPECT_EQ(to_utf8(test::words(DocxFile(written(d)).text())), to_utf8(test::words(head + to_text(d))));
}

TEST(Docx, NoticeSaysWhatTheTextEditionSays) {
  const auto n = test::paper();
  EXPECT_EQ(to_utf8(test::words(DocxFile(written(n)).text())), to_utf8(test::words(to_text(n))));
}

TEST(Docx, OfficialFontsAndPage) {
  const DocxFile docx(written(test::paper()));
  const auto& xml = docx.part("word/document.xml");
  for (const char* font : {"仿宋_GB2312", "黑体", "方正小标宋简体"}) {
    EXPECT_NE(xml.find(std::string("w:eastAsia=\"") + font), std::string::npos) << font;
    EXPECT_NE(docx.part("word/fontTable.xml").find(font), std::string::npos) << font;
  }
  EXPECT_NE(xml.find("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"), std::string::npos);
  EXPECT_NE(xml.find("<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""), std::string::npos);
  EXPECT_NE(docx.part("word/settings.xml").find("<w:evenAndOddHeaders/>"), std::string::npos);
  EXPECT_NE(xml.find("w:sz w:val=\"44\""), std::string::npos);  // 2号
}

TEST(Docx, NothingOfAPaperBecomesMarkup) {
  auto n = test::paper();
  n.recipient = "甲<乙>&\"丙\"\x01\n丁：";
  const DocxFile docx(written(n));
  docx.check();
  const auto paragraphs = docx.paragraphs();
  EXPECT_NE(std::find(paragraphs.begin(), paragraphs.end(), "甲<乙>&\"丙\" 丁："), paragraphs.end());
}

TEST(Docx, SamePaperSameBytes) {
  EXPECT_EQ(written(test::paper()), written(test::paper()));
  EXPECT_EQ(written(test::example()), written(test::example()));
}

TEST(Docx, PictureOnlyWithACode) {
  auto n = test::paper();
  EXPECT_EQ(DocxFile(written(n)).part("word/media/qr.png").substr(1, 3), "PNG");
  n.qr = {};
  const auto bytes = written(n);
  const DocxFile docx(bytes);
  docx.check();
  EXPECT_EQ(std::count(docx.names().begin(), docx.names().end(), "word/media/qr.png"), 0);
}

// A reader of others, where it is installed.
TEST(Docx, PythonDocxOpensIt) {
  if (std::system("/usr/bin/python3 -c 'import docx' >/dev/null 2>&1") != 0) return;
  const auto path = testing::TempDir() + "yi-notice.docx";
  std::ofstream(path, std::ios::binary) << written(test::paper());
  const auto command = "/usr/bin/python3 -c 'import docx,sys; d=docx.Document(sys.argv[1]); assert len(d.tables)==3 and len(d.inline_shapes)==1' " + path;
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace yi::publish
