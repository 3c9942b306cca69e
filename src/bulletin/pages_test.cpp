// The pages and the JSON doors, called without a socket.
#include "bulletin/pages.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <zip.h>
#include <regex>
#include <set>

#include "bulletin/pages_test_week.h"
#include "bulletin/pages_words.h"
#include "http/test_page_policy.h"

using namespace yi;
using namespace yi::bulletin;

namespace {

test::Site& site() {
  static test::Site s;
  return s;
}
constexpr const char* kWeek = "2024-06-17";

std::string header(const http::Response& r, std::string_view name) {
  for (const auto& [key, value] : r.headers)
    if (key == name) return value;
  return "";
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::vector<std::string> links_of(const std::string& html) {
  static const std::regex href("href=\"(/[^\"]*)\"");
  std::vector<std::string> out;
  for (std::sregex_iterator i(html.begin(), html.end(), href), end; i != end; ++i) {
    auto link = replace_all((*i)[1].str(), "&amp;", "&");
    out.push_back(link.substr(0, link.find('#')));
  }
  return out;
}

std::string pdf_text(const std::string& pdf) {
  const std::string file = site().directory.path() + "/paper.pdf";
  std::ofstream(file, std::ios::binary) << pdf;
  std::string out;
  FILE* p = ::popen(("pdftotext -enc UTF-8 " + file + " -").c_str(), "r");
  if (!p) return out;
  std::array<char, 4096> block{};
  for (std::size_t n; (n = ::fread(block.data(), 1, block.size(), p)) > 0;) out.append(block.data(), n);
  ::pclose(p);
  return out;
}

// The parts of DOCX, OFD and XLSX, one after the other.
std::string zip_text(const std::string& bytes) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  std::string out;
  for (zip_int64_t i = 0; archive && i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat);
    std::string part(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, part.data(), part.size());
    zip_fclose(file);
    out += part;
  }
  if (archive) zip_discard(archive);
  return out;
}
std::string text_of(const http::Response& r) {
  if (r.body.starts_with("%PDF")) return pdf_text(r.body);
  return r.body.starts_with("PK") ? zip_text(r.body) : r.body;
}

std::int64_t integer_of(const std::string& body, const char* key) {
  json::Parser parser;
  const auto node = parser.parse(body);
  const auto found = node->find(key);
  return found ? found->integer() : -1;
}

// Every address that a reader without a credential can reach by links from the home page, and the JSON doors.
std::set<std::string> public_addresses() {
  std::set<std::string> seen;
  std::vector<std::string> open{"/week", "/api/bulletin/weeks", std::string("/api/bulletin/weeks/") + kWeek,
                                std::string("/bulletin/") + kWeek + "/text",
                                std::string("/bulletin/") + kWeek + "/pdf", "/reports/statistics/2024-06", "/reports/district-month/2024-06"};
  for (const auto& f : figure_infos()) open.push_back(std::string("/api/bulletin/weeks/") + kWeek + "/figures/" + f.id);
  while (!open.empty()) {
    const auto at = open.back();
    open.pop_back();
    if (at == "/") continue;  // the portal's, not this room's
    if (has(at, "elder=1") || has(at, "lang=en") || !seen.insert(at).second) continue;
    const auto r = site().get(at);
    EXPECT_EQ(r.status, 200) << at;
    if (r.content_type.starts_with("text/html"))
      for (auto& l : links_of(r.body)) open.push_back(std::move(l));
  }
  return seen;
}

}  // namespace

