#include "bulletin/issued_panels.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "publish/html_writer.h"
#include "publish/pdf_writer.h"

namespace yi::bulletin {
namespace {

std::string bulletin_path(CivilDay week) { return "/bulletin/" + to_iso(week); }
std::string correction_path(CivilDay week, std::int32_t n) { return bulletin_path(week) + "/corrections/" + std::to_string(n); }

std::string corrections_panel(const Visit& v, CivilDay week, const IssueState& issue) {
  const auto& l = v.look;
  std::string items;
  for (const auto& c : corrections_of(v.reader, v.centre(), week, issue.corrections)) {
    if (c.state.stage != CorrectionStage::issued || (c.state.internal && !v.viewer.may_see_internal_edition())) continue;
    items += fmt::format("<li><a href=\"{}\"><span>{} {}</span><b>{}</b></a></li>\n", l.link(correction_path(week, c.correction)), l(Word::correction_of), c.correction, day_words(c.state.on, l.english));
  }
  if (items.empty()) return "";
  return fmt::format("<section class=\"panel warnings\" id=\"corrections\"><h2>▲ {}</h2>\n<ul class=\"links\">\n{}</ul></section>\n", l(Word::corrections), items);
}

std::string since_panel(const Visit& v, CivilDay week, Edition edition, const publish::Document& issued) {
  const auto& l = v.look;
  const auto now = compose_now({v.reader, v.centre(), v.viewer, v.context.names, *v.context.templates, week}, edition);
  if (!now) return "";
  const auto since = since_issued(issued, now->document);
  if (since.figures.empty() && since.parts.empty()) return "";
  std::string out = fmt::format("<section class=\"panel\" id=\"since\"><h2>{}</h2>\n<p class=\"small\">{}</p>\n", l(Word::since_issued), l(Word::since_note));
  if (!since.figures.empty()) out += "<ul class=\"links\">\n";
  for (const auto& f : since.figures)
    out += fmt::format("<li><a href=\"{}\"><span>{}</span><b>{} {} → {} {}</b></a></li>\n", l.link(figure_link(week, f.figure)), escape_markup(words_of(*find_figure(f.figure), l.english).name),
                       l(Word::printed), escape_markup(f.printed), l(Word::counted_now), escape_markup(f.now));
  if (!since.figures.empty()) out += "</ul>\n";
  if (!since.parts.empty()) out += fmt::format("<p class=\"small\">{}<span lang=\"zh-CN\">{}</span></p>\n", l(Word::since_parts), escape_markup(join(since.parts, "、")));
  return out + "</section>\n";
}

struct CorrectionAsked {
  CivilDay week;
  std::int32_t correction = 0;
  publish::Document document;
};
Result<CorrectionAsked> correction_asked(const Visit& v) {
  CorrectionAsked a;
  YI_TRY(a.week, week_of(v.request));
  const auto& text = v.request.path_parameters.at("correction");
  std::from_chars(text.data(), text.data() + text.size(), a.correction);
  auto paper = paper_of_correction(v.reader, v.centre(), v.viewer, v.engine.keys(), a.week, a.correction);
  if (!paper) return Refusal{"bulletin.unknown_correction", "没有这份更正。", "请从周报页面打开。", 404, ""};
  a.document = std::move(*paper);
  return a;
}

}  // namespace

std::string issued_panels(const Visit& v, CivilDay week, Edition edition, const std::optional<IssueState>& issue, const publish::Document& document) {
  const auto& l = v.look;
  if (!issue) return "";
  if (issue->stage != IssueStage::issued) return fmt::format("<section class=\"panel warnings\" role=\"note\"><p>▲ {}</p></section>\n", l(Word::draft_note));
  const auto& sm3 = edition == Edition::internal ? issue->internal_sm3 : issue->public_sm3;
  return fmt::format(
             "<section class=\"panel\" id=\"issued\"><h2>✓ {} · <span lang=\"zh-CN\">{}</span></h2>\n<p>{}</p>\n<p class=\"small\">{}<br><code class=\"break\">{}</code></p></section>\n",
             l(Word::issued_as), escape_markup(issue->number_words), day_words(issue->issued_on, l.english), l(Word::issued_text_hash), sm3) +
         corrections_panel(v, week, *issue) + since_panel(v, week, edition, document);
}

Result<http::Response> issued_list_page(const Visit& v) {
  const auto& l = v.look;
  const Snapshot snapshot(v.reader);
  Page page;
  page.title = l(Word::issued_list);
  std::string rows;
  for (const auto& e : issued_issues(v.reader, v.centre(), static_cast<int>(limits::kPageRows.value)))
    rows += fmt::format("<li><a href=\"{}\"><span lang=\"zh-CN\">{} {}</span><b>{}</b></a></li>\n", l.link(bulletin_path(e.week)), escape_markup(e.state.number_words), escape_markup(e.state.period),
                        day_words(e.state.issued_on, l.english));
  page.main = fmt::format("<a class=\"crumb\" href=\"{}\">← {}</a>\n<section class=\"panel\"><p class=\"eyebrow\" lang=\"zh-CN\">{}</p>\n<h1>{}</h1>\n", l.link("/week"), l(Word::back_home),
                          escape_markup(v.context.names.own_on(civil_day(v.engine.clock().now())).masthead), l(Word::issued_list));
  page.main += rows.empty() ? fmt::format("<p class=\"note\">{}</p>", l(Word::issued_none)) : "<ul class=\"links\">\n" + rows + "</ul>";
  page.main += "</section>\n";
  return page_reply(v, page);
}

Result<http::Response> correction_page(const Visit& v) {
  const Snapshot snapshot(v.reader);
  YI_TRY(const auto a, correction_asked(v));
  Page page;
  page.title = a.document.title;
  page.style = publish::paper_style();
  page.main = fmt::format("<a class=\"crumb\" href=\"{}\">← {}</a>\n<div class=\"sheet\">\n{}<aside class=\"beside\"><section class=\"panel\"><ul class=\"links\"><li><a href=\"{}\">{}</a></li></ul></section></aside></div>\n",
                          v.look.link(bulletin_path(a.week)), v.look(Word::back_issue), publish::to_html(a.document, {.elder = v.look.elder, .links = false, .link_base = ""}),
                          v.look.link(correction_path(a.week, a.correction) + "/pdf"), v.look(Word::as_pdf));
  return page_reply(v, page);
}

Result<http::Response> correction_pdf(const Visit& v) {
  const Snapshot snapshot(v.reader);
  YI_TRY(const auto a, correction_asked(v));
  publish::PdfOptions o;
  o.fonts = v.context.fonts;
  o.created = at(a.week, 9, 0);
  http::Response r;
  YI_TRY(r.body, publish::to_pdf(a.document, o));
  r.content_type = "application/pdf";
  r.headers = {{"content-disposition", fmt::format("inline; filename=\"bulletin-{}-correction-{}.pdf\"", to_iso(a.week), a.correction)}};
  return r;
}

}  // namespace yi::bulletin
