#include "bulletin/figure_sheets.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace yi::bulletin {
namespace {

using publish::Sheet;
using CellOfSheet = decltype(Sheet::rows)::value_type::value_type;

CellOfSheet number_or_word(const ReportMaterial& m, const Reading& r, std::int64_t n) {
  if (!r.recorded) return m.form.words.no_record;
  return n;
}
// A rate as a number that a spreadsheet can go on with; its parts stand beside it.
CellOfSheet rate_or_word(const ReportMaterial& m, const Reading& r) {
  if (!r.recorded || r.whole <= 0) return m.form.words.no_record;
  return static_cast<double>((2'000'000 * r.part + r.whole) / (2 * r.whole)) / 10'000;  // percent, four places
}
// A number again where it was printed as one; empty where the paper did not print it.
CellOfSheet printed_cell(const std::map<std::string, std::string>& printed, const std::string& id) {
  const auto it = printed.find(id);
  if (it == printed.end()) return {};
  std::int64_t n = 0;
  const auto& s = it->second;
  if (const auto r = std::from_chars(s.data(), s.data() + s.size(), n); r.ec == std::errc() && r.ptr == s.data() + s.size()) return n;
  return s;
}
std::string span_words(DaySpan d) { return to_iso(d.from) + " — " + to_iso(d.to); }
std::string remark(const Reading& r) {
  std::string out;
  if (r.recorded && r.partly_from) out += "自" + to_iso(*r.partly_from) + "起有记录。";
  if (r.opening) out += "含期初数" + std::to_string(r.opening) + "。";
  return out;
}

// Figures whose sections the public edition does not print are not in its table either.
std::set<std::string> printed(const ReportMaterial& m, Edition edition) {
  std::set<std::string> out, internal;
  const auto take = [&](const ReportSection& s, const std::string& id) { (s.internal ? internal : out).insert(id); };
  for (const auto& s : m.form.sections) {
    if (s.units) take(s, s.units->figure);
    for (const auto& sentence : s.sentences)
      for (const auto& slot : sentence.phrase.slots()) take(s, slot.substr(0, slot.find('.')));
  }
  if (edition == Edition::internal) out.insert(internal.begin(), internal.end());
  return out;
}

}  // namespace

std::vector<std::string> figures_in_paper(const ReportMaterial& m, Edition edition) {
  const auto in_paper = printed(m, edition);
  std::vector<std::string> out;
  for (const auto& f : m.figures)
    if (in_paper.contains(f.rule.id) || std::any_of(m.figures.begin(), m.figures.end(), [&](const auto& x) { return in_paper.contains(x.rule.id) && (x.rule.part == f.rule.id || x.rule.whole == f.rule.id); }))
      out.push_back(f.rule.id);
  return out;
}

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

Result<std::vector<Sheet>> week_sheets(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const WeekMaterial& m, const Names& names,
                                       const std::optional<std::map<std::string, std::string>>& printed) {
  Sheet figures{"数字", {"数据项", "单位", "数", "其中期初数", "已扣除冲正", "计数起", "计数止"}, {}};
  Sheet units{"分部门", {"部门", "窗口", "咨询（本周）", "受理（本周）", "颁发（本周）", "流转（本周）", "咨询（今年以来）", "受理（今年以来）", "颁发（今年以来）", "流转（今年以来）"}, {}};
  Sheet definitions{"定义", {"数据项", "单位", "怎样计", "范围"}, {}};
  if (printed) figures.columns.push_back("签发时印出");
  const auto& w = m.figures;
  for (const auto& info : figure_infos()) {
    definitions.rows.push_back({info.name, info.unit, info.definition, info.scope});
    if (!info.counted) {
      figures.rows.push_back({info.name, info.unit, count_of(m, info), {}, {}, {}, to_iso(w.to)});
      if (printed) figures.rows.back().push_back(printed_cell(*printed, info.id));
      continue;
    }
    const bool week = info.reach == Reach::week;
    CellOfSheet opening;
    if (!week && w.opening) opening = of(w.opening->counts, info.figure);
    figures.rows.push_back({info.name, info.unit, count_of(m, info), opening, of(week ? w.reversed_week : w.reversed_year, info.figure), to_iso(week ? w.counted_from : w.year_from), to_iso(w.to)});
    if (printed) figures.rows.back().push_back(printed_cell(*printed, info.id));
  }
  std::map<std::pair<std::string, std::string>, std::array<std::int64_t, 8>> rows;
  std::size_t column = 0;
  for (const auto reach : {Reach::week, Reach::year})
    for (const Figure f : kFigures) {
      YI_TRY(const auto parts, breakdown(reader, centre, viewer, w.from, f, reach));
      for (const auto& p : parts) rows[{p.department.value, p.window.value}][column] += p.n;
      ++column;
    }
  for (const auto& [unit, n] : rows) {
    auto& row = units.rows.emplace_back();
    row.emplace_back(unit.first.empty() ? "" : names.department({unit.first}).value_or(unit.first));
    row.emplace_back(unit.second);
    for (const auto v : n) row.emplace_back(v);
  }
  definitions.rows.push_back({"分部门", "", "今年以来的分部门数不含期初数；没有窗口代码的一行是不在窗口办理的和部门冲正的。", ""});
  return std::vector<Sheet>{std::move(figures), std::move(units), std::move(definitions)};
}

std::vector<Sheet> report_sheets(const ReportMaterial& m, Edition edition) {
  Sheet figures{"数字", {"数据项", "单位", "本期", "分子", "分母", "上期", "上期分子", "上期分母", "上年同期", "上年同期分子", "上年同期分母", "说明"}, {}};
  Sheet units{"分部门", {"数据项", "部门", "单位", "数"}, {}};
  Sheet definitions{"定义", {"数据项", "单位", "怎样计", "范围", "筛选", "本期", "上期", "上年同期"}, {}};
  const auto in_paper = figures_in_paper(m, edition);
  for (const auto& f : m.figures) {
    const auto& r = f.rule;
    if (std::find(in_paper.begin(), in_paper.end(), r.id) == in_paper.end()) continue;
    auto& row = figures.rows.emplace_back();
    row.emplace_back(r.name);
    row.emplace_back(r.unit);
    for (const auto* reading : {&f.now, &f.before, &f.year_before}) {
      row.push_back(r.is_rate() ? rate_or_word(m, *reading) : number_or_word(m, *reading, reading->value));
      row.push_back(r.is_rate() ? number_or_word(m, *reading, reading->part) : CellOfSheet());
      row.push_back(r.is_rate() ? number_or_word(m, *reading, reading->whole) : CellOfSheet());
    }
    row.emplace_back(remark(f.now));
    for (const auto& d : f.departments) units.rows.push_back({r.name, d.name.empty() ? "未分部门" : d.name, r.unit, d.count});
    definitions.rows.push_back({r.name, r.unit, r.definition, r.counts ? counted_figure(*r.counts).scope : "", filter_words(r), span_words(f.now.days), span_words(f.before.days), span_words(f.year_before.days)});
  }
  return {std::move(figures), std::move(units), std::move(definitions)};
}

}  // namespace yi::bulletin
