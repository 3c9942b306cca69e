#pragma once
// The figures over any days: of a day, a month, a period of the bulletin; by department and window, and the facts behind
// each. They count as the bulletin does (figure_views.h): by the day of recording, net of what was reversed that day.
#include <optional>
#include <span>
#include <vector>

#include "bulletin/figure_views.h"

namespace yi::bulletin {

// Ten years and some: a question over more days is a slip of the hand.
inline constexpr int kLongestSpanDays = 4'000;
// Both days included, at most kLongestSpanDays of them.
struct DaySpan {
  CivilDay from, to;
};

struct UnitCounts {
  DepartmentCode department;
  WindowCode window;  // empty: done at no window, and what the department has reversed
  Counts net{}, reversed{};
};
struct SpanCounts {
  Counts net{}, reversed{};
  std::vector<UnitCounts> units;        // in order of department and window; they add up to `net`
  std::optional<CivilDay> counted_from; // the first day on which anything was ever counted here
  std::int64_t position = 0;            // ledger position that the views had followed to
};
// Only the figures asked for are counted. Refusal "bulletin.bad_span" (422).
Result<SpanCounts> counts_of(store::Reader& reader, CentreCode centre, DaySpan days, std::span<const Figure> figures = kFigures);
// The first day on which one of the four figures was counted here: what was before is no zero.
std::optional<CivilDay> first_counted_day(store::Reader& reader, CentreCode centre);

// The counted facts of the days and their reversals, in order of the ledger, those after `after`; of one department, of one of its
// windows where `window` is given (empty text: at none). limit is 1..limits::kPageRows. Refusals "bulletin.bad_span" and
// "bulletin.bad_page" (422), "identity.not_allowed" (403).
struct RecordsQuestion {
  Figure figure{};
  DaySpan days;
  std::optional<DepartmentCode> department;
  std::optional<WindowCode> window;
  std::int64_t after = 0;
  int limit = 50;
};
Result<EvidencePage> records_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const RecordsQuestion& q);

// One place of a trend.
enum class TrendBy {
  day,     // 日
  period,  // 期: as the bulletin counts its weeks, and the days since the last one
  month,   // 月
};
BOOST_DESCRIBE_ENUM(TrendBy, day, period, month)
struct TrendPlace {
  DaySpan named;                 // as people call it: the period as set, the whole month
  DaySpan counted;               // the days that are counted
  std::optional<CivilDay> week;  // of a set period: its name
  bool complete = false;         // its last day is over
  bool recorded = false;         // the ledger was there on one of its days: else the counts say nothing
  Counts net{};
};
// The latest `count` places up to `today`, oldest first; 1..kTrendPlaces.
inline constexpr int kTrendPlaces = 60;
std::vector<TrendPlace> trend(store::Reader& reader, CentreCode centre, TrendBy by, int count, CivilDay today);

}  // namespace yi::bulletin
