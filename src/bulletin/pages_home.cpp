// The home page: the latest week's figures, its bulletin, its departments, and the weeks before it.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "bulletin/pages.h"

namespace yi::bulletin {
namespace {

std::string bulletin_path(CivilDay week, std::string_view rest = "") {
  return "/bulletin/" + to_iso(week) + std::string(rest);
}

std::string cards(const Visit& v, const WeekFigures& w) {
  const auto& l = v.look;
  std::string out = "<div class=\"cards\">\n";
  for (Figure f : kFigures) {
    const auto* week = find_figure(figure_id(f, Reach::week));
    const auto* year = find_figure(figure_id(f, Reach::year));
    const auto words = words_of(*week, l.english), year_words = words_of(*year, l.english);
    const std::string name =
        l.english ? words.name.substr(0, words.name.find(" (")) : std::string(counted_figure(f).name);
    out += fmt::format(
        "<section class=\"card\"><h2>{}</h2>\n<p class=\"small\">{}</p>\n"
        "<p class=\"big\"><a href=\"{}\" title=\"{}\">{}</a><span class=\"unit\">{}</span></p>\n"
        "<p class=\"year\"><span>{}</span> <a href=\"{}\" title=\"{}\">{} {}</a></p></section>\n",
        escape_markup(name), l(Word::this_week), l.link(figure_link(w.from, week->id)), escape_markup(words.definition),
        grouped(of(w.week, f)), escape_markup(words.unit), l(Word::year_to_date), l.link(figure_link(w.from, year->id)),
        escape_markup(year_words.definition), grouped(of(w.year, f)), escape_markup(year_words.unit));
  }
  return out + "</div>\n<p class=\"small cards-note\">" + l(Word::figures_note) + "</p>\n";
}

Result<std::string> departments(const Visit& v, const WeekFigures& w) {
  const auto& l = v.look;
  std::map<std::string, Counts> by_code;
  for (Figure f : kFigures) {
    YI_TRY(const auto units, breakdown(v.reader, v.centre(), v.viewer, w.from, f, Reach::week));
    for (const auto& u : units) of(by_code[u.department.value], f) += u.n;
  }
  std::vector<std::pair<std::string, Counts>> rows(by_code.begin(), by_code.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    const auto weight = [](const Counts& c) { return of(c, Figure::accepted) + of(c, Figure::issued); };
    return weight(a.second) > weight(b.second);
  });
  std::string out = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table "
      "class=\"even\">\n<caption><b>{0}</b><span>{1} · {2}</span></caption>\n"
      "<thead><tr><th scope=\"col\">{3}</th>",
      l(Word::by_department), span_words(w.counted_from, w.to, l.english), l(Word::by_department_order),
      l(Word::department));
  for (Figure f : kFigures) {
    const auto words = words_of(*find_figure(figure_id(f, Reach::week)), l.english);
    const auto name = l.english ? words.name.substr(0, words.name.find(" (")) : std::string(counted_figure(f).name);
    out += fmt::format("<th scope=\"col\" class=\"number\">{}<span class=\"unit\">{}</span></th>", escape_markup(name),
                       escape_markup(words.unit));
  }
  out += "</tr></thead>\n<tbody>\n";
  const auto numbers = [&](const Counts& c) {
    std::string cells;
    for (Figure f : kFigures)
      cells += of(c, f) == 0 ? std::string("<td class=\"number none\">0</td>")
                             : fmt::format("<td class=\"number\">{}</td>", grouped(of(c, f)));
    return cells;
  };
  for (const auto& [code, counts] : rows)
    out += fmt::format("<tr><th scope=\"row\"{}>{}</th>{}</tr>\n", l.english ? " lang=\"zh-CN\"" : "",
                       escape_markup(department_name(v.context, {code})), numbers(counts));
  if (rows.empty()) out += fmt::format("<tr><td colspan=\"5\">{}</td></tr>\n", l(Word::nothing_counted));
  return out + fmt::format("</tbody>\n<tfoot><tr><th scope=\"row\">{}</th>{}</tr></tfoot>\n</table></div>\n",
                           l(Word::total), numbers(w.week));
}

std::string document_links(const Visit& v, CivilDay week, Edition edition) {
  const auto& l = v.look;
  const Look::Query query{{"edition", edition_name(edition)}};
  std::string out = "<ul class=\"links\">\n";
  const auto item = [&](std::string_view rest, Word word, const Look::Query& q) {
    out += fmt::format("<li><a href=\"{}\">{}</a></li>\n", l.link(bulletin_path(week, rest), q), l(word));
  };
  item("", Word::read, query);
  item("/text", Word::as_text, query);
  item("/pdf", Word::as_pdf, query);
  item("/pdf", Word::as_pdf_word, {{"edition", edition_name(edition)}, {"line_mode", "word"}});
  item("/docx", Word::as_docx, query);
  item("/ofd", Word::as_ofd, query);
  item("/xlsx", Word::as_xlsx, query);
  if (edition == Edition::internal)
    out +=
        fmt::format("<li><a href=\"{}#warnings\">{}</a></li>\n", l.link(bulletin_path(week), query), l(Word::warnings));
  return out + "</ul>\n";
}

