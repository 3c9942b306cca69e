#pragma once
// The statutory clock: when a limit ends, and why, day by day. Pure: a calendar and a question give an answer; nothing
// is read, nothing is remembered. docs/clock.md explains the rules to a lawyer, with the certainty of each:
//
//   民法典 §201      the day of the event is not counted; the next day is day 1 (policy CountFrom).
//   行政许可法 §82   limits of the authority are working days; weekends and holidays off are not counted.
//   行政许可法 §45   days inside a pause, both ends included, are not counted; cited for its eight reasons alone.
//   行政许可法 §42   an extension adds days to the same clock.
//   民法典 §203      in calendar days, a last day that is a day of rest moves on to the next working day.
//
// The defaults of `basis` are the articles for permits; other kinds of matter write their own. A pause's own basis comes
// first; else §45 is cited where the reason is one of its eight, and nothing where it is not.
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "calendar/calendar.h"

namespace yi::calendar {

namespace article {
inline constexpr const char* kEventDay = "民法典第二百零一条";
inline constexpr const char* kPostponed = "民法典第二百零三条";
inline constexpr const char* kExtension = "行政许可法第四十二条";
inline constexpr const char* kPause = "行政许可法第四十五条";
inline constexpr const char* kWorkingDays = "行政许可法第八十二条";
}  // namespace article

enum class Unit { working, calendar };
BOOST_DESCRIBE_ENUM(Unit, working, calendar)

// The Permit Law says "from the day of acceptance" and gives no counting rule; next_day follows 民法典 §201.
enum class CountFrom { next_day, same_day };
BOOST_DESCRIBE_ENUM(CountFrom, next_day, same_day)

// A stretch that stops the clock (暂停计时), as a Suspension (特别程序) gives it: both days included. Without `to` it
// has not ended yet.
struct Pause {
  CivilDay from;
  std::optional<CivilDay> to;
  std::string reason;  // 专家评审; shown to the applicant
  std::string basis = {};  // what a matter of another kind cites; empty: pause_basis(reason)
};
BOOST_DESCRIBE_STRUCT(Pause, (), (from, to, reason, basis))

// §45 where the reason is one that it names: 听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审, or several of them joined
// by 、; else "".
const char* pause_basis(std::string_view reason);

struct Extension {
  int days = 0;  // >= 1, in the unit of the clock
  std::string basis = article::kExtension;
};
BOOST_DESCRIBE_STRUCT(Extension, (), (days, basis))

struct DueQuestion {
  CivilDay from;                // the day of the event: receipt, acceptance, decision
  int days = 0;                 // 1..limits::kDueDays with all extensions
  Unit unit = Unit::working;
  std::vector<Pause> pauses;    // any order, may overlap; at most limits::kDuePauses
  std::vector<Extension> extensions;
  CountFrom count_from = CountFrom::next_day;
  std::string basis;            // of the limit itself: 行政许可法第四十二条; may be empty
  std::string rest_basis = article::kWorkingDays;  // why days of rest are not counted in working days

  static DueQuestion of(CivilDay from, WorkingDays n) { return make(from, n.value, Unit::working); }
  static DueQuestion of(CivilDay from, CalendarDays n) { return make(from, n.value, Unit::calendar); }

 private:
  static DueQuestion make(CivilDay from, int days, Unit unit) {
    DueQuestion q;
    q.from = from;
    q.days = days;
    q.unit = unit;
    return q;
  }
};
BOOST_DESCRIBE_STRUCT(DueQuestion, (),
                      (from, days, unit, pauses, extensions, count_from, basis, rest_basis))

// What one day did to the clock.
enum class DayEffect {
  event,      // the day of the event itself, not counted
  counted,
  extended,   // counted, and it belongs to an extension
  rest,       // weekend or holiday, not counted
  paused,
  postponed,  // after the last counted day: the end moves on over this day (民法典 §203)
  postponed_to
};
BOOST_DESCRIBE_ENUM(DayEffect, event, counted, extended, rest, paused, postponed, postponed_to)

struct CountedDay {
  CivilDay day;
  DayEffect effect = DayEffect::counted;
  bool counted = false;
  int number = 0;      // 1, 2, … when counted; else 0
  std::string reason;  // Chinese: 工作日, 周末, 国庆节放假, 暂停（专家评审）
  std::string basis;   // the article; empty for an ordinary counted day
  bool provisional = false;  // that the day counts, or ends the limit, rests on a year without a notice
};
BOOST_DESCRIBE_STRUCT(CountedDay, (), (day, effect, counted, number, reason, basis, provisional))

struct DueAnswer {
  std::optional<CivilDay> due;           // none: an open pause stops the clock before the limit ends
  std::optional<CivilDay> paused_since;  // set exactly when due is not
  int total = 0;                         // days of the limit with its extensions
  int counted = 0;                       // total, or the days counted before the open pause
  // The answer rests on a year whose holiday notice is not published (Calendar::provisional): the notice may move it.
  bool provisional = false;
  // Only with Explain::yes: from the day of the event to due or the open pause, and the years' notices behind them.
  std::vector<CountedDay> days;
  std::vector<Notice> notices;
};
BOOST_DESCRIBE_STRUCT(DueAnswer, (), (due, paused_since, total, counted, provisional, days, notices))

enum class Explain { no, yes };

// Codes: calendar.bad_days (no day, or too many), calendar.pause_reversed, calendar.too_many_pauses,
// calendar.year_missing (the limit runs into a year that has neither a notice nor a provisional calendar).
// With Explain::no the day list is not built: a few binary steps for each pause.
Result<DueAnswer> due(const Calendar& calendar, const DueQuestion& question, Explain explain = Explain::no);

}  // namespace yi::calendar