TEST(Pages, EverythingPublicIsReachableAndSaysNothingOfSickLeave) {
  const auto addresses = public_addresses();
  EXPECT_GT(addresses.size(), 20u);
  int papers = 0;
  for (const auto& at : addresses) {
    const auto r = site().get(at);
    const auto text = text_of(r);
    papers += r.body.starts_with("%PDF") || r.body.starts_with("PK");
    ASSERT_FALSE(text.empty()) << at;
    EXPECT_FALSE(has(text, test::kSickPerson)) << at;
    EXPECT_FALSE(has(text, "请病假")) << at;
    if (!r.content_type.starts_with("text/html")) continue;
    EXPECT_EQ(http::test::against_policy(header(r, "content-security-policy"), r.body), "") << at;
    // The page is whole in itself: no script, nothing loaded.
    for (const char* foreign : {"<script", " src=", "url(", "@import", " style=\"", " onclick="})
      EXPECT_FALSE(has(text, foreign)) << at << " " << foreign;
  }
  EXPECT_GE(papers, 13);
  // The search would find it: other leave is there, and the operator's paper has the name.
  const std::string paper = std::string("/bulletin/") + kWeek;
  for (const char* kind : {"", "/text", "/pdf", "/docx", "/ofd", "/xlsx"}) {
    const auto open = site().get(paper + kind);
    const auto inside = site().get(paper + kind + "?edition=internal", true);
    if (kind != std::string_view("/xlsx")) {  // figures, and nobody's name
      EXPECT_TRUE(has(text_of(open), test::kOnLeave)) << kind;
      EXPECT_TRUE(has(text_of(inside), test::kSickPerson)) << kind;
    }
    EXPECT_EQ(header(inside, "etag"), "");
    const auto refused = site().get(paper + kind + "?edition=internal");
    EXPECT_EQ(refused.status, 403);
    EXPECT_TRUE(refused.content_type.starts_with("text/html"));
    EXPECT_EQ(http::test::against_policy(header(refused, "content-security-policy"), refused.body), "") << kind;
    EXPECT_TRUE(has(refused.body, "内部版不对公众开放"));
  }
  for (const char* door : {"/warnings", "/figures/accepted/evidence"})
    EXPECT_EQ(site().get(std::string("/api/bulletin/weeks/") + kWeek + door).status, 401);
}

// The desk shows a paper beside its sources: its own site's frame, nobody else's, and no other page at all.
TEST(Pages, APaperIsFramedByThisSiteAlone) {
  for (const char* at : {"/bulletin/2024-06-17?frame=1", "/bulletin/2024-06-17", "/reports/statistics/2024-06?frame=1"}) {
    const auto r = site().get(at);
    ASSERT_EQ(r.status, 200) << at;
    EXPECT_TRUE(has(header(r, "content-security-policy"), "frame-ancestors 'self'")) << at;
    EXPECT_EQ(http::test::against_policy(header(r, "content-security-policy"), r.body), "") << at;
  }
  for (const char* at : {"/week", "/figures/2024-06-17/accepted"}) {
    const auto r = site().get(at);
    ASSERT_EQ(r.status, 200) << at;
    EXPECT_TRUE(has(header(r, "content-security-policy"), "frame-ancestors 'none'")) << at;
    EXPECT_EQ(http::test::against_policy(header(r, "content-security-policy"), r.body), "") << at;
  }
}

// In the frame a refusal is shown too; alone it is a page like any other.
TEST(Pages, ARefusedPaperSaysSoInItsFrame) {
  const struct { const char* at; int status; const char* code; } kRows[] = {{"/bulletin/2024-06-17?edition=internal", 403, "bulletin.internal_edition"},
                                                                            {"/bulletin/2024-06-18?edition=public", 404, "bulletin.unknown_week"},
                                                                            {"/reports/statistics/2024-06?edition=internal", 403, "bulletin.internal_edition"}};
  for (const auto& [at, status, code] : kRows) {
    const auto inside = site().get(std::string(at) + "&frame=1"), alone = site().get(at);
    for (const auto* r : {&inside, &alone}) {
      EXPECT_EQ(r->status, status) << at;
      EXPECT_TRUE(has(r->body, code)) << at;
      EXPECT_EQ(http::test::against_policy(header(*r, "content-security-policy"), r->body), "") << at;
    }
    EXPECT_TRUE(has(header(inside, "content-security-policy"), "frame-ancestors 'self'")) << at;
    EXPECT_FALSE(has(inside.body, "href=\"/week")) << at;
    EXPECT_TRUE(has(header(alone, "content-security-policy"), "frame-ancestors 'none'")) << at;
    EXPECT_TRUE(has(alone.body, "href=\"/week")) << at;
  }
}

TEST(Pages, AReportLeadsToWhatEachFigureCounts) {
  const auto r = site().get("/reports/statistics/2024-06");
  ASSERT_EQ(r.status, 200);
  EXPECT_TRUE(has(r.body, "href=\"#figure-consulted\""));
  EXPECT_TRUE(has(r.body, "id=\"figure-consulted\""));
  EXPECT_TRUE(has(r.body, counted_figure(Figure::consulted).definition));
  EXPECT_TRUE(has(r.body, "自6月17日起有记录"));
  EXPECT_FALSE(has(r.body, "超期情况"));  // of the internal edition
  EXPECT_TRUE(has(site().get("/reports/statistics/2024-06?edition=internal", true).body, "超期情况"));
  // Every period that its links name is there, back to before the ledger.
  for (const char* period : {"2024-05", "2023-06", "2024-Q2", "2024", "2024-06-17..2024-06-21"}) EXPECT_EQ(site().get(std::string("/reports/statistics/") + period).status, 200) << period;
  const struct { const char *path, *code; } kRefused[] = {{"/reports/nothing/2024-06", "bulletin.unknown_report"}, {"/reports/statistics/june", "bulletin.bad_period"},
                                                          {"/reports/statistics/2024-08", "bulletin.not_begun"}, {"/reports/district-month/2024", "bulletin.not_this_length"}};
  for (const auto& [path, code] : kRefused) {
    const auto refused = site().get(path);
    EXPECT_EQ(refused.status, 404) << path;
    EXPECT_TRUE(has(refused.body, code)) << path;
  }
  EXPECT_EQ(site().get("/reports/statistics/2024-06?edition=internal").status, 403);
}