std::string earlier_weeks(const Visit& v, const std::vector<Span>& weeks) {
  const auto& l = v.look;
  std::string out = fmt::format("<section class=\"panel\"><h2>{}</h2>\n", l(Word::earlier_weeks));
  if (weeks.size() < 2) return out + fmt::format("<p class=\"note\">{}</p></section>\n", l(Word::no_earlier));
  int open_year = 0;
  const int newest = weeks[1].to.year();
  for (std::size_t i = 1; i < weeks.size(); ++i) {
    const auto& w = weeks[i];
    if (w.to.year() != open_year) {
      if (open_year) out += open_year == newest ? "</ul>\n" : "</ul></details>\n";
      open_year = w.to.year();
      if (open_year != newest)
        out += "<details><summary>" + fmt::format(fmt::runtime(l(Word::earlier_weeks_of)), open_year) + "</summary>";
      out += "<ul class=\"links\">\n";
    }
    out += fmt::format("<li><a href=\"{}\">{}</a></li>\n", l.link(bulletin_path(w.from)),
                       span_words(w.from, w.to, l.english));
  }
  return out + (open_year == newest ? "</ul>" : "</ul></details>") + fmt::format("<p class=\"small\"><a href=\"{}\">{}</a></p></section>\n", l.link("/bulletins"), l(Word::issued_list));
}

// The month, quarter and year in which the latest week ends, as far as they have begun.
std::string other_periods(const Visit& v, CivilDay latest) {
  if (v.context.reports->all().empty()) return "";
  const auto day = std::min(latest, civil_day(v.engine.clock().now()));
  const auto month = to_iso(day).substr(0, 7);
  std::string out = fmt::format("<section class=\"panel\"><h2>{}</h2>\n<ul class=\"links\">\n", v.look(Word::other_periods));
  for (const auto& form : v.context.reports->all())
    for (const auto& length : form.lengths) {
      if (length.length == ReportLength::days) continue;
      auto period = parse_report_period(month).value();
      if (length.length == ReportLength::quarter) period = parse_report_period(fmt::format("{}-Q{}", day.year(), period.quarter())).value();
      if (length.length == ReportLength::year) period = parse_report_period(month.substr(0, 4)).value();
      out += fmt::format("<li><a href=\"{}\"><span lang=\"zh-CN\">{}</span> <b>{}</b></a></li>\n", v.look.link("/reports/" + form.code + "/" + to_text(period)), escape_markup(form.name), to_text(period));
    }
  return out + "</ul></section>\n";
}

Page empty_page(const Look& l) {
  return {l(Word::empty_title),
          fmt::format(
              "<section class=\"problem\"><h1>{}</h1>\n<p class=\"lead\">{}</p>\n<h2>{}</h2>\n<p>{}</p></section>\n",
              l(Word::empty_title), l(Word::empty_text), l(Word::next_step), l(Word::empty_next)),
          "", 200};
}

}  // namespace

Result<http::Response> home_page(const Visit& v) {
  const auto& l = v.look;
  const Snapshot snapshot(v.reader);
  // Every period is a row of one small view: forty years of weeks are as many as a list may hold.
  const auto weeks = latest_periods(v.reader, v.centre(), v.viewer, static_cast<int>(limits::kListItems.value));
  if (weeks.empty()) return page_reply(v, empty_page(l));
  const auto week = weeks.front().from;
  YI_TRY(const auto w, figures_of_week(v.reader, v.centre(), v.viewer, week));
  YI_TRY(const auto table, departments(v, w));

  Page page;
  page.title = span_words(w.from, w.to, l.english);
  // A narrow screen turns the line after the dash, never inside a day.
  const std::string dash = l.english ? "–" : "—";
  const auto heading = "<span class=\"narrow\">" +
                       replace_all(page.title, dash, dash + "</span><wbr><span class=\"narrow\">") + "</span>";
  page.main = fmt::format(
      "<div class=\"title\"><div><p class=\"eyebrow\"{}>{}</p>\n<h1>{}</h1></div>\n<p class=\"actions\"><a "
      "class=\"button primary\" href=\"{}\">{}</a></p></div>\n",
      l.english ? " lang=\"zh-CN\"" : "", escape_markup(v.context.names.own_on(w.to).masthead), heading, l.link(bulletin_path(week)),
      l(Word::the_bulletin_of_week));
  page.main += cards(v, w) + "<div class=\"columns\">\n<aside class=\"beside\">\n";
  page.main += fmt::format("<section class=\"panel\"><h2>{} · {}</h2>\n{}<p class=\"small\">{}</p></section>\n",
                           l(Word::the_bulletin), l(Word::public_edition), document_links(v, week, Edition::public_),
                           l(Word::sick_leave_note));
  if (v.viewer.may_see_internal_edition()) {
    page.main += fmt::format("<section class=\"panel\"><h2>{} · {}</h2>\n{}<p class=\"small\">{}</p></section>\n",
                             l(Word::the_bulletin), l(Word::internal_edition),
                             document_links(v, week, Edition::internal), l(Word::internal_note));
  }
  page.main += other_periods(v, weeks.front().to) + earlier_weeks(v, weeks) + "</aside>\n<div>" + table + "</div>\n</div>\n";
  return page_reply(v, page);
}

}  // namespace yi::bulletin
