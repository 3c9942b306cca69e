#pragma once
// Which days are working days (工作日). The State Council General Office publishes one notice a year: days off on top
// of Saturday and Sunday, and weekend days worked in exchange (调休). A region may add holidays of its own
// (全国年节及纪念日放假办法 §4: customary holidays of ethnic minorities are set by the local people's government).
//
// A Calendar is a pure value: no clock, no file after it was loaded, safe to share between threads that only read.
// A year whose notice is not published yet is provisional (暂定): weekends and the statutory days of the law, as
// calendar/provisional.h says; every answer tells whether it rests on such a year. A question about a day of a year that
// has neither notice nor lunar table is refused with code "calendar.year_missing".
#include <array>
#include <boost/describe.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace yi::calendar {

// Lengths of time in two units that never add up. Range of a limit: 1..limits::kDueDays.
struct WorkingDays {
  int value = 0;
  auto operator<=>(const WorkingDays&) const = default;
};
struct CalendarDays {
  int value = 0;
  auto operator<=>(const CalendarDays&) const = default;
};
inline WorkingDays operator+(WorkingDays a, WorkingDays b) { return {a.value + b.value}; }
inline CalendarDays operator+(CalendarDays a, CalendarDays b) { return {a.value + b.value}; }
inline CivilDay operator+(CivilDay d, CalendarDays n) { return d + n.value; }

// An enum and not a bool, because `if (calendar.kind(d))` on a Result<bool> would test the wrong thing.
enum class DayKind : std::uint8_t { rest, working };
BOOST_DESCRIBE_ENUM(DayKind, rest, working)

// Why a day is what it is, in Chinese: 工作日, 周末, 国庆节放假, 调休上班（国庆节）.
struct DayNote {
  CivilDay day;
  DayKind kind = DayKind::working;
  std::string reason;
  bool provisional = false;  // the year's notice is not published; it may make this day another kind
};
BOOST_DESCRIBE_STRUCT(DayNote, (), (day, kind, reason, provisional))

// The paper behind a year's days, for "how counted" and for the administrator's page.
struct Notice {
  std::string number;     // 国办发明电〔2023〕7号
  CivilDay issued;
  std::string title;
  bool verified = false;  // the notice was read in full; else its number or date is hearsay, the page says so
  bool provisional = false;  // not a year's notice but the law that stands in for it
};
BOOST_DESCRIBE_STRUCT(Notice, (), (number, issued, title, verified, provisional))

struct ListedDay {
  CivilDay day;
  int line = 0;  // of the file, from 1
  bool made_up = false;  // 补假 for a statutory day on a weekend
};
struct HolidayDays {
  std::string name;  // 国庆节、中秋节
  std::vector<ListedDay> off;     // weekdays off
  std::vector<ListedDay> worked;  // weekend days worked
};

// One file: a year of the whole country (region empty) or of one region. Not yet checked against the week.
struct YearFile {
  std::string file;  // for messages: "cn-2024.yaml"
  int year = 0;
  std::string region;  // "" or six digits, GB/T 2260
  std::vector<Notice> notices;
  std::vector<HolidayDays> holidays;
  bool provisional = false;  // made of the law, not read from a notice
};

// One day that is another kind in the new calendar.
struct ChangedDay {
  DayNote before, after;
};
BOOST_DESCRIBE_STRUCT(ChangedDay, (), (before, after))

// What a new notice, or a correction of a file, changes.
struct CalendarChange {
  std::vector<ChangedDay> days;      // of years that both calendars have, ascending
  std::vector<int> years_added;      // only in the new one
  std::vector<int> years_removed;    // only in the old one
  std::vector<int> years_confirmed;  // provisional before, by notice now, whether a day moved or not
  bool empty() const { return days.empty() && years_added.empty() && years_removed.empty() && years_confirmed.empty(); }
  // Whether an answer that counted the days first..last must be computed anew: a day of it changed kind, or a year of it
  // came, went or was confirmed. False means that the answer and its marks stand as they are.
  bool touches(CivilDay first, CivilDay last) const;
};
BOOST_DESCRIBE_STRUCT(CalendarChange, (), (days, years_added, years_removed, years_confirmed))

struct LunarTable;

class Calendar {
 public:
  // Reads cn-YYYY.yaml of `directory`, and of `directory`/regions the files of `region` (six digits, GB/T 2260) and
  // of the prefecture and the province above it; "" is the whole country. A region without files follows the
  // country. Where `directory` has lunar.yaml, its years without a notice are provisional.
  // Codes: calendar.bad_directory, calendar.bad_region, those of parse_year, parse_lunar and of().
  static Result<Calendar> load(const std::filesystem::path& directory, std::string_view region = {});

  // Lays the files over Monday-to-Friday weeks in their order: the country's before its regions'. Refuses, with code
  // calendar.bad_file, a day of another year, a day named twice, a day off that rests anyway, a worked day that is
  // no weekend or is worked anyway, two files of one year, a region's year without the country's.
  // With a lunar table its years from `from_year` on that have no file of the country become provisional; a region's
  // file may lie over such a year.
  static Result<Calendar> of(const std::vector<YearFile>& files, const LunarTable* lunar = nullptr);

  Result<DayKind> kind(CivilDay day) const;
  Result<DayNote> describe(CivilDay day) const;

  // The last of n working days; the day after `from` is the first that may count. n 0 gives `from` itself,
  // a negative n is refused (calendar.bad_days).
  Result<CivilDay> add_working_days(CivilDay from, WorkingDays n) const;

  // Working days after `from_exclusive` up to and with `to_inclusive`; 0 when the second is not later.
  Result<WorkingDays> count_working_days(CivilDay from_exclusive, CivilDay to_inclusive) const;

  // `on_or_after` itself when it is a working day, else the next one.
  Result<CivilDay> next_working_day(CivilDay on_or_after) const;

  bool covers(int year) const { return find(year) != nullptr; }
  // Covered, but by the law alone: the notice may still move days.
  bool provisional(int year) const;
  std::vector<int> years() const;
  std::vector<Notice> notices(int year) const;  // national first, then the regions'
  // Everything that an answer may depend on, one line a year: two calendars that say the same are equal in it. For a digest.
  std::string canonical_text() const;
  WorkingDays working_days_of(int year) const;  // 0 when the year is not covered

 private:
  struct Year {
    int year = 0;
    CivilDay first;
    int length = 0;                             // 365 or 366
    bool provisional = false;
    std::array<std::uint64_t, 6> bits{};        // bit d set: day first + d is worked
    std::array<std::uint16_t, 7> before{};      // working days before word w; [6] is the year's total
    std::vector<Notice> notices;
    std::vector<std::pair<int, std::string>> reasons;  // day of the year -> reason, sorted; only exceptions
    bool worked(int d) const { return bits[static_cast<std::size_t>(d) / 64] >> (d % 64) & 1; }
    int rank(int d) const;    // working days among the first d days of the year
    int select(int n) const;  // day of the year of the n-th working day, n from 1; must exist
  };
  const Year* find(int year) const;
  static Year plain_year(int year);
  static Checked lay(Year& y, const YearFile& file);
  std::vector<Year> years_;  // ascending; there may be gaps
};

// What is different in `now`; pure.
CalendarChange changes(const Calendar& before, const Calendar& now);

// Parses one file's text; `year` and `region` are what its name promises. Codes: those of base/yaml.h, and
// calendar.bad_file; `where` = "file:line".
Result<YearFile> parse_year(std::string_view text, const std::string& file_name, int year, const std::string& region);

}  // namespace yi::calendar
