#include "bulletin/figure_views.h"

#include <algorithm>

#include "bulletin/rules.h"
#include "bulletin/week_views.h"
#include "casework/case_state.h"
#include "casework/events.h"
#include "casework/house_events.h"
#include "hall/follow_up.h"

namespace yi::bulletin {
using store::Merge, store::Type;

const store::View& figure_day_view() {
  static const store::View v{"bulletin_figure_day", 3, store::ViewKind::report, 3,
                             {{"centre", Type::integer},
                              {"figure", Type::text},
                              {"day", Type::integer},
                              {"n", Type::integer, Merge::add},
                              {"reversed", Type::integer, Merge::add},
                              // Where a day's facts lie in the ledger, so that a page of evidence starts at once.
                              {"first_seq", Type::integer, Merge::keep},
                              {"last_seq", Type::integer}}};
  return v;
}

const store::View& figure_unit_view() {
  static const store::View v{"bulletin_figure_unit", 3, store::ViewKind::report, 5,
                             {{"centre", Type::integer},
                              {"figure", Type::text},
                              {"day", Type::integer},
                              {"department", Type::text},
                              {"window_code", Type::text},
                              {"n", Type::integer, Merge::add},
                              {"reversed", Type::integer, Merge::add}}};
  return v;
}

const store::View& counted_view() {
  static const store::View v{"bulletin_counted", 3, store::ViewKind::report, 3,
                             {{"centre", Type::integer},
                              {"figure", Type::text},
                              {"seq", Type::integer},
                              {"day", Type::integer},
                              {"stream", Type::text},
                              {"department", Type::text},
                              {"window_code", Type::text},
                              {"recorded_at", Type::integer},
                              {"reverses", Type::integer}}};
  return v;
}

namespace {
// Whether a fact of this name counts to the figure, by what it says.
bool counts_to(Figure figure, const engine::RecordedFact& fact) {
  switch (figure) {
    case Figure::closed:  // before acceptance a withdrawal ends no handling (退回办结)
      return fact.record.name != casework::Withdrawn::kName || fact.as<casework::Withdrawn>().closing == casework::Closing::voided;
    case Figure::evaluated_online: return fact.as<casework::Evaluated>().channel == casework::Channel::online;
    case Figure::bad_rating:
      return (fact.record.name == casework::Evaluated::kName ? fact.as<casework::Evaluated>().level : fact.as<casework::VisitEvaluated>().level) >= hall::kBadLevel;
    case Figure::overdue: return fact.as<casework::CardGiven>().explain_by.has_value();  // a limit of the handling, none of a step or a delivery
    default: return true;
  }
}
// Evaluations and cards are never taken back. Of a withdrawal it is where the case stands again that says whether it had been accepted.
bool counted_to(Figure figure, const casework::Reversed& r) {
  return figure != Figure::closed || r.fact_name != casework::Withdrawn::kName || (r.after.stage >= casework::Stage::accepted && r.after.stage <= casework::Stage::forwarded);
}

// What a fact does to a figure: it adds one, or takes back one that an earlier fact of the day has added.
struct Effect {
  const char* figure = "";
  std::int64_t reverses = 0;  // ledger position; 0: it adds one
};
// Calls `put` for each. None for a reversal of what no figure counts, and for what came with a case from elsewhere: another house did that work.
template <class Put>
void for_effects(const engine::RecordedFact& fact, Put put) {
  if (casework::origin_of(fact)) return;
  if (fact.record.name != casework::Reversed::kName) {
    for (const auto& f : counted_facts())
      if (f.fact == fact.record.name && counts_to(f.figure, fact)) put(Effect{json::enum_name(f.figure), 0});
    return;
  }
  const auto r = fact.as<casework::Reversed>();
  for (const auto& f : counted_facts())
    if (f.fact == std::string_view(r.fact_name) && counted_to(f.figure, r)) put(Effect{json::enum_name(f.figure), r.fact});
}

struct Unit {
  std::string department, window;
};
// Every counted fact has a department and, unless it was done at none, a window; a reversal has no window. The rest of its body is not this room's business.
Unit unit_of(const engine::RecordedFact& fact) {
  thread_local json::Parser parser;
  auto node = parser.parse(fact.record.body);
  if (!node) throw std::runtime_error("fact " + std::to_string(fact.seq) + " does not read");
  const auto text = [&](std::string_view key) {
    const auto n = node->find(key);
    return n && n->kind() == json::Kind::string ? std::string(n->string()) : std::string();
  };
  return {text("department"), text("window")};
}

// Facts that came with an import are work of the centre that recorded them, and counted there (docs/exchange.md).
class CountedReport : public engine::Report {
 public:
  std::vector<std::string_view> listens_to() const override {
    std::vector<std::string_view> names{casework::Reversed::kName};
    for (const auto& f : counted_facts())
      if (std::find(names.begin(), names.end(), f.fact) == names.end()) names.push_back(f.fact);
    return names;
  }
};

class FigureDayReport : public CountedReport {
 public:
  const store::View& view() const override { return figure_day_view(); }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override {
    for_effects(fact, [&](const Effect& e) {
      out.put({fact.centre.value, e.figure, civil_day(fact.record.recorded_at).days, e.reverses ? 0 : 1, e.reverses ? 1 : 0, fact.seq, fact.seq});
    });
  }
};

class FigureUnitReport : public CountedReport {
 public:
  const store::View& view() const override { return figure_unit_view(); }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override {
    for_effects(fact, [&, unit = std::optional<Unit>()](const Effect& e) mutable {
      if (!unit) unit = unit_of(fact);
      out.put({fact.centre.value, e.figure, civil_day(fact.record.recorded_at).days, unit->department, unit->window, e.reverses ? 0 : 1, e.reverses ? 1 : 0});
    });
  }
};

class CountedListReport : public CountedReport {
 public:
  const store::View& view() const override { return counted_view(); }
  void project(const engine::RecordedFact& fact, store::RowBuffer& out) const override {
    for_effects(fact, [&, unit = std::optional<Unit>()](const Effect& e) mutable {
      if (!unit) unit = unit_of(fact);
      out.put({fact.centre.value, e.figure, fact.seq, civil_day(fact.record.recorded_at).days, fact.record.stream, unit->department, unit->window,
               fact.record.recorded_at.ms, e.reverses});
    });
  }
};

// What was counted less what was reversed, and the second alone.
void count_between(store::Reader& reader, CentreCode centre, CivilDay first, CivilDay last, Counts& net, Counts& reversed) {
  for (Figure f : kFigures) {
    auto c = reader.select("SELECT SUM(n), SUM(reversed) FROM bulletin_figure_day WHERE centre=$1 AND figure=$2 AND day>=$3 AND day<=$4",
                           {centre.value, json::enum_name(f), first.days, last.days});
    const bool any = c->next() && !c->is_null(0);
    of(reversed, f) = any ? c->integer(1) : 0;
    of(net, f) = any ? c->integer(0) - c->integer(1) : 0;
  }
}

std::optional<OpeningBalance> read_opening(store::Reader& reader, CentreCode centre) {
  auto c = reader.select(
      "SELECT seq, before_day, consulted, accepted, issued, transferred, source FROM bulletin_opening WHERE centre=$1",
      {centre.value});
  if (!c->next()) return std::nullopt;
  return OpeningBalance{c->integer(0), {static_cast<std::int32_t>(c->integer(1))},
                        {c->integer(2), c->integer(3), c->integer(4), c->integer(5)}, std::string(c->bytes(6))};
}

// The days of a week's figures, without counting.
Result<WeekFigures> days_of(store::Reader& reader, CentreCode centre, CivilDay week) {
  const auto period = find_period(reader, centre, week);
  if (!period) return refuse(Reason::unknown_week);
  WeekFigures w;
  w.from = period->from;
  w.to = period->to;
  const auto before = period_before(reader, centre, week);
  w.counted_from = before ? before->to + 1 : w.from;
  w.year_from = CivilDay::of(w.to.year(), 1, 1);
  if (auto opening = read_opening(reader, centre)) {
    // In a week across 1 January the balance of the old year no longer counts.
    if (opening->before.year() == w.to.year()) {
      w.year_from = std::max(w.year_from, opening->before);
      w.opening = std::move(opening);
    }
  }
  return w;
}

struct Days {
  CivilDay first, last;
};
Days days_counted(const WeekFigures& w, Reach reach) {
  return {reach == Reach::week ? w.counted_from : w.year_from, w.to};
}
}  // namespace

std::vector<std::unique_ptr<engine::Report>> figure_reports() {
  std::vector<std::unique_ptr<engine::Report>> out;
  out.push_back(std::make_unique<FigureDayReport>());
  out.push_back(std::make_unique<FigureUnitReport>());
  out.push_back(std::make_unique<CountedListReport>());
  return out;
}

std::optional<OpeningBalance> opening_balance(store::Reader& reader, CentreCode centre) { return read_opening(reader, centre); }

Counts counts_of_days(store::Reader& reader, CentreCode centre, CivilDay first, CivilDay last) {
  Counts net{}, reversed{};
  count_between(reader, centre, first, last, net, reversed);
  return net;
}

Result<WeekFigures> figures_of_week(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay week) {
  YI_TRY(auto w, days_of(reader, centre, week));
  count_between(reader, centre, w.counted_from, w.to, w.week, w.reversed_week);
  count_between(reader, centre, w.year_from, w.to, w.year, w.reversed_year);
  if (w.opening)
    for (Figure f : kFigures) of(w.year, f) += of(w.opening->counts, f);
  auto c = reader.select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2",
                         {centre.value, figure_day_view().name});
  w.position = c->next_integer();
  return w;
}

