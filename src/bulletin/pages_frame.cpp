// The frame of every page: header, banner, footer, the error page.
#include <fmt/format.h>

#include "base/text.h"
#include "bulletin/pages.h"
#include "crypto/sm3.h"
#include "store/merkle.h"

namespace yi::bulletin {
namespace {

// 一窗: a square window of two panes, the right one open by a third. One stroke.
constexpr const char* kMarkPaths =
    "<path d=\"M27 27V5H5V27H19.5M16 5V27M27 5L19.5 8.5V30.5L27 27\" fill=\"none\" stroke-width=\"2\" "
    "stroke-linejoin=\"round\"";

std::string mark() {
  return std::string("<svg class=\"mark\" viewBox=\"0 0 32 34\" aria-hidden=\"true\">") + kMarkPaths +
         " stroke=\"currentColor\"/></svg>";
}

constexpr const char* kIcon =
    "<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 "
    "34'%3E%3Cpath "
    "d='M27 27V5H5V27H19.5M16 5V27M27 5L19.5 8.5V30.5L27 27' fill='none' stroke='%231E4E79' stroke-width='2.5' "
    "stroke-linejoin='round'/%3E%3C/svg%3E\">\n";

std::string percent(std::string_view s) {
  std::string out;
  for (const char ch : s) {
    const auto c = static_cast<unsigned char>(ch);
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    if (plain)
      out += ch;
    else
      out += fmt::format("%{:02X}", c);
  }
  return out;
}

// The same page with one thing changed: the query without elder and lang, which the look brings.
std::string here_with(const Visit& v, Look look) {
  Look::Query rest;
  for (const auto& [key, value] : v.request.query)
    if (key != "elder" && key != "lang") rest.emplace_back(key, value);
  // A path is shown back as it came; only the characters of our own patterns can stand in one that has a page.
  std::string path;
  for (const auto& segment : split(std::string_view(v.request.path).substr(1), '/')) path += "/" + percent(segment);
  return look.link(path, rest);
}

std::string clock_words(Instant t, bool english) {
  const int minute = minute_of_day(t);
  return fmt::format("{} {:02}:{:02}", day_words(civil_day(t), english, true), minute / 60, minute % 60);
}

std::string header(const Visit& v) {
  const auto& l = v.look;
  std::string out = fmt::format(
      "<header class=\"top\"><div class=\"bar\">\n<a class=\"brand\" href=\"{}\">{}<span class=\"brand-name\">{}</span>"
      "<span class=\"hall\"{}>{}</span></a>\n<nav aria-label=\"{}\"><ul>\n",
      l.link("/"), mark(), l(Word::brand), l.english ? " lang=\"zh-CN\"" : "", escape_markup(v.context.hall ? v.context.hall() : ""),
      l(Word::navigation));
  const auto item = [&](const std::string& href, const char* text, const char* more = "") {
    out += fmt::format("<li><a class=\"tool\" href=\"{}\"{}>{}</a></li>\n", href, more, text);
  };
  item(here_with(v, {!l.elder, l.english}), l(l.elder ? Word::elder_off : Word::elder_on));
  item(here_with(v, {l.elder, !l.english}), l(Word::other_language),
       l.english ? " lang=\"zh-CN\" hreflang=\"zh-CN\"" : " lang=\"en\" hreflang=\"en\"");
  if (v.viewer.is_signed_in())
    out += fmt::format(
        "<li class=\"who\"><span>{}</span><form method=\"post\" "
        "action=\"/operator/leave\"><button>{}</button></form></li>\n",
        l(Word::signed_in), l(Word::leave));
  else
    out += fmt::format("<li class=\"who\"><span>{}</span></li>\n", l(Word::visitor));
  return out + "</ul></nav>\n</div></header>\n";
}

std::string banner(const Visit& v) {
  auto& clock = v.engine.clock();
  if (!clock.pinned()) return "";
  const auto now = clock.now();
  return fmt::format(
      "<aside class=\"demo\" aria-label=\"{}\"><p><strong>{}</strong> <time datetime=\"{}\">{}</time> "
      "<span>{}</span></p></aside>\n",
      v.look(Word::demonstration), v.look(Word::demonstration), to_iso(now), clock_words(now, v.look.english), v.look(Word::demonstration_note));
}

std::string footer(const Visit& v) {
  const auto head = head_of(v.reader, v.centre());
  return fmt::format(
      "<footer class=\"foot\"><div class=\"bar\"><p>{}</p>\n<p class=\"anchor\">{} <b>{}</b> · {} <code "
      "title=\"{}\">{}</code></p></div></footer>\n",
      v.look(Word::footer_note), v.look(Word::ledger_position), grouped(head.position), v.look(Word::ledger_head),
      head.hash, head.hash.substr(0, 12));
}

}  // namespace

std::string Look::link(std::string_view path, const Query& query) const {
  std::string out(path);
  char separator = '?';
  const auto add = [&](std::string_view key, std::string_view value) {
    out += separator;
    out += percent(key) + "=" + percent(value);
    separator = '&';
  };
  for (const auto& [key, value] : query) add(key, value);
  if (elder) add("elder", "1");
  if (english) add("lang", "en");
  return escape_markup(out);
}

Look look_of(const http::Request& request) {
  const auto is = [&](const char* key, std::string_view value) {
    const auto it = request.query.find(key);
    return it != request.query.end() && it->second == value;
  };
  return {is("elder", "1"), is("lang", "en")};
}

std::string Visit::query(const std::string& key) const {
  const auto it = request.query.find(key);
  return it == request.query.end() ? "" : it->second;
}

http::Response page_reply(const Visit& v, const Page& page) {
  const bool alone = v.query("frame") != "1";  // inside the centre's page, which has a header of its own
  http::Response r;
  r.status = page.status;
  r.content_type = "text/html; charset=utf-8";
  // With "no-referrer" a browser would send the leave button's form with "Origin: null", which no server may trust.
  r.headers.emplace_back("referrer-policy", "same-origin");
  const std::string style = "\n" + page.style + page_style();
  r.headers.emplace_back("content-security-policy", http::page_policy({style}, page.framed));
  r.body = fmt::format(
      "<!doctype html>\n<html lang=\"{}\"{}>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} · "
      "{}</title>\n{}<style>{}</style>\n</head>\n"
      "<body>\n<a class=\"skip\" href=\"#main\">{}</a>\n{}{}<main id=\"main\">\n{}</main>\n{}</body>\n</html>\n",
      v.look.english ? "en" : "zh-CN", v.look.elder ? " class=\"elder\"" : "", escape_markup(page.title),
      v.look(Word::brand), kIcon, style, v.look(Word::skip), alone ? header(v) : "", alone ? banner(v) : "", page.main,
      alone ? footer(v) : "");
  return r;
}

http::Response error_page(const Visit& v, const Refusal& refusal) {
  const auto words = words_of(refusal, v.look.english);
  // A paper's address in the centre's page: the refusal stands where the paper would, or the browser says that it cannot be reached.
  // Its way home would be another page of this site, which no frame shows.
  const bool framed = v.query("frame") == "1";
  Page page;
  page.status = refusal.status;
  page.title = words.title;
  if (framed) page.framed = http::Framed::by_this_site;
  page.main = fmt::format(
      "<section class=\"problem\">\n<p class=\"eyebrow\">{}</p>\n<h1>{}</h1>\n<p class=\"lead\">{}</p>\n"
      "<h2>{}</h2>\n<p>{}</p>\n{}"
      "<p class=\"small\">{} <code>{}</code></p>\n</section>\n",
      refusal.status, escape_markup(words.title), escape_markup(words.sentence), v.look(Word::next_step),
      escape_markup(words.next_step),
      framed ? "" : fmt::format("<p><a class=\"button primary\" href=\"{}\">{}</a></p>\n", v.look.link("/week"), v.look(Word::back_home)), v.look(Word::error_code),
      escape_markup(refusal.code));
  auto r = page_reply(v, page);
  if (refusal.status == 503) r.headers.emplace_back("retry-after", "2");
  return r;
}

Result<CivilDay> week_of(const http::Request& request) {
  auto week = parse_day(request.path_parameters.at("week"));
  if (!week) week.error().status = 404;
  return week;
}

Head head_of(store::Reader& reader, CentreCode centre) {
  const auto head = reader.head(centre);
  return {head.seq, hex(crypto::bytes(store::LedgerHash().head(centre, head))), {head.recorded_at}};
}

Result<Edition> edition_of(const http::Request& request, const identity::Viewer& viewer) {
  const auto it = request.query.find("edition");
  if (it == request.query.end() || it->second == "public") return Edition::public_;
  if (it->second != "internal")
    return Refusal{"bulletin.bad_edition", "没有这个版本。", "版本为 public（公开版）或 internal（内部版）。", 400,
                   "edition"};
  if (!viewer.may_see_internal_edition())
    return Refusal{"bulletin.internal_edition", "内部版不对公众开放。", "请查看公开版；工作人员请先登录。", 403, ""};
  return Edition::internal;
}

const char* edition_name(Edition edition) { return edition == Edition::internal ? "internal" : "public"; }

std::string department_name(const BulletinContext& context, const DepartmentCode& code) {
  return context.names.department(code).value_or(code.value);
}

std::string window_name(const BulletinContext& context, const WindowCode& code) {
  return context.window ? context.window(code).value_or(code.value) : code.value;
}

}  // namespace yi::bulletin
