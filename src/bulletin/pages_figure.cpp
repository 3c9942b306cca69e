// A figure's evidence: what it counts, over which days, how many, where, and the records one by one.
#include "bulletin/pages_figure.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "bulletin/pages.h"
#include "enterprise/views.h"

namespace yi::bulletin {

Result<Evidence> evidence_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week,
                             std::string_view id, const Names& names) {
  Evidence e;
  e.info = find_figure(id);
  YI_TRY(e.week, figures_of_week(reader, centre, viewer, week));
  if (!e.info) return Refusal{"bulletin.unknown_figure", "没有这个数据项。", "请从周报里的数字点开。", 404, ""};
  e.to = e.week.to;
  if (e.info->counted) {
    e.from = e.info->reach == Reach::week ? e.week.counted_from : e.week.year_from;
    e.count = of(e.info->reach == Reach::week ? e.week.week : e.week.year, e.info->figure);
    YI_TRY(e.units, breakdown(reader, centre, viewer, week, e.info->figure, e.info->reach));
    for (const auto& u : e.units) e.in_ledger += u.n;
    e.reversed = of(e.info->reach == Reach::week ? e.week.reversed_week : e.week.reversed_year, e.info->figure);
    if (e.info->reach == Reach::year && e.week.opening) e.opening = of(e.week.opening->counts, e.info->figure);
    return e;
  }
  YI_TRY(e.facts, fact_evidence(reader, centre, viewer, week, id, names));
  e.count = static_cast<std::int64_t>(e.facts.size());
  if (id == "list_total") {  // its rows are categories; its count is their sum
    e.count = 0;
    if (const auto list = enterprise::list_as_of(reader, centre, viewer, e.to))
      for (const auto& c : list->fact.categories) e.count += c.count;
  }
  return e;
}

namespace {

constexpr int kRowsOfAPage = 50;

std::string when(Instant t) {
  auto s = to_iso(t).substr(0, 19);  // the wall clock of UTC+8
  s[10] = ' ';
  return s;
}

std::string described(const Visit& v, const Evidence& e) {
  const auto& l = v.look;
  const auto words = words_of(*e.info, l.english);
  std::string out = "<dl class=\"facts\">\n";
  const auto row = [&](Word name, const std::string& html) {
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", l(name), html);
  };
  row(Word::definition, escape_markup(words.definition));
  row(Word::scope, escape_markup(words.scope));
  if (e.info->counted) {
    row(Word::period_counted,
        fmt::format(fmt::runtime(l(Word::from_zero_to_24)), day_words(e.from, l.english), day_words(e.to, l.english)) +
            (e.opening ? std::string(l.english ? " " : "；") + l(Word::year_from_balance) : std::string()));
    if (e.info->reach == Reach::year) {
      if (e.opening) {
        row(Word::opening_balance, grouped(*e.opening));
        row(Word::opening_source, fmt::format("<span lang=\"zh-CN\">{}</span>", escape_markup(e.week.opening->source)));
        row(Word::counted_in_ledger, grouped(e.in_ledger));
      } else {
        row(Word::opening_balance, l(Word::opening_none));
      }
    }
    if (e.reversed) {
      row(Word::counted_gross, grouped(e.in_ledger + e.reversed));
      row(Word::counted_reversed, grouped(e.reversed));
    }
  }
  return out + "</dl>\n";
}

// Departments with their windows, the largest first.
std::string units_table(const Visit& v, const Evidence& e) {
  const auto& l = v.look;
  struct Department {
    std::string code;
    std::int64_t n = 0;
    std::vector<UnitCount> windows;
  };
  std::map<std::string, Department> by_code;
  for (const auto& u : e.units) {
    auto& d = by_code[u.department.value];
    d.code = u.department.value;
    d.n += u.n;
    d.windows.push_back(u);
  }
  std::vector<Department> rows;
  for (auto& [code, d] : by_code) rows.push_back(std::move(d));
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.n > b.n; });
  std::string out = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table "
      "class=\"stack\">\n<caption><b>{0}</b><span>{1}</span></caption>\n<thead><tr>"
      "<th scope=\"col\">{2}</th><th scope=\"col\">{3}</th><th scope=\"col\" "
      "class=\"number\">{4}</th></tr></thead>\n<tbody>\n",
      l(Word::by_window), span_words(e.from, e.to, l.english), l(Word::department), l(Word::window), l(Word::count));
  const char* chinese = l.english ? " lang=\"zh-CN\"" : "";
  for (const auto& d : rows) {
    std::string windows;
    for (const auto& w : d.windows)
      windows +=
          fmt::format("<span>{}<b>{}</b></span> ", escape_markup(window_name(v.context, w.window)), grouped(w.n));
    out += fmt::format(
        "<tr><th scope=\"row\"{0}>{1}</th><td class=\"windows wide\"{0}>{2}</td><td class=\"number "
        "last\">{3}</td></tr>\n",
        chinese, escape_markup(department_name(v.context, {d.code})), windows, grouped(d.n));
  }
  if (rows.empty()) out += fmt::format("<tr><td colspan=\"3\">{}</td></tr>\n", l(Word::nothing_counted));
  return out + fmt::format(
                   "</tbody>\n<tfoot><tr><th scope=\"row\">{}</th><td></td><td "
                   "class=\"number\">{}</td></tr></tfoot>\n</table></div>\n",
                   l(Word::total), grouped(e.in_ledger));
}

