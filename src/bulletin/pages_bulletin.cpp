// The bulletin as a page, as text and as PDF.
#include <fmt/format.h>

#include "base/text.h"
#include "bulletin/compose.h"
#include "bulletin/issue_paper.h"
#include "bulletin/issued_panels.h"
#include "bulletin/pages.h"
#include "crypto/random.h"
#include "publish/html_writer.h"
#include "publish/pdf_writer.h"
#include "publish/text_writer.h"

namespace yi::bulletin {
namespace {

struct Edited {
  CivilDay week;
  Edition edition{};
  WeekMaterial material;
  publish::Document document;
  Templates words;
  std::optional<IssueState> issue;  // of a week on the bulletin desk
  Head head;
};

// The paper of the path's week in the query's edition; the caller holds the snapshot.
Result<Edited> edit(const Visit& v) {
  Edited e;
  YI_TRY(e.edition, edition_of(v.request, v.viewer));
  YI_TRY(e.week, week_of(v.request));
  YI_TRY(auto p, paper_of_week({v.reader, v.centre(), v.viewer, v.context.names, *v.context.templates, e.week}, v.engine.keys(), e.edition, v.viewer.may_see_internal_edition()));
  e.material = std::move(p.material);
  e.document = std::move(p.document);
  e.words = std::move(p.words);
  e.issue = std::move(p.issue);
  e.head = head_of(v.reader, v.centre());
  return e;
}

// The figures' links keep the reader's look; HTML escapes them again, so this one is bare.
void carry_look(publish::Document& d, const Look& look) {
  const std::string query = look.elder && look.english ? "?elder=1&lang=en"
                            : look.elder               ? "?elder=1"
                            : look.english             ? "?lang=en"
                                                       : "";
  for (auto& p : d.body)
    for (auto& r : p.runs)
      if (!r.link.empty()) r.link += query;
}

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

// As the paper's own words have it.
std::int64_t count_of(const WeekMaterial& m, const FigureInfo& info) {
  if (info.counted) return of(info.reach == Reach::week ? m.figures.week : m.figures.year, info.figure);
  std::int64_t listed = 0;
  if (m.list)
    for (const auto& c : m.list->categories) listed += c.count;
  const auto size = [](const auto& names) { return static_cast<std::int64_t>(names.size()); };
  return info.id == "plans_issued"   ? size(m.plans)
         : info.id == "guides_count" ? size(m.guides)
         : info.id == "plates_count" ? size(m.plates)
         : info.id == "chains_count" ? size(m.chains)
                                     : listed;
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

// The documents depend on the ledger, on how far the reports have followed it, and on this process's catalogue and
// templates: another process may bring other words for the same position.
std::string etag_of(const Visit& v, std::string_view kind, Edition edition, CivilDay week) {
  static const std::string process = crypto::random_token().substr(0, 8);
  auto c = v.reader.select("SELECT SUM(seq) FROM engine_followed WHERE centre=$1", {v.centre().value});
  return fmt::format("\"{}-{}-{}-{}-{}-{}\"", to_iso(week), kind, edition_name(edition), v.reader.head(v.centre()).seq,
                     c->next_integer(), process);
}

// RFC 6266 with RFC 8187 for the Chinese name; shown in the browser, saved under this name.
std::string disposition(const Visit& v, const Edited& e, std::string_view extension) {
  const bool internal = e.edition == Edition::internal;
  const std::string name = v.context.names.own_on(e.week + 6).masthead + "（" + to_iso(e.week) + "）" + (internal ? "内部版" : "公开版") +
                           "." + std::string(extension);
  std::string encoded;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    if ((u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || u == '-' || u == '.')
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", u);
  }
  return fmt::format("inline; filename=\"bulletin-{}-{}.{}\"; filename*=UTF-8''{}", to_iso(e.week),
                     edition_name(e.edition), extension, encoded);
}

// What is public may be kept by a browser that asks again each time; the internal edition is kept nowhere.
void add_caching(http::Response& r, Edition edition, const std::string& etag) {
  if (edition == Edition::internal) return;
  r.headers.emplace_back("etag", etag);
  r.headers.emplace_back("cache-control", "private, no-cache");
}

// A document, or 304 before any work is done.
template <class Write>
Result<http::Response> document_reply(const Visit& v, std::string_view kind, const char* content_type,
                                      std::string_view extension, Write write) {
  const Snapshot snapshot(v.reader);
  YI_TRY(const auto edition, edition_of(v.request, v.viewer));
  YI_TRY(const auto week, week_of(v.request));
  const auto etag = etag_of(v, kind, edition, week);
  http::Response r;
  if (edition == Edition::public_ && v.request.if_none_match == etag) {
    r.status = 304;
    add_caching(r, edition, etag);
    return r;
  }
  YI_TRY(const auto e, edit(v));
  YI_TRY(r.body, write(e));
  r.content_type = content_type;
  r.headers.emplace_back("content-disposition", disposition(v, e, extension));
  add_caching(r, edition, etag);
  return r;
}

}  // namespace

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
  page.main = fmt::format(
      "{}<div class=\"sheet\">\n{}{}</div>\n",
      framed ? "" : fmt::format("<a class=\"crumb\" href=\"{}\">← {}</a>\n", v.look.link("/week"), v.look(Word::back_home)),
      publish::to_html(e.document, {.elder = v.look.elder, .links = true, .link_base = ""}),
      framed ? "" : fmt::format("<aside class=\"beside\">\n{}{}</aside>\n", issued, beside(v, e, warnings)));
  auto r = page_reply(v, page);
  // The centre's page shows the paper itself beside its sources; no other site may put it into a frame.
  r.headers.emplace_back("content-security-policy",
                         "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
  return r;
}

Result<http::Response> bulletin_text(const Visit& v) {
  return document_reply(v, "text", "text/plain; charset=utf-8", "txt",
                        [](const Edited& e) -> Result<std::string> { return publish::to_text(e.document); });
}

Result<http::Response> bulletin_pdf(const Visit& v) {
  const auto mode = v.query("line_mode");
  if (!mode.empty() && mode != "grid" && mode != "word")
    return Refusal{"bulletin.bad_line_mode", "没有这种行式。", "行式为 grid（国标版式）或 word（Word 行式）。", 400,
                   "line_mode"};
  const bool word = mode == "word";
  return document_reply(v, word ? "pdf-word" : "pdf", "application/pdf", "pdf", [&](const Edited& e) {
    publish::PdfOptions options;
    options.line_mode = word ? publish::LineMode::word : publish::LineMode::grid;
    if (word && e.material.imprint)
      options.layout_hints.assign(e.material.imprint->layout_hints.begin(), e.material.imprint->layout_hints.end());
    options.fonts = v.context.fonts;
    options.created = e.head.recorded_at;
    return publish::to_pdf(e.document, options);
  });
}

}  // namespace yi::bulletin
