#pragma once
// Counted figures as views, and the questions about them. A fact counts on the civil day it was recorded. A wrong entry is
// reversed on the same day (casework.reversed), so figures are net: what was counted less what was reversed of it.
#include <optional>
#include <vector>

#include "bulletin/figure_table.h"
#include "engine/report.h"
#include "identity/viewer.h"

namespace yi::bulletin {

const store::View& figure_day_view();   // (centre, figure, day) → n, reversed, first and last fact
const store::View& figure_unit_view();  // (centre, figure, day, department, window) → n, reversed
const store::View& counted_view();      // (centre, figure, seq) → day, stream, department, window, instant, reverses
std::vector<std::unique_ptr<engine::Report>> figure_reports();

struct OpeningBalance {
  std::int64_t seq = 0;  // of its fact
  CivilDay before;
  Counts counts{};
  std::string source;
};

// The balance entered (期初数); nothing where none was.
std::optional<OpeningBalance> opening_balance(store::Reader& reader, CentreCode centre);

// The week's four figures and the year's.
struct WeekFigures {
  CivilDay from, to;              // the period as printed
  CivilDay counted_from;          // the week's count begins at 00:00 of this day and ends at 24:00 of `to`
  CivilDay year_from;             // first day whose facts count to the year
  Counts week{}, year{};          // net of reversals; `year` includes the opening balance
  Counts reversed_week{}, reversed_year{};  // what was subtracted
  std::optional<OpeningBalance> opening;  // only when it counts to this year
  std::int64_t position = 0;      // ledger position that the views had followed to
};

// The four figures of some days, both included, net of reversals.
Counts counts_of_days(store::Reader& reader, CentreCode centre, CivilDay first, CivilDay last);

// Refusal "bulletin.unknown_week" (404). Figures are public.
Result<WeekFigures> figures_of_week(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week);

struct UnitCount {
  DepartmentCode department;
  WindowCode window;          // empty: done at no window, and what the department has reversed
  std::int64_t n = 0;         // net; what was reversed stands, below zero, in the row without a window
  std::int64_t reversed = 0;
};
// One figure by department and window, in order of department and window; they add up to the count without the
// opening balance. Public, as the figures are.
Result<std::vector<UnitCount>> breakdown(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                         CivilDay week, Figure figure, Reach reach);

struct EvidenceRow {
  std::int64_t seq = 0;   // of the counted fact
  std::string stream;     // "case:…"
  DepartmentCode department;
  WindowCode window;
  CivilDay day;           // of the count
  Instant recorded_at;
  std::int64_t reverses = 0;  // of a reversal: the counted fact that it takes back; it counts −1
};
struct EvidencePage {
  std::vector<EvidenceRow> rows;
  std::int64_t next_after = 0;  // pass as `after` for the next page; 0: this was the last
};
// The counted facts and their reversals in order of the ledger, those after `after`; limit is 1..limits::kPageRows. Refusals:
// "bulletin.evidence_not_public" (403), "bulletin.unknown_week" (404), "bulletin.bad_page" (422).
Result<EvidencePage> evidence(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week,
                              Figure figure, Reach reach, std::int64_t after, int limit);

}  // namespace yi::bulletin
