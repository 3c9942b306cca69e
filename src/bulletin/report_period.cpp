#include "bulletin/report_period.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace yi::bulletin {
namespace {

constexpr int kFirstYear = 1901, kLastYear = 2198;  // a year to each side of what a day may be

ReportPeriod months(ReportLength length, int year, int first_month, int count) {
  const auto from = CivilDay::of(year, static_cast<unsigned>(first_month), 1);
  const int after = first_month + count;
  const auto next = CivilDay::of(after > 12 ? year + 1 : year, static_cast<unsigned>(after > 12 ? after - 12 : after), 1);
  return {length, {from, next - 1}};
}

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

CivilDay a_year_earlier(CivilDay d, bool to_end_of_february) {
  const int year = d.year() - 1;
  const bool february = d.month() == 2 && d.day() >= 28;
  if (february && (d.day() == 29 || (to_end_of_february && !leap(d.year())))) return CivilDay::of(year, 2, leap(year) ? 29 : 28);
  return CivilDay::of(year, d.month(), d.day());
}

std::optional<int> number(std::string_view s) {
  int v = 0;
  const auto r = std::from_chars(s.data(), s.data() + s.size(), v);
  if (r.ec != std::errc() || r.ptr != s.data() + s.size() || s.empty() || s[0] == '-' || s[0] == '+') return std::nullopt;
  return v;
}

Refusal bad_period() {
  return {"bulletin.bad_period", "没有这样的统计期。", "统计期写作 2024-06（月）、2024-Q2（季）、2024（年）或 2024-06-03..2024-06-21（任意几日）。", 404, "period"};
}

}  // namespace

ReportPeriod ReportPeriod::before() const {
  const int year = days.from.year(), month = static_cast<int>(days.from.month());
  switch (length) {
    case ReportLength::month: return month == 1 ? months(length, year - 1, 12, 1) : months(length, year, month - 1, 1);
    case ReportLength::quarter: return month == 1 ? months(length, year - 1, 10, 3) : months(length, year, month - 3, 3);
    case ReportLength::year: return months(length, year - 1, 1, 12);
    case ReportLength::days: break;
  }
  const int n = days.to - days.from + 1;
  return {length, {days.from - n, days.to - n}};
}

ReportPeriod ReportPeriod::year_before() const {
  const int year = days.from.year() - 1, month = static_cast<int>(days.from.month());
  switch (length) {
    case ReportLength::month: return months(length, year, month, 1);
    case ReportLength::quarter: return months(length, year, month, 3);
    case ReportLength::year: return months(length, year, 1, 12);
    case ReportLength::days: break;
  }
  return {length, {a_year_earlier(days.from, false), a_year_earlier(days.to, true)}};
}

DaySpan ReportPeriod::first_days(int n) const { return {days.from, std::min(days.to, days.from + (n - 1))}; }

Result<ReportPeriod> parse_report_period(std::string_view text) {
  const auto in_years = [](std::optional<int> year) { return year && *year >= kFirstYear && *year <= kLastYear; };
  if (text.size() == 22 && text.substr(10, 2) == "..") {
    const auto from = parse_day(text.substr(0, 10)), to = parse_day(text.substr(12));
    if (!from || !to || !in_years(from->year()) || !in_years(to->year())) return bad_period();
    if (*to < *from) return Refusal{"bulletin.bad_span", "起始日在截止日之后。", "请把两个日期对调。", 422, "period"};
    if (*to - *from >= kLongestSpanDays) return Refusal{"bulletin.bad_span", "统计的天数超过 4000 天。", "请缩短起止日期。", 422, "period"};
    return ReportPeriod{ReportLength::days, {*from, *to}};
  }
  const auto year = number(text.substr(0, 4));
  if (text.size() < 4 || !in_years(year)) return bad_period();
  if (text.size() == 4) return months(ReportLength::year, *year, 1, 12);
  if (text.size() != 7 || text[4] != '-') return bad_period();
  if (text[5] == 'Q') {
    const int q = text[6] - '0';
    if (q < 1 || q > 4) return bad_period();
    return months(ReportLength::quarter, *year, 3 * q - 2, 3);
  }
  const auto month = number(text.substr(5));
  if (!month || *month < 1 || *month > 12) return bad_period();
  return months(ReportLength::month, *year, *month, 1);
}

std::string to_text(const ReportPeriod& p) {
  switch (p.length) {
    case ReportLength::month: return to_iso(p.days.from).substr(0, 7);
    case ReportLength::quarter: return fmt::format("{}-Q{}", p.days.from.year(), p.quarter());
    case ReportLength::year: return fmt::format("{}", p.days.from.year());
    case ReportLength::days: break;
  }
  return to_iso(p.days.from) + ".." + to_iso(p.days.to);
}

}  // namespace yi::bulletin
