// The bulletin as a page.
#include <fmt/format.h>

#include "base/text.h"
#include "bulletin/compose.h"
#include "bulletin/issued_panels.h"
#include "bulletin/lints.h"
#include "bulletin/pages_paper.h"
#include "publish/html_writer.h"

namespace yi::bulletin {
namespace {

std::string warnings_panel(const Visit& v, const std::vector<Warning>& warnings) {
  const auto& l = v.look;
  std::string out = fmt::format("<section class=\"panel warnings\" id=\"warnings\"><h2>{}（{}）</h2>\n",
                                l(Word::warnings), warnings.size());
  if (l.english) out = replace_all(std::move(out), "（", " ("), out = replace_all(std::move(out), "）", ")");
  if (warnings.empty())
    out += fmt::format("<p class=\"note\">{}</p>\n", l(Word::warnings_none));
  else
    out += "<ul>\n";
  for (const auto& w : warnings)
    out += fmt::format("<li lang=\"zh-CN\">▲ {}<span class=\"small\">{}</span></li>\n", escape_markup(w.sentence),
                       escape_markup(w.where));
  if (!warnings.empty()) out += "</ul>\n";
  return out + fmt::format("<p class=\"small\">{}</p></section>\n", l(Word::warnings_note));
}

std::string beside(const Visit& v, const Edited& e, const std::vector<Warning>& warnings) {
  const auto& l = v.look;
  const bool internal = e.edition == Edition::internal;
  const auto path = "/bulletin/" + to_iso(e.week);
  const Look::Query edition{{"edition", edition_name(e.edition)}};
  std::string out = fmt::format("<section class=\"panel\"><h2>{}</h2>\n<ul class=\"links\">\n",
                                l(internal ? Word::internal_edition : Word::public_edition));
  const auto item = [&](const std::string& href, Word word) {
    out += fmt::format("<li><a href=\"{}\">{}</a></li>\n", href, l(word));
  };
  item(l.link(path + "/text", edition), Word::as_text);
  item(l.link(path + "/pdf", edition), Word::as_pdf);
  item(l.link(path + "/pdf", {{"edition", edition_name(e.edition)}, {"line_mode", "word"}}), Word::as_pdf_word);
  item(l.link(path + "/docx", edition), Word::as_docx);
  item(l.link(path + "/ofd", edition), Word::as_ofd);
  item(l.link(path + "/xlsx", edition), Word::as_xlsx);
  if (v.viewer.may_see_internal_edition())
    item(l.link(path, {{"edition", internal ? "public" : "internal"}}),
         internal ? Word::public_edition : Word::internal_edition);
  out += fmt::format("</ul>\n<p class=\"small\">{}</p>\n<p class=\"small\">{}</p></section>\n",
                     l(internal ? Word::internal_note : Word::sick_leave_note), l(Word::print_hint));
  if (v.viewer.may_see_internal_edition()) out += warnings_panel(v, warnings);
  out += fmt::format("<section class=\"panel\"><h2>{}</h2>\n<ul class=\"links\">\n", l(Word::all_figures));
  for (const auto& info : figure_infos())
    out += fmt::format("<li><a href=\"{}\"><span>{}</span><b>{}</b></a></li>\n", l.link(figure_link(e.week, info.id)),
                       escape_markup(words_of(info, l.english).name), grouped(count_of(e.material, info)));
  return out + "</ul></section>\n";
}

}  // namespace

void carry_look(publish::Document& d, const Look& look) {
  const std::string query = look.elder && look.english ? "?elder=1&lang=en"
                            : look.elder               ? "?elder=1"
                            : look.english             ? "?lang=en"
                                                       : "";
  for (auto& p : d.body)
    for (auto& r : p.runs)
      if (!r.link.empty() && r.link[0] != '#') r.link += query;
}

Result<http::Response> bulletin_page(const Visit& v) {
  const Snapshot snapshot(v.reader);
  YI_TRY(auto e, edit(v));
  // Before the links change: the checks know figures by them.
  const auto warnings = v.viewer.may_see_internal_edition() ? lint(e.material, e.document, e.edition, e.words) : std::vector<Warning>{};
  const auto issued = issued_panels(v, e.week, e.edition, e.issue, e.document);
  carry_look(e.document, v.look);
  const bool framed = v.query("frame") == "1";
  Page page;
  page.title = e.document.title;
  page.style = publish::paper_style();
  page.framed = http::Framed::by_this_site;
  page.main = fmt::format(
      "{}<div class=\"sheet\">\n{}{}</div>\n",
      framed ? "" : fmt::format("<a class=\"crumb\" href=\"{}\">← {}</a>\n", v.look.link("/week"), v.look(Word::back_home)),
      publish::to_html(e.document, {.elder = v.look.elder, .links = true, .link_base = ""}),
      framed ? "" : fmt::format("<aside class=\"beside\">\n{}{}</aside>\n", issued, beside(v, e, warnings)));
  return page_reply(v, page);
}

}  // namespace yi::bulletin
