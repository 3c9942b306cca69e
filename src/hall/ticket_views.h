#pragma once
// What may be asked of numbers: the call board, how long one waits, a window's desk, free slots, a day's figures.
#include <optional>
#include <string>
#include <vector>

#include "engine/registry.h"
#include "hall/appointment_guards.h"
#include "identity/viewer.h"

namespace yi::hall {

// Every call, by day and position.
const store::View& call_view();
void add_ticket_reports(engine::Registry& registry);

// What became of the numbers that an account called to a window, over days: counts of facts, of nobody's score (casework figures stand
// beside them in staff's). Called: out of the queue, once each, a recall is none; finished, skipped (过号) and passed on (转号) by the
// account that said so. What a day's end closes is nobody's work and in none.
struct NumberCounts {
  std::string account;
  WindowCode window;
  std::int64_t called = 0, finished = 0, skipped = 0, passed_on = 0;
};
// By account and window, both in their order; [from, to], both included.
std::vector<NumberCounts> number_counts(store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to);

struct HallReader {
  store::Reader& reader;
  CentreCode centre;
  const Lines& lines;
  Instant now;
  std::function<bool(CivilDay)> is_working_day = [](CivilDay d) { return d.weekday() <= 5; };
  CivilDay today() const { return civil_day(now); }
};

struct BoardCall {
  std::string number, window;
  std::optional<std::string> holder;  // masked
  Instant called_at;
  std::int32_t times = 1;
};
BOOST_DESCRIBE_STRUCT(BoardCall, (), (number, window, holder, called_at, times))
// The last calls of today, newest first; a number that was called again stands once, with its last call.
std::vector<BoardCall> last_calls(const HallReader& h, int n);

// Minutes that somebody who is `before` numbers from the head may wait. Definition: before / windows × the mean length of a service
// today, one standard deviation of that sum to either side, both
// ends rounded outwards to five minutes; the line's own guess counts as five services, with half of itself as its spread.
struct WaitRange {
  std::int32_t from = 0, to = 0;
};
BOOST_DESCRIBE_STRUCT(WaitRange, (), (from, to))
WaitRange wait_range(std::int64_t before, std::int64_t windows, const Line& line, const LineDayState& day);

struct LineNow {
  LineCode line;
  std::string name;
  std::int64_t taken = 0, waiting = 0, served = 0;
  std::int64_t open_windows = 0;
  bool taking = false;               // numbers are drawn now
  bool today = true;                 // it is one of its days
  std::optional<std::string> closed; // 停办, for this reason
  std::optional<WaitRange> wait;     // of somebody who draws one now; none while no window is open
};
BOOST_DESCRIBE_STRUCT(LineNow, (), (line, name, taken, waiting, served, open_windows, taking, today, closed, wait))
std::vector<LineNow> lines_now(const HallReader& h);

// What somebody with a number may know of it.
struct TicketNow {
  TicketId ticket;
  std::string number;
  LineCode line;
  std::string line_name;
  std::optional<TicketClass> kind;     // for the hall; to whoever asks in public none: a priority number tells of somebody's health or age
  TicketStatus status{};
  std::optional<std::string> window;
  std::optional<std::int64_t> before;  // numbers that stand before it, as the lanes go; of one that waits
  std::optional<WaitRange> wait;
};
BOOST_DESCRIBE_STRUCT(TicketNow, (), (ticket, number, line, line_name, kind, status, window, before, wait))
// Of today, by the number on its paper.
std::optional<TicketId> ticket_of_number(const HallReader& h, std::string_view number);
std::optional<TicketNow> ticket_now(const HallReader& h, TicketId ticket);

// A window's desk.
struct HeldTicket {
  TicketId ticket;
  std::string number;
  std::optional<std::string> holder;
  LineCode line;
  TicketClass kind{};
  std::vector<MatterCode> matters;
  std::int32_t times = 0;             // called
  Instant called_at{};
};
BOOST_DESCRIBE_STRUCT(HeldTicket, (), (ticket, number, holder, line, kind, matters, times, called_at))
struct WindowNow {
  WindowCode window;
  bool open = false;
  std::optional<std::string> by;
  std::optional<HeldTicket> serving;
  std::vector<LineNow> lines;
  std::vector<HeldTicket> held;     // that this window may take up again, oldest first
  std::vector<HeldTicket> skipped;  // and that may rejoin
  std::optional<HeldTicket> finished;  // last, as long as nobody has rated it
};
BOOST_DESCRIBE_STRUCT(WindowNow, (), (window, open, by, serving, lines, held, skipped, finished))
WindowNow window_now(const HallReader& h, const WindowCode& window);

struct FreeSlot {
  CivilDay day;
  std::int32_t slot = 0;  // minute of the day
  std::string from, to;   // "09:00", "09:30"
  std::int32_t free = 0, places = 0;
};
BOOST_DESCRIBE_STRUCT(FreeSlot, (), (day, slot, from, to, free, places))
// From now on, of the line's days within the line's days ahead; those without a free place too, so that nobody searches for them.
std::vector<FreeSlot> free_slots(const HallReader& h, const Line& line);

// 停办 of today and later.
struct Closure {
  CivilDay day;
  std::optional<LineCode> line;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Closure, (), (day, line, reason))
std::vector<Closure> closures_from(const HallReader& h, CivilDay from);

// What a window finished last on this day, while it is open.
struct LastFinished {
  TicketId ticket;
  std::string number;
  Instant at;
  bool rated = false;
};
std::optional<LastFinished> last_finished(const HallReader& h, const WindowCode& window);
bool is_rated(const HallReader& h, TicketId ticket);

struct AppointmentEntry {
  AppointmentId appointment;
  LineCode line;
  std::string line_name;
  CivilDay day;
  std::int32_t slot = 0;
  std::string from;
  AppointmentStatus status{};
  std::optional<std::string> holder;
  std::optional<std::string> closed;  // the hall does not open for it: the reason
  std::string code = {};              // 报到码; the doors fill it in
};
BOOST_DESCRIBE_STRUCT(AppointmentEntry, (), (appointment, line, line_name, day, slot, from, status, holder, closed, code))
std::vector<AppointmentEntry> appointments_of(const HallReader& h, SubjectId subject, int limit);  // newest first
std::vector<AppointmentEntry> appointments_on(const HallReader& h, CivilDay day, int limit);       // by line and slot

}  // namespace yi::hall