Result<std::vector<UnitCount>> breakdown(store::Reader& reader, CentreCode centre, const identity::Viewer&, CivilDay week,
                                         Figure figure, Reach reach) {
  YI_TRY(const auto w, days_of(reader, centre, week));
  const auto d = days_counted(w, reach);
  auto c = reader.select(
      "SELECT department, window_code, SUM(n), SUM(reversed) FROM bulletin_figure_unit WHERE centre=$1 AND figure=$2 AND day>=$3 AND day<=$4 "
      "GROUP BY department, window_code ORDER BY department, window_code",
      {centre.value, json::enum_name(figure), d.first.days, d.last.days});
  std::vector<UnitCount> out;
  while (c->next()) out.push_back({{std::string(c->bytes(0))}, {std::string(c->bytes(1))}, c->integer(2) - c->integer(3), c->integer(3)});
  return out;
}

Result<EvidencePage> evidence(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week,
                              Figure figure, Reach reach, std::int64_t after, int limit) {
  if (!viewer.may_see_evidence())
    return Refusal{"bulletin.evidence_not_public", "办件清单不对公众开放。", "公众可以查看数字、定义和分部门的数量；工作人员请先登录。", 403, ""};
  if (limit < 1 || limit > limits::kPageRows.value || after < 0)
    return Refusal{"bulletin.bad_page", limits::kPageRows.message, "请从第一页重新打开。", 422, "/limit"};
  YI_TRY(const auto w, days_of(reader, centre, week));
  const auto d = days_counted(w, reach);
  EvidencePage page;
  std::int64_t first = 0, last = 0;
  {
    // Recording instants never go back within a centre, so the days are one range of the ledger.
    auto c = reader.select(
        "SELECT MIN(first_seq), MAX(last_seq) FROM bulletin_figure_day WHERE centre=$1 AND figure=$2 AND day>=$3 AND day<=$4",
        {centre.value, json::enum_name(figure), d.first.days, d.last.days});
    if (!c->next() || c->is_null(0)) return page;
    first = c->integer(0);
    last = c->integer(1);
  }
  auto c = reader.select(
      "SELECT seq, stream, department, window_code, day, recorded_at, reverses FROM bulletin_counted "
      "WHERE centre=$1 AND figure=$2 AND seq>=$3 AND seq<=$4 ORDER BY seq LIMIT $5",
      {centre.value, json::enum_name(figure), std::max(first, after + 1), last, limit + 1});
  while (c->next()) {
    if (static_cast<int>(page.rows.size()) == limit) {
      page.next_after = page.rows.back().seq;
      break;
    }
    page.rows.push_back({c->integer(0), std::string(c->bytes(1)), {std::string(c->bytes(2))}, {std::string(c->bytes(3))},
                         {static_cast<std::int32_t>(c->integer(4))}, {c->integer(5)}, c->integer(6)});
  }
  return page;
}

}  // namespace yi::bulletin