Result<std::string> records(const Visit& v, const Evidence& e) {
  const auto& l = v.look;
  std::string out = fmt::format("<section class=\"section\" id=\"records\"><h2>{}</h2>\n", l(Word::evidence_list));
  if (!v.viewer.may_see_personal())
    return out + fmt::format("<p class=\"note\">{}</p></section>\n", l(Word::evidence_private));
  std::int64_t after = 0;
  if (const auto text = v.query("after"); !text.empty()) {
    const auto r = std::from_chars(text.data(), text.data() + text.size(), after);
    if (r.ec != std::errc{} || r.ptr != text.data() + text.size()) after = -1;  // refused as any page that is not there
  }
  YI_TRY(const auto page,
         evidence(v.reader, v.centre(), v.viewer, e.week.from, e.info->figure, e.info->reach, after, kRowsOfAPage));
  const auto here = figure_link(e.week.from, e.info->id);
  out += fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table "
      "class=\"stack\">\n<caption><b>{1}</b><span>{2}</span></caption>\n<thead><tr>"
      "<th scope=\"col\" class=\"number\">{3}</th><th scope=\"col\">{4}</th><th scope=\"col\">{5}</th><th "
      "scope=\"col\">{6}</th><th scope=\"col\">{7}</th></tr></thead>\n<tbody>\n",
      l(Word::evidence_list), fmt::format(fmt::runtime(l(Word::shown_of)), page.rows.size(), grouped(e.in_ledger + 2 * e.reversed)),
      l(Word::evidence_rows), l(Word::ledger_row), l(Word::recorded_at), l(Word::record), l(Word::department),
      l(Word::window));
  for (const auto& r : page.rows)
    out += fmt::format(
        "<tr><td class=\"number\" data-head=\"{}\">{}</td><td class=\"narrow\">{}</td><td "
        "class=\"narrow\"><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
        l(Word::ledger_row), r.seq, when(r.recorded_at),
        escape_markup(r.stream) + (r.reverses ? fmt::format(" −1（{} {}）", l(Word::reverses), r.reverses) : std::string()),
        escape_markup(department_name(v.context, r.department)), escape_markup(window_name(v.context, r.window)));
  if (page.rows.empty()) out += fmt::format("<tr><td colspan=\"5\">{}</td></tr>\n", l(Word::nothing_counted));
  out += "</tbody></table></div>\n<p class=\"actions more\">";
  if (after > 0)
    out += fmt::format("<a class=\"button\" href=\"{}#records\">{}</a>", l.link(here), l(Word::first_page));
  if (page.next_after > 0)
    out += fmt::format("<a class=\"button\" rel=\"next\" href=\"{}#records\">{} →</a>",
                       l.link(here, {{"after", std::to_string(page.next_after)}}), l(Word::next_page));
  return out + "</p></section>\n";
}

std::string facts_table(const Visit& v, const Evidence& e) {
  const auto& l = v.look;
  std::string out = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table "
      "class=\"stack\">\n<caption><b>{0}</b><span>{1}</span></caption>\n<thead><tr>"
      "<th scope=\"col\" class=\"number\">{2}</th><th scope=\"col\">{3}</th><th scope=\"col\">{4}</th><th "
      "scope=\"col\">{5}</th><th scope=\"col\">{6}</th></tr></thead>\n<tbody lang=\"zh-CN\">\n",
      l(Word::facts_list), escape_markup(words_of(*e.info, l.english).scope), l(Word::ledger_row), l(Word::fact_date),
      l(Word::fact_name), l(Word::fact_source), l(Word::verification));
  for (const auto& f : e.facts)
    out += fmt::format(
        "<tr><td class=\"number\" data-head=\"{}\">{}</td><td class=\"narrow\">{}</td><td class=\"wide\">{}</td><td "
        "class=\"small wide\">{}</td><td>{}</td></tr>\n",
        l(Word::ledger_row), f.seq, day_words(f.on, l.english), escape_markup(f.name), escape_markup(f.source),
        f.verified ? std::string() : fmt::format("<span class=\"mark-amber\">{}</span>", l(Word::unverified)));
  if (e.facts.empty()) out += fmt::format("<tr><td colspan=\"5\">{}</td></tr>\n", l(Word::no_facts));
  return out + "</tbody></table></div>\n";
}

}  // namespace

Result<http::Response> figure_page(const Visit& v) {
  const auto& l = v.look;
  const Snapshot snapshot(v.reader);
  YI_TRY(const auto week, week_of(v.request));
  YI_TRY(const auto e,
         evidence_of(v.reader, v.centre(), v.viewer, week, v.request.path_parameters.at("figure"), v.context.names));
  const auto words = words_of(*e.info, l.english);
  Page page;
  page.title = words.name;
  page.main = fmt::format(
      "<a class=\"crumb\" href=\"{}\">← {}</a>\n<p class=\"eyebrow\">{}</p>\n<h1>{}</h1>\n"
      "<p class=\"count\">{}<span class=\"unit\">{}</span></p>\n",
      l.link("/bulletin/" + to_iso(week)), l(Word::the_bulletin_of_week), span_words(e.week.from, e.week.to, l.english),
      escape_markup(words.name), grouped(e.count), escape_markup(words.unit));
  page.main += described(v, e);
  if (!e.info->counted) {
    page.main += facts_table(v, e);
    return page_reply(v, page);
  }
  const auto* other = find_figure(figure_id(e.info->figure, e.info->reach == Reach::week ? Reach::year : Reach::week));
  page.main += units_table(v, e);
  page.main +=
      fmt::format("<p class=\"note other\">{}：<a class=\"crumb\" href=\"{}\">{}</a></p>\n", l(Word::other_reach),
                  l.link(figure_link(week, other->id)), escape_markup(words_of(*other, l.english).name));
  if (l.english) page.main = replace_all(std::move(page.main), "：<a class=\"crumb\"", ": <a class=\"crumb\"");
  YI_TRY(const auto list, records(v, e));
  page.main += list;
  return page_reply(v, page);
}

}  // namespace yi::bulletin
