#pragma once
// Instants are UTC milliseconds; civil days are days at UTC+8, one offset, no daylight saving. Nothing outside this
// file and clock.cpp knows the offset, and nothing outside clock.cpp reads a clock.
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace yi {

inline constexpr std::int64_t kMsPerDay = 86'400'000;
inline constexpr std::int64_t kCivilOffsetMs = 8 * 3'600'000;

// A day of the civil calendar at UTC+8, counted from 1970-01-01 = 0. Range accepted from outside: 1900..2199.
struct CivilDay {
  std::int32_t days = 0;
  auto operator<=>(const CivilDay&) const = default;
  CivilDay operator+(int n) const { return {days + n}; }
  CivilDay operator-(int n) const { return {days - n}; }
  int operator-(CivilDay other) const { return days - other.days; }
  CivilDay& operator++() { ++days; return *this; }

  static CivilDay of(int year, unsigned month, unsigned day);  // must exist
  int year() const;
  unsigned month() const;     // 1..12
  unsigned day() const;       // 1..31
  int weekday() const;        // 1 = Monday .. 7 = Sunday
};

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
  Instant operator+(std::int64_t d) const { return {ms + d}; }
};

CivilDay civil_day(Instant t);
Instant start_of(CivilDay d);  // 00:00 at UTC+8
Instant at(CivilDay d, int hour, int minute, int second = 0, int ms = 0);
int minute_of_day(Instant t);  // 0..1439 at UTC+8

// "2024-06-17", exactly; a date that does not exist (2024-02-30) is refused with code "base.bad_date".
Result<CivilDay> parse_day(std::string_view iso);
std::string to_iso(CivilDay d);
// "2024-06-17T09:00:00.000+08:00" (milliseconds and offset optional, Z or +08:00); code "base.bad_instant".
Result<Instant> parse_instant(std::string_view iso);
std::string to_iso(Instant t);  // always with milliseconds and +08:00

// "2024年6月21日（周五）" and "2024年6月21日": no leading zeros.
std::string to_chinese(CivilDay d, bool with_weekday = false);

}  // namespace yi
