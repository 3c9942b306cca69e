#pragma once
// What may be asked of attendance: the board of today, somebody's days, counts with their definitions.
#include "engine/registry.h"
#include "identity/viewer.h"
#include "staff/attendance_rules.h"
#include "store/key_vault.h"

namespace yi::staff {

void add_attendance_reports(engine::Registry& registry);

struct AttendanceReader {
  store::Reader& reader;
  CentreCode centre;
  const identity::Viewer& viewer;
  const AttendanceGround& ground;
  Instant now;
  const store::KeyVault& keys;
  CivilDay today() const { return civil_day(now); }
};

enum class Whereabouts {
  here,      // signed in
  not_yet,   // before the time to arrive
  unsigned_, // it has passed, without a sign
  away,      // left the post, the B post has taken over
  outside,   // out on duty
  on_leave,
  gone,      // signed out
  rest,
};
BOOST_DESCRIBE_ENUM(Whereabouts, here, not_yet, unsigned_, away, outside, on_leave, gone, rest)

struct BoardEntry {
  std::string account, name;
  DepartmentCode department;
  std::vector<WindowCode> windows;
  Whereabouts where{};
  std::optional<std::string> since, until;       // "08:53": of the sign, or of leaving; until: back at
  std::optional<std::string> substitute;         // name of who stands in, or is asked to
  bool asks_to_leave = false;                    // the B post has not confirmed yet
  std::optional<CivilDay> back_on;               // of leave: the first day after it
};
BOOST_DESCRIBE_STRUCT(BoardEntry, (), (account, name, department, windows, where, since, until, substitute, asks_to_leave, back_on))

struct DayEntry {
  CivilDay day;
  DayRecord record;
};
BOOST_DESCRIBE_STRUCT(DayEntry, (), (day, record))

// Counts over [from, to], each by itself: there is no sum of them (docs/decisions/0035).
struct PersonFigures {
  std::string account, name;
  DepartmentCode department;
  std::int32_t expected_days = 0, present_days = 0, absent_days = 0, leave_days = 0, outside_days = 0;
  std::int32_t late_times = 0, late_minutes = 0, early_times = 0, missing_slots = 0, corrected_slots = 0;
  std::int32_t away_times = 0, away_minutes = 0;
  std::int64_t consulted = 0, received = 0, accepted = 0, transferred = 0, issued = 0;
  std::int64_t numbers_called = 0, numbers_served = 0, numbers_no_show = 0, numbers_passed_on = 0;
};
BOOST_DESCRIBE_STRUCT(PersonFigures, (), (account, name, department, expected_days, present_days, absent_days, leave_days, outside_days, late_times, late_minutes, early_times, missing_slots,
                                           corrected_slots, away_times, away_minutes, consulted, received, accepted, transferred, issued, numbers_called, numbers_served,
                                           numbers_no_show, numbers_passed_on))
struct WindowFigures {
  WindowCode window;
  std::int64_t consulted = 0, received = 0, accepted = 0, transferred = 0, issued = 0;
  std::int64_t numbers_called = 0, numbers_served = 0, numbers_no_show = 0, numbers_passed_on = 0;
};
BOOST_DESCRIBE_STRUCT(WindowFigures, (), (window, consulted, received, accepted, transferred, issued, numbers_called, numbers_served, numbers_no_show, numbers_passed_on))
struct FigureMeaning {
  std::string figure, name, definition;  // Chinese
};
BOOST_DESCRIBE_STRUCT(FigureMeaning, (), (figure, name, definition))
const std::vector<FigureMeaning>& figure_meanings();

struct CorrectionEntry {
  std::string account, name;
  DepartmentCode department;
  CivilDay day;
  std::string slot, slot_name;
  Wanted wanted{};
  CorrectionStage stage{};
  std::optional<std::string> reason;  // for whoever asked and who decides
  std::optional<std::string> note;    // of the decision; for the same
};
BOOST_DESCRIBE_STRUCT(CorrectionEntry, (), (account, name, department, day, slot, slot_name, wanted, stage, reason, note))

struct PostEntry {
  std::string account, name, substitute, substitute_name;
  std::string until;                  // "10:30"
  bool official = false;
  std::optional<std::string> left;    // "10:02"; none: the B post has not confirmed
  std::optional<std::string> reason;  // for the two of them
};
BOOST_DESCRIBE_STRUCT(PostEntry, (), (account, name, substitute, substitute_name, until, official, left, reason))

// Everybody of whom attendance is kept, by department and name.
std::vector<BoardEntry> board(const AttendanceReader& h);
// From the first sign of the account on: before it nobody's attendance is kept.
std::vector<DayEntry> days_of(const AttendanceReader& h, const std::string& account, CivilDay from, CivilDay to);
// Of the viewer's department where they are bound to one; of `account` alone where it is given.
std::vector<PersonFigures> person_figures(const AttendanceReader& h, CivilDay from, CivilDay to, const std::string& account = "");
std::vector<WindowFigures> window_figures(const AttendanceReader& h, CivilDay from, CivilDay to);
// Those that wait, of the viewer's department where they are bound to one; or of one account, newest first.
std::vector<CorrectionEntry> corrections_waiting(const AttendanceReader& h, int limit);
// Those that were decided, of days from `from` on; newest first.
std::vector<CorrectionEntry> corrections_decided(const AttendanceReader& h, CivilDay from, int limit);
std::vector<CorrectionEntry> corrections_of(const AttendanceReader& h, const std::string& account, int limit);
// Today's: one's own, and those that one is asked to take over or has.
std::optional<PostEntry> own_post(const AttendanceReader& h, const std::string& account);
std::vector<PostEntry> posts_for(const AttendanceReader& h, const std::string& substitute);
// The account of the one member of the staff of that name; nothing where there is none, or more than one.
std::optional<std::string> only_one_named(store::Reader& reader, CentreCode centre, const std::string& name);

}  // namespace yi::staff
