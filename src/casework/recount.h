#pragma once
// A new calendar (a holiday notice came out, a file was corrected) recounts the open cases; docs/decisions/0014.
#include <memory>

#include "casework/guards.h"
#include "casework/rules.h"
#include "engine/registry.h"

namespace yi::casework {

// An open case that the new calendar cannot count; it keeps the dates it had.
struct NotRecounted {
  CaseId case_id;
  DepartmentCode department;
  Text<60> code;      // of the refusal
  Text<300> reason;
};
BOOST_DESCRIBE_STRUCT(NotRecounted, (), (case_id, department, code, reason))

// How far a recount has come; the moved cases' own facts stand before it.
struct RecountRun {
  static constexpr std::string_view kName = "casework.recount_run/1";
  Text<64> digest;                       // of the calendar by which it counts
  CaseId last;                           // every open case up to this one was looked at
  std::int64_t looked_at = 0, moved = 0, confirmed = 0;  // since its beginning
  std::int64_t refused_before = 0;       // those of earlier groups
  std::vector<NotRecounted> refused;     // of this group
};
BOOST_DESCRIBE_STRUCT(RecountRun, (), (digest, last, looked_at, moved, confirmed, refused_before, refused))

struct YearTakenOver {
  std::int32_t year = 0;
  bool provisional = false;
  std::vector<Text<120>> notices;        // their numbers
};
BOOST_DESCRIBE_STRUCT(YearTakenOver, (), (year, provisional, notices))
// Every open case is counted by this calendar now.
struct CalendarTakenOver {
  static constexpr std::string_view kName = "casework.calendar_taken_over/1";
  Text<64> digest;
  std::vector<YearTakenOver> years;
  std::int64_t looked_at = 0;
  std::int64_t moved = 0;                // a limit has another day
  std::int64_t confirmed = 0;            // the days stood, the mark "provisional" came or went
  std::int64_t refused = 0;
};
BOOST_DESCRIBE_STRUCT(CalendarTakenOver, (), (digest, years, looked_at, moved, confirmed, refused))
inline constexpr const char* kCalendarStream = "calendar";

// SM3 of what the calendar says, in hexadecimal.
std::string digest_of(const calendar::Calendar& c);

// One row: by which calendar the open cases are counted, and how far a recount is that is under way.
struct CalendarState {
  std::string digest;                    // "" before the first
  std::string running;                   // of the calendar that is being taken over; "": none
  std::int64_t last = 0, looked_at = 0, moved = 0, confirmed = 0, refused = 0;
  std::optional<CivilDay> on;            // the day on which the last one ended
  static const store::View& view();
  void append_row(store::Row& r) const;
  static CalendarState from(const store::Row& r);
};
class CalendarGuard : public engine::GuardTable<std::int64_t, CalendarState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {RecountRun::kName, CalendarTakenOver::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  CalendarState state();
};

// Bounds of a group: facts that it writes, cases that it looks at.
struct RecountBounds {
  int facts = 500, cases = 10'000;
};
// One group of a recount, where the calendar is another than the last; true when more is to do. `context` of the turn.
bool recount_group(engine::Turn& turn, const Context& context, const std::string& digest, CaseGuard& cases, CalendarGuard& calendars,
                   const RecountBounds& bounds = {});

// The report of what moved, for recount_view.h.
void add_recount_report(engine::Registry& registry);

}  // namespace yi::casework
