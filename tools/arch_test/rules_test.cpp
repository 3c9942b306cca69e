#include "rules.h"

#include <gtest/gtest.h>

namespace yi::arch {
namespace {

std::vector<Source> one(std::string path, std::string text) { return {scan(std::move(path), std::move(text))}; }

TEST(Clocks, EveryWayToReadOneIsFound) {
  for (const char* code :
       {"auto t = std::chrono::system_clock::now();", "auto t = steady_clock::now();", "time_t t = time(nullptr);",
        "time_t t = ::time(&x);", "auto t = std::time( NULL );", "gettimeofday(&tv, nullptr);",
        "clock_gettime(CLOCK_REALTIME, &ts);", "auto t = time(0);", "auto c = std::clock();"}) {
    EXPECT_EQ(check_clocks(one("src/engine/a.cpp", code)).size(), 1u) << code;
    EXPECT_EQ(to_text(check_clocks(one("src/base/clock.cpp", code))), "") << code;
  }
}

TEST(Clocks, WordsAboutTimeAreFree) {
  for (const char* code : {"boost::asio::steady_timer t(io);", "Instant time(int day);", "row.time(0);", "auto t = clock.now();",
                           "using T = basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>>;",
                           "// system_clock is forbidden here", "auto s = \"time(nullptr)\";", "engine::Clock clock();"})
    EXPECT_EQ(to_text(check_clocks(one("src/engine/a.cpp", code))), "") << code;
}

TEST(Libraries, EachHasItsHome) {
  EXPECT_EQ(to_text(check_libraries(one("src/http/server.cpp", "#include <boost/beast/http.hpp>\n"))), "");
  EXPECT_EQ(to_text(check_libraries(one("src/engine/a.cpp", "#include <boost/asio.hpp>\n"))), "");
  EXPECT_EQ(check_libraries(one("src/engine/a.cpp", "#include <boost/beast/core.hpp>\n")).size(), 1u);
  EXPECT_EQ(check_libraries(one("src/base/text.cpp", "#include <simdjson.h>\n")).size(), 1u);
  EXPECT_EQ(check_libraries(one("src/engine/a.cpp", "#include <sqlite3.h>\n")).size(), 1u);
  EXPECT_EQ(check_libraries(one("src/engine/a.cpp", "#include <libpq-fe.h>\n")).size(), 1u);
  EXPECT_EQ(check_libraries(one("src/store/a.cpp", "#include <openssl/evp.h>\n")).size(), 1u);
  EXPECT_EQ(check_libraries(one("src/store/a.cpp", "#include <sodium.h>\n")).size(), 1u);
}

TEST(Libraries, BeastStaysInTwoFiles) {
  std::vector<Source> t;
  for (const char* path : {"src/http/a.cpp", "src/http/b.cpp", "src/http/c.cpp"})
    t.push_back(scan(path, "#include <boost/beast/http.hpp>\n"));
  EXPECT_EQ(check_libraries(t).size(), 1u);
  t.pop_back();
  EXPECT_EQ(to_text(check_libraries(t)), "");
  // Over a header as well.
  t.push_back(scan("src/http/session.h", "#include <boost/beast/core.hpp>\n"));
  EXPECT_EQ(to_text(check_libraries(t)), "");
  t.push_back(scan("src/http/more.h", "#include \"http/session.h\"\n"));
  t.push_back(scan("src/http/c.cpp", "#include \"http/more.h\"\n"));
  EXPECT_EQ(check_libraries(t).size(), 1u);
}

TEST(Headers, HaveTheirGuardAndNoUsing) {
  EXPECT_EQ(to_text(check_headers(one("src/base/a.h", "#pragma once\nusing yi::Id;\nnamespace yi {}\n"))), "");
  EXPECT_EQ(check_headers(one("src/base/a.h", "// #pragma once\n")).size(), 1u);
  EXPECT_EQ(check_headers(one("src/base/a.h", "#pragma once\nusing  namespace std;\n")).size(), 1u);
  EXPECT_EQ(to_text(check_headers(one("src/base/a.cpp", "using namespace std;\n"))), "");
}

TEST(Lengths, SevenHundredLinesAreTooMany) {
  EXPECT_EQ(check_lengths(one("src/base/a.cpp", std::string(700, '\n'))).size(), 1u);
  EXPECT_EQ(to_text(check_lengths(one("src/base/a.cpp", std::string(699, '\n')))), "");
  EXPECT_EQ(to_text(check_lengths(one("data/sichuan/matters.yaml", std::string(5000, '\n')))), "");
}

TEST(Words, NotesPathsAndSwitchedOffTestsAreFound) {
  for (const std::string text : {"// TO" "DO later", "# FIX" "ME", "see /wo" "rk/x", "cd /ho" "me/me/yichuang", "\"/tm" "p/x\"",
                                 "../sha" "red/design/house.md"})
    EXPECT_EQ(check_words(one("docs/a.md", text)).size(), 1u) << text;
  EXPECT_EQ(check_words(one("src/base/a_test.cpp", "TEST(A, DISA" "BLED_b) {}")).size(), 1u);
  EXPECT_EQ(check_words(one("src/base/a_test.cpp", "GTEST_" "SKIP();")).size(), 1u);
}

TEST(Words, LooksLikeButIsNot) {
  for (const std::string text : {"mktemp -d XX" "XXXX", "https://zwfw.example.cn/ho" "me/index", "TO" "DOS", "network/wo" "rk/x"})
    EXPECT_EQ(to_text(check_words(one("docs/a.md", text))), "") << text;
  EXPECT_EQ(to_text(check_words(one("src/base/a_test.cpp", "\"/tm" "p/x\""))), "");
  EXPECT_EQ(to_text(check_words(one("testdata/catalog/broken.yaml", "region: XX" "X"))), "");
}

TEST(Links, LeadSomewhere) {
  auto exists = [](const std::string& path) { return path == "docs/a.md" || path == "docs/../README.md" || path == "docs/review/"; };
  EXPECT_EQ(to_text(check_links(one("docs/b.md", "[a](a.md) [r](../README.md#top) ![p](review/) [s](https://x.cn/a) [t](#here)\n"), exists)), "");
  EXPECT_EQ(check_links(one("docs/b.md", "see [c](c.md)"), exists).size(), 1u);
  EXPECT_EQ(check_links(one("README.md", "![picture](a.md \"title\")"), exists).size(), 1u);
  EXPECT_EQ(to_text(check_links(one("src/base/a.cpp", "a[i](c.md)"), exists)), "");
}

}  // namespace
}  // namespace yi::arch
