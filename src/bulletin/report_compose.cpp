// A report's sentences.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "bulletin/report_material.h"

namespace yi::bulletin {
namespace {

Runs plain(std::string_view s) {
  Runs r;
  r.text(s);
  return r;
}

// Tenths of a percent, half up.
std::int64_t permille(std::int64_t part, std::int64_t whole) { return (2 * 1'000 * part + whole) / (2 * whole); }
std::string tenths(std::int64_t n) { return fmt::format("{}.{}", n / 10, n % 10); }
std::string short_day(CivilDay d) { return fmt::format("{}月{}日", d.month(), d.day()); }

std::string filled(const Phrase& p, const std::vector<std::pair<std::string_view, std::string>>& values) {
  return p.expand([&](std::string_view slot) {
            for (const auto& [name, value] : values)
              if (name == slot) return plain(value);
            return plain("");
          })
      .plain();
}

class ReportComposer {
 public:
  ReportComposer(const ReportMaterial& m, Edition edition) : m_(m), words_(m.form.words), edition_(edition) {}

  publish::Document compose() {
    publish::Document d;
    d.masthead = {m_.form.masthead, ""};
    d.period = "（" + period() + (m_.complete ? "" : "，" + so_far()) + "）";
    d.issuer = m_.issuer;
    d.date = filled(m_.form.date, {{"year", std::to_string(m_.as_of.year())}, {"month", std::to_string(m_.as_of.month())}, {"day", std::to_string(m_.as_of.day())}});
    d.title = m_.form.name + d.period;
    d.ledger_head = m_.ledger_head;
    int headings = 0;
    for (const auto& s : m_.form.sections) {
      if (s.internal && edition_ == Edition::public_) continue;
      auto paragraphs = paragraphs_of(s);
      if (paragraphs.empty()) continue;
      d.body.push_back({publish::Paragraph::Kind::heading, {{chinese_number(++headings) + "、" + s.title, "", ""}}});
      for (auto& p : paragraphs) d.body.push_back({publish::Paragraph::Kind::body, std::move(p).take()});
    }
    d.imprint = {m_.form.imprint, m_.form.copies};
    return d;
  }

 private:
  const ReportFigure& figure(std::string_view id) const {
    return *std::find_if(m_.figures.begin(), m_.figures.end(), [&](const auto& f) { return f.rule.id == id; });
  }

  std::string period() const {
    const auto& p = m_.period;
    return filled(m_.length.period, {{"year", std::to_string(p.days.from.year())}, {"month", std::to_string(p.days.from.month())}, {"quarter", chinese_number(p.quarter())},
                                     {"from", to_chinese(p.days.from)}, {"to", to_chinese(p.days.to)}});
  }
  std::string so_far() const { return filled(words_.so_far, {{"day", short_day(m_.as_of)}}); }

  std::vector<Runs> paragraphs_of(const ReportSection& s) const {
    std::vector<Runs> out;
    for (const auto& sentence : s.sentences) {
      if (!std::all_of(sentence.needs.begin(), sentence.needs.end(), [&](const auto& id) { return kept(figure(id)); })) continue;
      out.push_back(sentence.phrase.expand([&](std::string_view slot) { return fill(slot); }));
    }
    if (s.units) out.push_back(units(*s.units));
    if (s.news) news(*s.news, out);
    return out;
  }
  // A figure of windows or departments that this centre has not is none that it keeps.
  static bool kept(const ReportFigure& f) {
    return f.now.recorded && (!f.rule.counts || (f.rule.windows.empty() && f.rule.departments.empty()) || f.now.value != 0 || f.before.value != 0 || f.year_before.value != 0);
  }

  Runs fill(std::string_view slot) const {
    if (slot == "period") return plain(period());
    if (slot == "so_far") return plain(m_.complete ? "" : so_far());
    if (slot == "hall") return plain(m_.hall);
    const auto dot = slot.find('.');
    const auto& f = figure(slot.substr(0, dot));
    const auto what = dot == slot.npos ? std::string_view() : slot.substr(dot + 1);
    Runs r;
    if (what.empty()) r.figure(run(f, said(m_, f.rule, f.now)));
    else if (what == "before") r.figure(run(f, said(m_, f.rule, f.before)));
    else if (what == "year_before") r.figure(run(f, said(m_, f.rule, f.year_before)));
    else r.text(what == "than_before" ? compared(f, f.before, m_.length.before) : compared(f, f.year_before, m_.length.year_before));
    return r;
  }
  static publish::Run run(const ReportFigure& f, std::string words) { return {std::move(words), "#figure-" + f.rule.id, f.rule.definition}; }

  std::string compared(const ReportFigure& f, const Reading& other, const std::string& name) const {
    const auto then = m_.as_of == m_.period.days.to ? name : filled(words_.cut, {{"then", name}});
    const auto value = said(m_, f.rule, other);
    const bool whole = f.now.recorded && other.recorded && !f.now.partly_from && !other.partly_from;
    if (!whole || (f.rule.is_rate() && (f.now.whole <= 0 || other.whole <= 0))) return filled(words_.no_comparison, {{"then", then}, {"value", value}});
    if (f.rule.is_rate()) {
      const auto points = permille(f.now.part, f.now.whole) - permille(other.part, other.whole);
      const auto& phrase = points > 0 ? words_.points_more : points < 0 ? words_.points_less : words_.points_same;
      return filled(phrase, {{"then", then}, {"points", tenths(std::abs(points))}, {"value", value}});
    }
    const auto change = f.now.value - other.value;
    if (change == 0) return filled(words_.same, {{"then", then}, {"value", value}});
    if (other.value <= 0) return filled(words_.from_none, {{"then", then}, {"value", value}});
    return filled(change > 0 ? words_.more : words_.less, {{"then", then}, {"percent", tenths(permille(std::abs(change), other.value)) + "%"}, {"value", value}});
  }

  Runs units(const ReportSection::Units& u) const {
    const auto& f = figure(u.figure);
    if (!f.now.recorded || f.departments.empty())
      return u.none.expand([&](std::string_view) { return plain(period()); });
    Runs out = u.lead.expand([&](std::string_view slot) {
      Runs r;
      if (slot == "total") r.figure(run(f, said(m_, f.rule, f.now)));
      else r.text(period());
      return r;
    });
    std::vector<std::string> items;
    for (const auto& d : f.departments) items.push_back(filled(u.item, {{"unit", d.name.empty() ? "未分部门" : d.name}, {"count", std::to_string(d.count)}}));
    out.text(join(items, u.separator) + "。");
    return out;
  }

  void news(const ReportSection::News& n, std::vector<Runs>& out) const {
    std::vector<Runs> items;
    for (const auto& x : m_.news) {
      if (!x.department.empty()) items.push_back(plain(filled(n.item, {{"department", x.department}, {"text", x.text}})));
      else if (!x.on) items.push_back(plain(x.text));
      else items.push_back(plain(filled(n.own, {{"month", std::to_string(x.on->month())}, {"day", std::to_string(x.on->day())}, {"text", x.text}})));
    }
    int number = 0;
    for (auto& item : items) {
      Runs r = plain(items.size() > 1 ? "（" + (++number < 100 ? chinese_number(number) : std::to_string(number)) + "）" : "");
      r.add(item);
      out.push_back(std::move(r));
    }
  }

  const ReportMaterial& m_;
  const ReportWords& words_;
  Edition edition_;
};

}  // namespace

std::string said(const ReportMaterial& m, const FigureRule& rule, const Reading& r) {
  const auto& w = m.form.words;
  if (!r.recorded) return w.no_record;
  std::string value;
  if (!rule.is_rate()) value = std::to_string(r.value) + rule.unit;
  else if (r.whole <= 0) value = filled(w.no_whole, {{"whole", std::to_string(r.whole)}});
  else value = filled(w.rate, {{"percent", tenths(permille(r.part, r.whole)) + "%"}, {"part", std::to_string(r.part)}, {"whole", std::to_string(r.whole)}});
  return r.partly_from ? filled(w.partly, {{"value", value}, {"day", short_day(*r.partly_from)}}) : value;
}

publish::Document compose_report(const ReportMaterial& m, Edition edition) { return ReportComposer(m, edition).compose(); }

}  // namespace yi::bulletin
