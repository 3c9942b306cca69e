#pragma once
#include <functional>

#include "bulletin/commands.h"

namespace yi::bulletin {

enum class Reason {
  period_reversed, period_too_long, period_ahead, period_overlaps, period_before_last, period_before_opening,
  opening_balance_already_entered, opening_balance_late, opening_balance_not_zero, negative_figure, source_missing,
  unknown_week, unknown_department, text_missing, line_end_in_text, bad_rank, no_entries, pushed_missing,
  issuer_missing, receiver_missing, bad_copies, bad_number, bad_issue_day
};
Refusal refuse(Reason reason, std::string where = "");
// With those of phrases.
std::vector<std::string> refusal_codes();

// Whether the catalogue has the department; wired by app.
using KnownDepartment = std::function<bool(const DepartmentCode&)>;

inline constexpr int kLongestPeriodDays = 31;
inline constexpr int kLongestAheadDays = 31;   // how long before its first day a period may be set: what follows must lie after it
inline constexpr int kLatestIssueDays = 180;   // after a period's first day
inline constexpr std::int64_t kMostInAYear = 1'000'000'000;
inline constexpr std::size_t kMostEntries = 50;

struct Span {
  CivilDay from, to;  // both included
};

// What the rules of periods and balances see.
struct Periods {
  std::optional<Span> first, last;       // periods set so far
  std::optional<CivilDay> opening;       // of the balance entered, its `before`
};

Result<PeriodSet> decide(const SetPeriod& c, const Periods& periods, CivilDay today);
Result<OpeningBalanceEntered> decide(const EnterOpeningBalance& c, const Periods& periods);
// `week_is_set`: a period begins on c.week.
Result<NewsEntered> decide(const EnterNews& c, bool week_is_set, const KnownDepartment& known);
Result<SectionWritten> decide(const WriteSection& c, bool week_is_set);
Result<ImprintSet> decide(const SetImprint& c, bool week_is_set);

}  // namespace yi::bulletin
