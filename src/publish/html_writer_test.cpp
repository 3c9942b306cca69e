#include "publish/html_writer.h"

#include <gtest/gtest.h>

#include "publish/test_document.h"
#include "publish/text_writer.h"

namespace yi::publish {
namespace {

// What a reader sees: tags out, entities back.
std::string visible(const std::string& html) {
  std::string out;
  bool tag = false;
  for (char c : html) {
    if (c == '<') tag = true;
    if (!tag) out += c;
    if (c == '>') tag = false;
  }
  for (const auto& [from, to] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
    out = replace_all(out, from, to);
  return out;
}

TEST(HtmlWriter, SaysTheWordsOfTheTextEdition) {
  const auto d = test::example();
  EXPECT_EQ(test::words(visible(to_html(d))), test::words(d.masthead.name + d.masthead.number + to_text(d)));
}

TEST(HtmlWriter, FiguresLinkToTheirEvidence) {
  Document d;
  d.body = {{Paragraph::Kind::body, {{"受理", "", ""}, {"700", "/evidence/3?a=1&b=2", "本周\"受理\"的件数"}}}};
  EXPECT_NE(to_html(d).find("<p>受理<a class=\"figure\" href=\"/evidence/3?a=1&amp;b=2\" "
                            "title=\"本周&quot;受理&quot;的件数\">700</a></p>"),
            std::string::npos);
  HtmlOptions away;
  away.link_base = "http://127.0.0.1:8080";
  EXPECT_NE(to_html(d, away).find("href=\"http://127.0.0.1:8080/evidence/3?"), std::string::npos);
  away.links = false;
  EXPECT_NE(to_html(d, away).find("<p>受理700</p>"), std::string::npos);
}

TEST(HtmlWriter, NothingOfTheDocumentBecomesMarkup) {
  const std::string evil = "<script>\"'&</script>";
  Document d;
  d.masthead = {evil, evil};
  d.period = d.issuer = d.date = d.title = d.ledger_head = d.language = evil;
  d.body = {test::heading(evil), {Paragraph::Kind::body, {{evil, "/" + evil, evil}}}};
  d.imprint = {{evil, "报：" + evil}, evil};
  const auto page = to_html_page(d);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_EQ(page.find("\"'"), std::string::npos);
  EXPECT_EQ(page.find("'&<"), std::string::npos);
}

TEST(HtmlWriter, ALinkLeavesTheSiteNowhere) {
  for (const char* link : {"javascript:alert(1)", "//other.example/x", "/\\other.example", "http://other.example",
                           "/\t/other.example", "evidence/1"}) {
    Document d;
    d.body = {{Paragraph::Kind::body, {{"700", link, ""}}}};
    EXPECT_NE(to_html(d).find("<p>700</p>"), std::string::npos) << link;
  }
}

TEST(HtmlWriter, ThePageIsCompleteAndBringsNothingFromOutside) {
  auto d = test::example();
  const auto page = to_html_page(d);
  EXPECT_EQ(page.rfind("<!doctype html>\n<html lang=\"zh-CN\">", 0), 0u);
  for (const char* part : {"<meta charset=\"utf-8\">", "<title>政务服务工作周报第25期</title>", "@media print", "<main>",
                           "<article class=\"paper\"", "</html>"})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  for (const char* part : {"<script", "http:", "https:", "url(", "@import", "<link", "<img"})
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  EXPECT_NE(page.find("<style>" + html_page_style() + "</style>"), std::string::npos) << "to the byte: a policy names its hash";
  HtmlOptions elder;
  elder.elder = true;
  EXPECT_NE(to_html(d, elder).find("<article class=\"paper elder\""), std::string::npos);
}

TEST(HtmlWriter, SectionsAreBalanced) {
  const auto html = to_html(test::example());
  const auto count = [&](const std::string& what) {
    int n = 0;
    for (auto at = html.find(what); at != html.npos; at = html.find(what, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("<section>"), 6);
  EXPECT_EQ(count("</section>"), 6);
  EXPECT_EQ(count("<h2>"), 6);
  EXPECT_EQ(count("<p>"), 12);
}

}  // namespace
}  // namespace yi::publish
