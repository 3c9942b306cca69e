// A report of a period: its page with what each figure counts, and its files.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "bulletin/figure_sheets.h"
#include "bulletin/pages_paper.h"
#include "publish/html_writer.h"

namespace yi::bulletin {
namespace {

struct Reported {
  Edition edition{};
  ReportMaterial material;
  publish::Document document;
};

struct Asked {
  const ReportTemplate* form = nullptr;
  ReportPeriod period;
  Edition edition{};
  CivilDay today;
};
Result<Asked> asked(const Visit& v) {
  Asked a;
  YI_TRY(a.edition, edition_of(v.request, v.viewer));
  YI_TRY(a.form, v.context.reports->get(v.request.path_parameters.at("template")));
  YI_TRY(a.period, parse_report_period(v.request.path_parameters.at("period")));
  a.today = civil_day(v.engine.clock().now());
  return a;
}

// The caller holds the snapshot.
Result<Reported> report(const Visit& v, const Asked& a) {
  Reported r;
  r.edition = a.edition;
  YI_TRY(r.material, gather_report(v.reader, v.centre(), v.viewer, a.edition, *a.form, a.period, a.today, v.context.names));
  r.document = compose_report(r.material, a.edition);
  return r;
}

std::string path_of(const Asked& a, const ReportPeriod& p) { return "/reports/" + a.form->code + "/" + to_text(p); }

std::string files_panel(const Visit& v, const Asked& a, const ReportMaterial& m) {
  const auto& l = v.look;
  const bool internal = a.edition == Edition::internal;
  const auto path = path_of(a, a.period);
  const Look::Query edition{{"edition", edition_name(a.edition)}};
  std::string out = fmt::format("<section class=\"panel\"><h2>{}</h2>\n<ul class=\"links\">\n", l(internal ? Word::internal_edition : Word::public_edition));
  const auto item = [&](const std::string& href, const std::string& words) { out += fmt::format("<li><a href=\"{}\">{}</a></li>\n", href, words); };
  for (const auto& [kind, word] : {std::pair{"/text", Word::as_text}, {"/pdf", Word::as_pdf}, {"/docx", Word::as_docx}, {"/ofd", Word::as_ofd}, {"/xlsx", Word::as_xlsx}}) item(l.link(path + kind, edition), l(word));
  if (v.viewer.may_see_internal_edition()) item(l.link(path, {{"edition", internal ? "public" : "internal"}}), l(internal ? Word::public_edition : Word::internal_edition));
  out += "</ul>\n<ul class=\"links\">\n";
  const ReportPeriod before = a.period.before(), year_before = a.period.year_before();
  // Not into the time before the ledger: there is nothing, and no end to it.
  const auto recorded = [&](Reading ReportFigure::*then) { return std::any_of(m.figures.begin(), m.figures.end(), [&](const auto& f) { return (f.*then).recorded; }); };
  if (recorded(&ReportFigure::before)) item(l.link(path_of(a, before), edition), fmt::format("← {}<b>{}</b>", l(Word::report_period_before), to_text(before)));
  if (to_text(before) != to_text(year_before) && recorded(&ReportFigure::year_before)) item(l.link(path_of(a, year_before), edition), fmt::format("← {}<b>{}</b>", l(Word::report_year_before), to_text(year_before)));
  return out + fmt::format("</ul>\n<p class=\"small\">{}</p></section>\n", l(Word::print_hint));
}

// Anchors that the paper's figures lead to.
std::string figures_panel(const Visit& v, const Reported& r) {
  const auto& l = v.look;
  const auto& m = r.material;
  const auto days = [&](const Reading& x) { return span_words(x.days.from, x.days.to, l.english); };
  std::string out = fmt::format("<section class=\"section\"><h2>{}</h2>\n", l(Word::report_figures));
  for (const auto& id : figures_in_paper(m, r.edition)) {
    const auto& f = *std::find_if(m.figures.begin(), m.figures.end(), [&](const auto& x) { return x.rule.id == id; });
    out += fmt::format("<section class=\"panel\" id=\"figure-{}\" lang=\"zh-CN\"><h3>{}</h3>\n<dl class=\"facts\">\n", id, escape_markup(f.rule.name));
    const auto row = [&](Word word, const std::string& words, const std::string& note = {}) {
      if (words.empty()) return;
      out += fmt::format("<dt>{}</dt><dd>{}{}</dd>\n", l(word), escape_markup(words), note.empty() ? "" : fmt::format(" <span class=\"small\">{}</span>", escape_markup(note)));
    };
    row(Word::definition, f.rule.definition);
    if (f.rule.counts) row(Word::scope, counted_figure(*f.rule.counts).scope);
    row(Word::report_filter, filter_words(f.rule));
    row(Word::report_now, said(m, f.rule, f.now), days(f.now));
    row(Word::report_period_before, said(m, f.rule, f.before), days(f.before));
    row(Word::report_year_before, said(m, f.rule, f.year_before), days(f.year_before));
    if (f.now.opening) row(Word::opening_balance, grouped(f.now.opening));
    out += "</dl>\n";
    if (!f.departments.empty()) {
      out += fmt::format("<details><summary>{}</summary><ul class=\"links\">\n", l(Word::report_departments));
      for (const auto& d : f.departments) out += fmt::format("<li><span>{}</span> <b>{}</b></li>\n", escape_markup(d.name.empty() ? "未分部门" : d.name), grouped(d.count));
      out += "</ul></details>\n";
    }
    if (f.rule.counts && v.viewer.may_see_evidence() && f.now.recorded)
      out += fmt::format("<p><a href=\"/desk/centre/figures?from={}&amp;to={}&amp;figure={}\">{}</a></p>\n", to_iso(f.now.days.from), to_iso(f.now.days.to), json::enum_name(*f.rule.counts), l(Word::report_records));
    out += "</section>\n";
  }
  return out + "</section>\n";
}

}  // namespace

Result<http::Response> report_page(const Visit& v) {
  const Snapshot snapshot(v.reader);
  YI_TRY(const auto a, asked(v));
  YI_TRY(auto r, report(v, a));
  const bool framed = v.query("frame") == "1";
  Page page;
  page.title = r.document.title;
  page.style = publish::paper_style();
  page.framed = http::Framed::by_this_site;
  page.main = fmt::format("{}<div class=\"sheet\">\n{}{}</div>\n{}", framed ? "" : fmt::format("<a class=\"crumb\" href=\"{}\">← {}</a>\n", v.look.link("/week"), v.look(Word::back_home)),
                          publish::to_html(r.document, {.elder = v.look.elder, .links = !framed, .link_base = ""}), framed ? "" : fmt::format("<aside class=\"beside\">\n{}</aside>\n", files_panel(v, a, r.material)),
                          framed ? "" : figures_panel(v, r));
  return page_reply(v, page);
}

Result<http::Response> report_file(const Visit& v, PaperFormat format) {
  const Snapshot snapshot(v.reader);
  PaperOptions options;
  YI_TRY(options.line_mode, line_mode_of(v));
  YI_TRY(const auto a, asked(v));
  const auto& info = info_of(format);
  const auto what = fmt::format("{}-{}-{}-{}{}", a.form->code, to_text(a.period), to_iso(a.today), info.name, options.line_mode == publish::LineMode::word ? "-word" : "");
  return file_reply(v, a.edition, info, etag_of(v, what, a.edition), [&]() -> Result<File> {
    YI_TRY(const auto r, report(v, a));
    options.fonts = v.context.fonts;
    options.created = head_of(v.reader, v.centre()).recorded_at;
    YI_TRY(auto bytes, print_paper(r.document, report_sheets(r.material, a.edition), format, options));
    return File{{a.form->code + "-" + to_text(a.period), a.form->name + "（" + to_text(a.period) + "）"}, std::move(bytes)};
  });
}

}  // namespace yi::bulletin
