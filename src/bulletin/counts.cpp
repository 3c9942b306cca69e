#include "bulletin/counts.h"

#include <algorithm>
#include <map>

#include "bulletin/week_views.h"

namespace yi::bulletin {
namespace {

Checked check(DaySpan d) {
  if (d.to < d.from) return Refusal{"bulletin.bad_span", "起始日在截止日之后。", "请把两个日期对调。", 422, "/from"};
  if (d.to - d.from >= kLongestSpanDays) return Refusal{"bulletin.bad_span", "统计的天数超过 4000 天。", "请缩短起止日期。", 422, "/from"};
  return Done{};
}

CivilDay day_at(const store::Cursor& c, int column) { return {static_cast<std::int32_t>(c.integer(column))}; }

CivilDay first_of_month(CivilDay d) { return CivilDay::of(d.year(), d.month(), 1); }

// Newest first.
std::vector<TrendPlace> places(store::Reader& reader, CentreCode centre, TrendBy by, int count, CivilDay today) {
  std::vector<TrendPlace> out;
  const auto full = [&] { return static_cast<int>(out.size()) >= count; };
  if (by == TrendBy::day) {
    for (CivilDay d = today; !full(); d = d - 1) out.push_back({{d, d}, {d, d}, {}, d < today});
    return out;
  }
  if (by == TrendBy::month) {
    for (CivilDay first = first_of_month(today); !full(); first = first_of_month(first - 1)) {
      const CivilDay last = first_of_month(first + 31) - 1;
      out.push_back({{first, last}, {first, std::min(last, today)}, {}, last < today});
    }
    return out;
  }
  const auto periods = latest_periods(reader, centre, identity::Viewer::anonymous(), count + 1);
  if (!periods.empty() && periods.front().to < today) {  // what has been counted since: the beginning of the next period
    const DaySpan since{periods.front().to + 1, today};
    out.push_back({since, since, {}, false});
  }
  for (std::size_t i = 0; i < periods.size() && !full(); ++i) {
    const auto& p = periods[i];
    if (p.from > today) continue;  // set ahead
    const auto before = period_before(reader, centre, p.from);
    out.push_back({{p.from, p.to}, {before ? before->to + 1 : p.from, std::min(p.to, today)}, p.from, p.to < today});
  }
  return out;
}

}  // namespace

std::optional<CivilDay> first_counted_day(store::Reader& reader, CentreCode centre) {
  std::optional<CivilDay> first;
  for (const Figure f : kFigures) {  // the key begins with the figure: four looks at one end, never a walk
    auto c = reader.select("SELECT day FROM bulletin_figure_day WHERE centre=$1 AND figure=$2 ORDER BY day LIMIT 1", {centre.value, json::enum_name(f)});
    if (c->next()) first = std::min(first.value_or(day_at(*c, 0)), day_at(*c, 0));
  }
  return first;
}

Result<SpanCounts> counts_of(store::Reader& reader, CentreCode centre, DaySpan days, std::span<const Figure> figures) {
  YI_CHECK(check(days));
  SpanCounts out;
  std::map<std::pair<std::string, std::string>, UnitCounts> units;
  for (const Figure f : figures) {
    auto c = reader.select(
        "SELECT department, window_code, SUM(n), SUM(reversed) FROM bulletin_figure_unit WHERE centre=$1 AND figure=$2 AND day>=$3 AND day<=$4 "
        "GROUP BY department, window_code",
        {centre.value, json::enum_name(f), days.from.days, days.to.days});
    while (c->next()) {
      auto& u = units[{std::string(c->bytes(0)), std::string(c->bytes(1))}];
      of(u.net, f) = c->integer(2) - c->integer(3);
      of(u.reversed, f) = c->integer(3);
      of(out.net, f) += c->integer(2) - c->integer(3);
      of(out.reversed, f) += c->integer(3);
    }
  }
  for (auto& [key, u] : units) {
    u.department.value = key.first;
    u.window.value = key.second;
    out.units.push_back(std::move(u));
  }
  out.counted_from = first_counted_day(reader, centre);
  out.position = reader.select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2", {centre.value, figure_unit_view().name})->next_integer();
  return out;
}

Result<EvidencePage> records_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const RecordsQuestion& q) {
  YI_CHECK(viewer.require(identity::Question::read_evidence));
  YI_CHECK(check(q.days));
  if (q.limit < 1 || q.limit > limits::kPageRows.value || q.after < 0)
    return Refusal{"bulletin.bad_page", limits::kPageRows.message, "请从第一页重新打开。", 422, "/limit"};
  EvidencePage page;
  const char* figure = json::enum_name(q.figure);
  std::int64_t first = 0, last = 0;
  {  // recording instants never go back within a centre, so the days are one range of the ledger
    auto c = reader.select("SELECT MIN(first_seq), MAX(last_seq) FROM bulletin_figure_day WHERE centre=$1 AND figure=$2 AND day>=$3 AND day<=$4",
                           {centre.value, figure, q.days.from.days, q.days.to.days});
    if (!c->next() || c->is_null(0)) return page;
    first = c->integer(0);
    last = c->integer(1);
  }
  store::Row parameters{centre.value, figure, std::max(first, q.after + 1), last, q.limit + 1};
  std::string of_unit;
  if (q.department) {
    parameters.emplace_back(q.department->value);
    of_unit = " AND department=$6";
    if (q.window) {
      parameters.emplace_back(q.window->value);
      of_unit += " AND window_code=$7";
    }
  }
  auto c = reader.select(
      "SELECT seq, stream, department, window_code, day, recorded_at, reverses FROM bulletin_counted "
      "WHERE centre=$1 AND figure=$2 AND seq>=$3 AND seq<=$4" + of_unit + " ORDER BY seq LIMIT $5", parameters);
  while (c->next()) {
    if (static_cast<int>(page.rows.size()) == q.limit) {
      page.next_after = page.rows.back().seq;
      break;
    }
    page.rows.push_back({c->integer(0), std::string(c->bytes(1)), {std::string(c->bytes(2))}, {std::string(c->bytes(3))}, day_at(*c, 4), {c->integer(5)}, c->integer(6)});
  }
  return page;
}

std::vector<TrendPlace> trend(store::Reader& reader, CentreCode centre, TrendBy by, int count, CivilDay today) {
  auto out = places(reader, centre, by, std::clamp(count, 1, kTrendPlaces), today);
  std::reverse(out.begin(), out.end());
  if (out.empty()) return out;
  const auto recorded_from = first_counted_day(reader, centre);
  for (auto& p : out) p.recorded = recorded_from && *recorded_from <= p.counted.to;
  for (const Figure f : kFigures) {
    auto c = reader.select("SELECT day, n, reversed FROM bulletin_figure_day WHERE centre=$1 AND figure=$2 AND day>=$3 AND day<=$4 ORDER BY day",
                           {centre.value, json::enum_name(f), out.front().counted.from.days, out.back().counted.to.days});
    std::size_t at = 0;
    while (c->next()) {
      const auto day = day_at(*c, 0);
      while (at < out.size() && out[at].counted.to < day) ++at;
      if (at < out.size() && out[at].counted.from <= day) of(out[at].net, f) += c->integer(1) - c->integer(2);
    }
  }
  return out;
}

}  // namespace yi::bulletin
