#pragma once
// 统计期: a month, a quarter, a year or any days, and the two periods it is compared with.
#include <string>
#include <string_view>

#include "bulletin/counts.h"

namespace yi::bulletin {

enum class ReportLength { month, quarter, year, days };
BOOST_DESCRIBE_ENUM(ReportLength, month, quarter, year, days)

struct ReportPeriod {
  ReportLength length{};
  DaySpan days;
  // The month, quarter or year before it; of any days, as many days as directly precede them.
  ReportPeriod before() const;
  // The same a year earlier; 29 February becomes the 28th, and days that end with a February end with it there too.
  ReportPeriod year_before() const;
  // Its first `n` days, at most all: what a period that is not over is compared with.
  DaySpan first_days(int n) const;
  int quarter() const { return static_cast<int>(days.from.month() - 1) / 3 + 1; }
};

// "2024-06", "2024-Q2", "2024", "2024-06-03..2024-06-21", exactly. Refusals "bulletin.bad_period" (404: there is nothing at
// such an address), "bulletin.bad_span".
Result<ReportPeriod> parse_report_period(std::string_view text);
std::string to_text(const ReportPeriod& p);

}  // namespace yi::bulletin
