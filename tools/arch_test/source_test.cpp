#include "source.h"

#include <gtest/gtest.h>

namespace yi::arch {
namespace {

TEST(Source, CommentsAndLiteralsAreNoCode) {
  const auto s = scan("src/base/x.cpp", "int a; // system_clock\n/* steady\n_clock */ auto b = \"gettimeofday\";\n");
  EXPECT_EQ(s.code.find("clock"), std::string::npos);
  EXPECT_EQ(s.code.find("gettimeofday"), std::string::npos);
  EXPECT_EQ(s.code.size(), s.text.size());
  ASSERT_EQ(s.literals.size(), 1u);
  EXPECT_EQ(s.literals[0].text, "gettimeofday");
  EXPECT_EQ(s.literals[0].line, 3);
}

TEST(Source, AdjacentLiteralsAreOne) {
  const auto s = scan("x.cpp", "f(\"SELECT a \"\n  // the cases\n  \"FROM cases\", \"next\");");
  ASSERT_EQ(s.literals.size(), 2u);
  EXPECT_EQ(s.literals[0].text, "SELECT a FROM cases");
  EXPECT_EQ(s.literals[1].text, "next");
}

TEST(Source, RawLiteralsKeepTheirQuotes) {
  const auto s = scan("x.cpp", "auto q = R\"sql(SELECT \"a\" -- )\" x\n)sql\"; int after;");
  ASSERT_EQ(s.literals.size(), 1u);
  EXPECT_EQ(s.literals[0].text, "SELECT \"a\" -- )\" x\n");
  EXPECT_NE(s.code.find("int after"), std::string::npos);
}

TEST(Source, QuotesInsideNumbersAndCharactersOpenNothing) {
  const auto s = scan("x.cpp", "auto n = 86'400'000; char c = '\"'; char d = '\\''; auto t = \"t\";");
  ASSERT_EQ(s.literals.size(), 1u);
  EXPECT_EQ(s.literals[0].text, "t");
}

TEST(Source, EscapesAreResolved) {
  const auto s = scan("x.cpp", R"(auto a = "say \"yes\"\n\\"; auto b = "";)");
  ASSERT_EQ(s.literals.size(), 2u);
  EXPECT_EQ(s.literals[0].text, "say \"yes\"\n\\");
  EXPECT_EQ(s.literals[1].text, "");
}

TEST(Source, IncludesAreReadAndAreNoLiterals) {
  const auto s = scan("src/store/a.h", "#pragma once\n#include <sqlite3.h>\n  #  include \"base/time.h\" // why\n");
  ASSERT_EQ(s.includes.size(), 2u);
  EXPECT_EQ(s.includes[0].target, "sqlite3.h");
  EXPECT_FALSE(s.includes[0].quoted);
  EXPECT_EQ(s.includes[1].target, "base/time.h");
  EXPECT_EQ(s.includes[1].line, 3);
  EXPECT_TRUE(s.literals.empty());
  EXPECT_EQ(s.room(), "store");
}

TEST(Source, WordsCarryTheirLines) {
  const auto s = scan("x.cpp", "int a;\nauto b_2 = a + 0x1f;");
  std::vector<std::string> words;
  for (const auto& w : s.words()) words.push_back(std::string(w.text) + ":" + std::to_string(w.line));
  EXPECT_EQ(words, (std::vector<std::string>{"int:1", "a:1", "auto:2", "b_2:2", "a:2"}));
}

TEST(Source, IdentifiersSplitIntoWords) {
  using V = std::vector<std::string>;
  EXPECT_EQ(split_words("CaseId"), (V{"case", "id"}));
  EXPECT_EQ(split_words("case_id"), (V{"case", "id"}));
  EXPECT_EQ(split_words("kCaseSerial"), (V{"k", "case", "serial"}));
  EXPECT_EQ(split_words("HTTPServer2"), (V{"http", "server2"}));
  EXPECT_EQ(split_words("__x"), (V{"x"}));
}

}  // namespace
}  // namespace yi::arch