TEST(Pages, EveryFigureOfThePaperLeadsToItsEvidence) {
  const auto paper = site().get(std::string("/bulletin/") + kWeek).body;
  std::set<std::string> figures;
  for (const auto& l : links_of(paper))
    if (l.starts_with("/figures/")) figures.insert(l);
  EXPECT_EQ(figures.size(), figure_infos().size());
  for (const auto& l : figures) {
    const auto r = site().get(l);
    ASSERT_EQ(r.status, 200) << l;
    const auto* info = find_figure(l.substr(l.rfind('/') + 1));
    ASSERT_TRUE(info);
    EXPECT_TRUE(has(r.body, escape_markup(info->definition))) << l;
    EXPECT_TRUE(has(r.body, escape_markup(info->scope))) << l;
    const auto count =
        integer_of(site().get(std::string("/api/bulletin/weeks/") + kWeek + "/figures/" + info->id).body, "count");
    EXPECT_GT(count, 0) << l;
    EXPECT_TRUE(has(r.body, "<p class=\"count\">" + grouped(count) + "<span")) << l;
  }
}

TEST(Pages, FiguresSayWhereTheyComeFrom) {
  const std::string at = std::string("/figures/") + kWeek;
  const auto year = site().get(at + "/consulted_year").body;
  EXPECT_TRUE(has(year, grouped(41'000 + test::kConsultations)));
  EXPECT_TRUE(has(year, "上一年度台账"));
  EXPECT_TRUE(has(year, "2024年6月10日"));
  const auto plans = site().get(at + "/plans_issued").body;
  std::size_t marks = 0;
  for (auto p = plans.find("未核实"); p != plans.npos; p = plans.find("未核实", p + 1)) ++marks;
  EXPECT_EQ(marks, 2u);  // two of the three plans
  const auto list = site().get(at + "/list_total").body;
  EXPECT_TRUE(has(list, "<p class=\"count\">54<span"));
  EXPECT_TRUE(has(list, "2024-06，试验网页"));
  EXPECT_FALSE(has(list, "未核实"));
  for (const char* id : {"/plates_count", "/chains_count"})  // recorded without a source
    EXPECT_TRUE(has(site().get(at + id).body, "未核实")) << id;
  const auto open = site().get(at + "/accepted");
  EXPECT_TRUE(has(open.body, say(Word::evidence_private, false)));
  EXPECT_FALSE(has(open.body, "case:2024"));
  EXPECT_TRUE(has(site().get(at + "/accepted", true).body, "case:2024"));
}

TEST(Pages, PagesOfEvidenceAddUpToTheCount) {
  std::string at = std::string("/figures/") + kWeek + "/consulted";
  std::size_t rows = 0, pages = 0;
  while (!at.empty()) {
    const auto html = site().get(at, true).body;
    for (auto p = html.find("<code>consultation:"); p != html.npos; p = html.find("<code>consultation:", p + 1)) ++rows;
    ++pages;
    std::smatch next;
    at = std::regex_search(html, next, std::regex("rel=\"next\" href=\"([^\"#]*)"))
             ? replace_all(next[1].str(), "&amp;", "&")
             : "";
  }
  EXPECT_EQ(rows, static_cast<std::size_t>(test::kConsultations));
  EXPECT_EQ(pages, 3u);
  const std::string api = std::string("/api/bulletin/weeks/") + kWeek + "/figures/consulted/evidence?limit=50";
  json::Parser parser;
  std::string after;
  rows = 0;
  do {
    const auto r = site().get(api + (after.empty() ? "" : "&after=" + after), true);
    const auto node = parser.parse(r.body);
    rows += node->find("records")->size();
    const auto next = node->find("next");
    after = next ? std::string(next->string()) : "";
  } while (!after.empty());
  EXPECT_EQ(rows, static_cast<std::size_t>(test::kConsultations));
  EXPECT_EQ(site().get(std::string("/figures/") + kWeek + "/consulted?after=x", true).status, 422);
}

TEST(Pages, TextIsEscaped) {
  for (const bool as_operator : {false, true}) {
    const auto r = site().get(std::string("/bulletin/") + kWeek, as_operator);
    EXPECT_FALSE(has(r.body, "<script"));
    EXPECT_TRUE(has(r.body, "&lt;script&gt;alert(1)&lt;/script&gt;&amp;"));
  }
  const auto bad = site().get("/bulletin/<script>x");
  EXPECT_EQ(bad.status, 404);
  EXPECT_FALSE(has(bad.body, "<script"));
  EXPECT_FALSE(has(site().get("/figures/2024-06-17/\"><script>").body, "<script"));
  EXPECT_FALSE(has(site().get("/week?lang=\"><script>&elder=1").body, "<script"));
}

TEST(Pages, UnknownWeeksAndWordsAreRefusedInTheReadersForm) {
  struct Row {
    const char* at;
    int status;
    const char* code;
  };
  for (const Row& row :
       {Row{"/bulletin/2024-02-30", 404, "base.bad_date"}, Row{"/bulletin/2024-06-18", 404, "bulletin.unknown_week"},
        Row{"/bulletin/2024-06-18/pdf", 404, "bulletin.unknown_week"},
        Row{"/figures/2024-06-18/accepted", 404, "bulletin.unknown_week"},
        Row{"/figures/2024-06-17/nothing", 404, "bulletin.unknown_figure"},
        Row{"/bulletin/2024-06-17?edition=x", 400, "bulletin.bad_edition"},
        Row{"/bulletin/2024-06-17/pdf?line_mode=x", 400, "bulletin.bad_line_mode"},
        Row{"/week?after_position=99999999", 400, "engine.bad_position"}}) {
    const auto r = site().get(row.at);
    EXPECT_EQ(r.status, row.status) << row.at;
    EXPECT_TRUE(r.content_type.starts_with("text/html")) << row.at;
    EXPECT_TRUE(has(r.body, row.code)) << row.at;
    EXPECT_TRUE(has(r.body, "下一步")) << row.at;
    EXPECT_TRUE(
        has(site().get(std::string(row.at) + (has(row.at, "?") ? "&" : "?") + "lang=en").body, "What to do now"))
        << row.at;
  }
  EXPECT_TRUE(has(site().get("/api/bulletin/weeks/2024-06-18").body, "bulletin.unknown_week"));
  EXPECT_TRUE(has(site().get("/api/bulletin/weeks/2024-06-17/figures/nothing").body, "bulletin.unknown_figure"));
  EXPECT_GE(site().get("/api/bulletin/weeks/2024-02-30").status, 400);
}

TEST(Pages, LookIsCarriedThroughEveryLink) {
  for (const char* at :
       {"/week", "/bulletin/2024-06-17", "/figures/2024-06-17/consulted", "/figures/2024-06-17/plans_issued"}) {
    const auto html = site().get(std::string(at) + "?elder=1&lang=en", true).body;
    EXPECT_TRUE(has(html, "<html lang=\"en\" class=\"elder\">"));
    int without_elder = 0, without_english = 0;
    for (const auto& l : links_of(html)) {
      without_elder += !has(l, "elder=1");
      without_english += !has(l, "lang=en");
    }
    EXPECT_EQ(without_elder, 1) << at;  // each switch itself
    EXPECT_EQ(without_english, 1) << at;
  }
  const auto plain = site().get("/week").body;
  EXPECT_TRUE(has(plain, "<html lang=\"zh-CN\">"));
  EXPECT_TRUE(has(plain, "演示时间"));
  EXPECT_TRUE(has(plain, "2024年6月24日（周一） 09:0"));
}

TEST(Pages, DocumentsNameThemselvesAndAreKeptByPosition) {
  const auto pdf = site().get("/bulletin/2024-06-17/pdf");
  EXPECT_EQ(pdf.content_type, "application/pdf");
  EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
  EXPECT_TRUE(has(header(pdf, "content-disposition"),
                  "filename=\"bulletin-2024-06-17-public.pdf\"; filename*=UTF-8''%E6%94%BF"));
  const auto tag = header(pdf, "etag");
  ASSERT_FALSE(tag.empty());
  const auto again = site().get("/bulletin/2024-06-17/pdf", false, tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_NE(header(site().get("/bulletin/2024-06-17/pdf?line_mode=word"), "etag"), tag);
  const auto text = site().get("/bulletin/2024-06-17/text");
  EXPECT_EQ(text.content_type, "text/plain; charset=utf-8");
  EXPECT_NE(header(text, "etag"), tag);
  EXPECT_EQ(site().get("/bulletin/2024-06-17/text", false, tag).status, 200);
}

TEST(Pages, TheOperatorSeesWarningsAndTheInternalEdition) {
  const auto open = site().get("/week").body, inside = site().get("/week", true).body;
  EXPECT_FALSE(has(open, "edition=internal"));
  EXPECT_TRUE(has(inside, "edition=internal"));
  EXPECT_TRUE(has(inside, "#warnings"));
  EXPECT_TRUE(has(inside, "action=\"/operator/leave\""));
  EXPECT_FALSE(has(open, "/operator/leave"));
  EXPECT_TRUE(has(site().get("/bulletin/2024-06-17", true).body, "校核提醒"));
  EXPECT_FALSE(has(site().get("/bulletin/2024-06-17").body, "校核提醒"));
  for (const char* look : {"", "?lang=en", "?elder=1", "?elder=1&lang=en"})  // the look changes no check
    EXPECT_TRUE(has(site().get(std::string("/bulletin/2024-06-17") + look, true).body, "今年以来用“次”")) << look;
  EXPECT_TRUE(has(site().get("/api/bulletin/weeks/2024-06-17/warnings", true).body, "bulletin.lint."));
}

// Larger type means all of it: sizes come from tokens alone, and elder mode's are 20 px and up, targets 60 px.
TEST(Pages, ElderModeHasNoSmallTypeAndNoSmallTarget) {
  const auto style = page_style();
  EXPECT_FALSE(std::regex_search(style, std::regex("font-size: *[0-9]+px")));
  std::smatch elder;
  ASSERT_TRUE(std::regex_search(style, elder, std::regex("html\\.elder \\{([^}]*)\\}")));
  const auto tokens = elder[1].str();
  const std::regex token("--(t-[a-z]+|target): ([0-9]+)px");
  int sizes = 0, targets = 0;
  for (std::sregex_iterator i(tokens.begin(), tokens.end(), token), end; i != end; ++i) {
    const bool target = (*i)[1] == "target";
    EXPECT_GE(std::stoi((*i)[2]), target ? 60 : 20) << (*i)[1];
    ++(target ? targets : sizes);
  }
  EXPECT_EQ(sizes, 6);
  EXPECT_EQ(targets, 1);
}

TEST(Pages, AReaderMayNameAPosition) {
  const auto position = std::to_string(site().engine->position());
  for (const std::string at :
       {"/week", "/figures/2024-06-17/accepted", "/bulletin/2024-06-17/text", "/api/bulletin/weeks/2024-06-17"})
    EXPECT_EQ(site().get(at + "?after_position=" + position).status, 200) << at;
  const auto week = site().get("/api/bulletin/weeks/2024-06-17").body;
  EXPECT_TRUE(has(week, "\"position\":\"" + position + "\"")) << week;
  EXPECT_EQ(site().get("/api/bulletin/weeks?after_position=99999999").status, 400);
}

TEST(Pages, AnEmptyInstallationSaysWhatToDo) {
  test::Site empty(false);
  const auto r = empty.get("/week");
  EXPECT_EQ(r.status, 200);
  EXPECT_TRUE(has(r.body, "还没有周报"));
  EXPECT_EQ(empty.get("/api/bulletin/weeks").body, R"({"weeks":[]})");
}

TEST(Words, EachHasBothLanguages) {
  const auto ascii = [](std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  for (std::size_t i = 0; i < static_cast<std::size_t>(Word::last_); ++i) {
    const std::string_view zh = say(static_cast<Word>(i), false), en = say(static_cast<Word>(i), true);
    EXPECT_FALSE(zh.empty()) << i;
    EXPECT_FALSE(en.empty()) << zh;
    EXPECT_TRUE(zh == en || static_cast<Word>(i) == Word::other_language || !ascii(zh)) << zh;
    EXPECT_EQ(std::count(zh.begin(), zh.end(), '{'), std::count(en.begin(), en.end(), '{')) << zh;
  }
  for (const auto& f : figure_infos()) {
    const auto* e = find_english(f.id);
    ASSERT_TRUE(e) << f.id;
    for (const char* text : {e->name, e->unit, e->definition, e->scope}) EXPECT_TRUE(*text) << f.id;
  }
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
  EXPECT_EQ(grouped(-999), "-999");
  EXPECT_EQ(grouped(-1'000), "-1,000");
  EXPECT_EQ(span_words(CivilDay::of(2024, 12, 30), CivilDay::of(2025, 1, 3), false), "2024年12月30日—2025年1月3日");
  EXPECT_EQ(span_words(CivilDay::of(2024, 6, 17), CivilDay::of(2024, 6, 21), true), "17–21 June 2024");
}
