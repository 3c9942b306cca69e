#include "publish/text_writer.h"

#include <gtest/gtest.h>

#include "publish/test_document.h"

namespace yi::publish {
namespace {

TEST(TextWriter, GivesTheExampleByteForByte) {
  EXPECT_EQ(to_text(test::example()), test::read_file(test::testdata("bulletin-2024-06-17.txt")));
}

TEST(TextWriter, EmptyPartsHaveNoLine) {
  Document d;
  EXPECT_EQ(to_text(d), "");
  d.masthead = {"政务服务工作周报", "第25期"};
  d.issuer = "中心";
  d.body = {test::body("一句。"), Paragraph{}};
  EXPECT_EQ(to_text(d), "中心\n一句。\n");
}

TEST(TextWriter, RunsJoinAndAPartIsAlwaysOneLine) {
  Document d;
  d.body = {{Paragraph::Kind::body, {{"受理", "", ""}, {"700", "/evidence/1", "本周受理"}, {"件。\n下", "", ""}}}};
  EXPECT_EQ(to_text(d), "受理700件。 下\n");
}

}  // namespace
}  // namespace yi::publish
