#pragma once
// Counted figures as views, and the questions about them. A fact counts on the civil day it was recorded.
#include <optional>
#include <vector>

#include "bulletin/figure_table.h"
#include "engine/report.h"
#include "identity/viewer.h"

namespace yi::bulletin {

const store::View& figure_day_view();   // (centre, figure, day) → n, first and last fact
const store::View& figure_unit_view();  // (centre, figure, day, department, window) → n
const store::View& counted_view();      // (centre, figure, seq) → day, stream, department, window, instant
std::vector<std::unique_ptr<engine::Report>> figure_reports();

struct OpeningBalance {
  std::int64_t seq = 0;  // of its fact
  CivilDay before;
  Counts counts{};
  std::string source;
};

// The week's four figures and the year's.
struct WeekFigures {
  CivilDay from, to;              // the period as printed
  CivilDay counted_from;          // the week's count begins at 00:00 of this day and ends at 24:00 of `to`
  CivilDay year_from;             // first day whose facts count to the year
  Counts week{}, year{};          // `year` includes the opening balance
  std::optional<OpeningBalance> opening;  // only when it counts to this year
  std::int64_t position = 0;      // ledger position that the views had followed to
};

// Refusal "bulletin.unknown_week" (404). Figures are public.
Result<WeekFigures> figures_of_week(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week);

struct UnitCount {
  DepartmentCode department;
  WindowCode window;
  std::int64_t n = 0;
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
};
struct EvidencePage {
  std::vector<EvidenceRow> rows;
  std::int64_t next_after = 0;  // pass as `after` for the next page; 0: this was the last
};
// The counted facts in order of the ledger, those after `after`; limit is 1..limits::kPageRows. Refusals:
// "bulletin.evidence_not_public" (403), "bulletin.unknown_week" (404), "bulletin.bad_page" (422).
Result<EvidencePage> evidence(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week,
                              Figure figure, Reach reach, std::int64_t after, int limit);

}  // namespace yi::bulletin
