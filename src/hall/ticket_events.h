#pragma once
// Facts of numbers (排队号), calls (叫号) and appointments (预约). Streams: "hall:<day>" for what happens on a day,
// "appointment:<n>". What a fact changes in the queue it says itself, so that every view follows from it alone.
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "hall/lines.h"

namespace yi::hall {

using TicketId = Id<struct TicketTag>;            // yyyymmdd and the day's serial in six digits: 20240624000012
using AppointmentId = Id<struct AppointmentTag>;  // dense from 1 in a centre
using HolderName = Text<20>;                      // masked before it is stored: "陈*"

// 号别, in the order of calling.
enum class TicketClass { passed_on, appointment, priority, ordinary };
BOOST_DESCRIBE_ENUM(TicketClass, passed_on, appointment, priority, ordinary)

// A place in a lane of a line's day.
struct Place {
  LineCode line;
  std::int32_t lane = 0;    // lane_of()
  std::int32_t number = 0;  // from 1
};
BOOST_DESCRIBE_STRUCT(Place, (), (line, lane, number))
// Lanes in the order of calling. Appointments have one a slot, so that an earlier slot goes first.
inline constexpr std::int32_t kOrdinaryLane = 9'000;
constexpr std::int32_t lane_of(TicketClass c, int slot_minute = 0) {
  return c == TicketClass::passed_on ? 0 : c == TicketClass::appointment ? 1'000 + slot_minute : c == TicketClass::priority ? 8'000 : kOrdinaryLane;
}
constexpr bool is_appointment_lane(std::int32_t lane) { return lane >= 1'000 && lane < 8'000; }

struct TicketTaken {
  static constexpr std::string_view kName = "hall.ticket_taken/1";
  TicketId ticket;
  Text<8> number;           // "A012"
  TicketClass kind = TicketClass::ordinary;
  Place place;
  std::optional<AppointmentId> appointment;  // that is kept by it
  std::optional<HolderName> holder;
  std::vector<MatterCode> matters;           // what the visitor said they came for
};
BOOST_DESCRIBE_STRUCT(TicketTaken, (), (ticket, number, kind, place, appointment, holder, matters))
struct TicketCalled {
  static constexpr std::string_view kName = "hall.ticket_called/1";
  TicketId ticket;
  Text<8> number;
  WindowCode window;
  Text<64> by;
  std::int32_t times = 1;
  std::optional<Place> from;        // of the first call: the place that is left
  bool past_ordinary = false;       // ordinary numbers were waiting
  std::optional<HolderName> holder; // for the board
};
BOOST_DESCRIBE_STRUCT(TicketCalled, (), (ticket, number, window, by, times, from, past_ordinary, holder))
// 挂起: the visitor fetches a paper; the window is free meanwhile.
struct TicketHeld {
  static constexpr std::string_view kName = "hall.ticket_held/1";
  TicketId ticket;
  WindowCode window;
  Text<120> reason;
};
BOOST_DESCRIBE_STRUCT(TicketHeld, (), (ticket, window, reason))
struct TicketResumed {
  static constexpr std::string_view kName = "hall.ticket_resumed/1";
  TicketId ticket;
  WindowCode window;
};
BOOST_DESCRIBE_STRUCT(TicketResumed, (), (ticket, window))
// 过号: called, and nobody came.
struct TicketSkipped {
  static constexpr std::string_view kName = "hall.ticket_skipped/1";
  TicketId ticket;
  WindowCode window;
  std::int32_t times = 1;  // it had been called
};
BOOST_DESCRIBE_STRUCT(TicketSkipped, (), (ticket, window, times))
// 过号重排: whoever was passed over is back, at the end of their lane.
struct TicketRejoined {
  static constexpr std::string_view kName = "hall.ticket_rejoined/1";
  TicketId ticket;
  Place place;
};
BOOST_DESCRIBE_STRUCT(TicketRejoined, (), (ticket, place))
// 转号: the same number goes on to another line.
struct TicketPassedOn {
  static constexpr std::string_view kName = "hall.ticket_passed_on/1";
  TicketId ticket;
  WindowCode window;
  Place place;
  Text<120> reason;
};
BOOST_DESCRIBE_STRUCT(TicketPassedOn, (), (ticket, window, place, reason))
struct TicketFinished {
  static constexpr std::string_view kName = "hall.ticket_finished/1";
  TicketId ticket;
  WindowCode window;
  LineCode line;
  std::int64_t seconds = 0;  // of service, from the call; time on hold is not counted
};
BOOST_DESCRIBE_STRUCT(TicketFinished, (), (ticket, window, line, seconds))
// 弃号: the visitor has gone, and said so, or the day is over.
enum class LeftWhy { gave_up, day_over };
BOOST_DESCRIBE_ENUM(LeftWhy, gave_up, day_over)
struct TicketLeft {
  static constexpr std::string_view kName = "hall.ticket_left/1";
  TicketId ticket;
  std::optional<Place> from;  // the place, when it was waiting
  LeftWhy why = LeftWhy::gave_up;
};
BOOST_DESCRIBE_STRUCT(TicketLeft, (), (ticket, from, why))

struct WindowOpened {
  static constexpr std::string_view kName = "hall.window_opened/1";
  WindowCode window;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(WindowOpened, (), (window, by))
struct WindowClosed {
  static constexpr std::string_view kName = "hall.window_closed/1";
  WindowCode window;
  Text<64> by;  // "system" at the end of the day
};
BOOST_DESCRIBE_STRUCT(WindowClosed, (), (window, by))

// 接管窗口: whoever had opened it is away, and the row goes on with another.
struct WindowTakenOver {
  static constexpr std::string_view kName = "hall.window_taken_over/1";
  WindowCode window;
  Text<64> from, by;
  Text<120> reason;
};
BOOST_DESCRIBE_STRUCT(WindowTakenOver, (), (window, from, by, reason))

// 停办: the hall, or one line of it, does not open on a day that would be one of its days; and takes that back.
struct DayClosed {
  static constexpr std::string_view kName = "hall.day_closed/1";
  CivilDay day;
  std::optional<LineCode> line;  // none: the whole hall
  Text<200> reason;              // as the public reads it
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(DayClosed, (), (day, line, reason, by))
struct DayReopened {
  static constexpr std::string_view kName = "hall.day_reopened/1";
  CivilDay day;
  std::optional<LineCode> line;
  Text<64> by;
};
BOOST_DESCRIBE_STRUCT(DayReopened, (), (day, line, by))

struct AppointmentMade {
  static constexpr std::string_view kName = "hall.appointment_made/1";
  AppointmentId appointment;
  LineCode line;
  CivilDay day;
  std::int32_t slot = 0;              // minute of the day at which it begins
  std::optional<SubjectId> subject;   // of an account; none: made by telephone or at the desk
  std::optional<HolderName> holder;
  std::vector<MatterCode> matters;
};
BOOST_DESCRIBE_STRUCT(AppointmentMade, (), (appointment, line, day, slot, subject, holder, matters))
struct AppointmentCancelled {
  static constexpr std::string_view kName = "hall.appointment_cancelled/1";
  AppointmentId appointment;
  LineCode line;
  CivilDay day;
  std::int32_t slot = 0;
  std::optional<SubjectId> subject;
};
BOOST_DESCRIBE_STRUCT(AppointmentCancelled, (), (appointment, line, day, slot, subject))
// The hall did not keep it: it was closed on that day. Nobody has missed anything.
struct AppointmentReleased {
  static constexpr std::string_view kName = "hall.appointment_released/1";
  AppointmentId appointment;
  CivilDay day;
  std::optional<SubjectId> subject;
};
BOOST_DESCRIBE_STRUCT(AppointmentReleased, (), (appointment, day, subject))
// 爽约.
struct AppointmentMissed {
  static constexpr std::string_view kName = "hall.appointment_missed/1";
  AppointmentId appointment;
  CivilDay day;
  std::optional<SubjectId> subject;
};
BOOST_DESCRIBE_STRUCT(AppointmentMissed, (), (appointment, day, subject))

}  // namespace yi::hall
