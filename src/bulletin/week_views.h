#pragma once
// What was entered for a week: periods, balance, news, sections, imprint.
#include <optional>
#include <vector>

#include "bulletin/events.h"
#include "bulletin/rules.h"
#include "engine/guard.h"
#include "engine/report.h"
#include "identity/viewer.h"

namespace yi::bulletin {

// What the rules see of periods and balance: keys "first", "last", "week:<day>", "opening", "imprint:<day>".
struct PeriodMark {
  Span span;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(span.from.days); r.emplace_back(span.to.days); }
  static PeriodMark from(const store::Row& r) {
    return {{{static_cast<std::int32_t>(r[2].i)}, {static_cast<std::int32_t>(r[3].i)}}};
  }
};
class PeriodGuard : public engine::GuardTable<std::string, PeriodMark> {
 public:
  std::vector<std::string_view> listens_to() const override { return {PeriodSet::kName, OpeningBalanceEntered::kName, ImprintSet::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  Periods periods();
  bool is_week(CivilDay week);
  std::optional<Span> period(CivilDay week);
  bool has_imprint(CivilDay week);
  // The weeks after `week` that have an imprint; of committed state.
  std::vector<CivilDay> imprints_after(CivilDay week);
};

// bulletin_period, bulletin_opening, bulletin_section, bulletin_imprint.
std::vector<std::unique_ptr<engine::Report>> week_reports();

// The period that begins on `week`, and the one before it.
std::optional<Span> find_period(store::Reader& reader, CentreCode centre, CivilDay week);
std::optional<Span> period_before(store::Reader& reader, CentreCode centre, CivilDay week);
// The latest periods, newest first, at most `limit`. Public.
std::vector<Span> latest_periods(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, int limit);

// The items that are taken, by rank, then by order of entry.
std::vector<NewsEntered> news_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week);
std::optional<SectionWritten> section_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                         CivilDay week, Section section);
std::optional<ImprintSet> imprint_of(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, CivilDay week);

}  // namespace yi::bulletin
