#pragma once
// The rules of numbers, calls and appointments: from what the guards hold and a wish to facts or a refusal.
#include <functional>
#include <variant>

#include "base/result.h"
#include "hall/ticket_commands.h"
#include "hall/appointment_guards.h"

namespace yi::hall {

enum class TicketRefused {
  unknown_line, unknown_window, unknown_matter, unknown_ticket, unknown_appointment,
  line_closed, rest_day, hall_closed, no_more_numbers, window_is_open, window_is_closed, not_your_window, window_is_yours, reason_missing, window_is_serving, nobody_served, nobody_waits, line_not_served,
  called_too_seldom, not_held, not_skipped, over_already, not_of_today,
  no_slots, no_such_slot, slot_past, too_far_ahead, no_working_day, slot_sold_out, booked_already, missed_too_often, appointment_over, not_your_appointment,
  check_in_at_hall, closed_already, not_closed, day_past, bad_level, not_served, rated_already, rating_over,
  too_early, too_late, too_late_to_cancel, real_name_required
};
Refusal refusal(TicketRefused what);
std::vector<std::string> ticket_refusal_codes();

struct TicketGround {
  std::shared_ptr<const Lines> lines;
  std::function<bool(const WindowCode&)> known_window;
  std::function<bool(const MatterCode&)> known_matter;
  std::function<bool(CivilDay)> is_working_day;  // provisional years count as the calendar says
};

struct TicketGuards {
  DayGuard& days;
  LineDayGuard& lines;
  PlaceGuard& places;
  TicketGuard& tickets;
  WindowGuard& windows;
  SlotGuard& slots;
  AppointmentGuard& appointments;
  AppointmentCountGuard& appointment_count;
  BookingGuard& bookings;
  MissedGuard& missed;
  ClosureGuard& closures;
  RatedGuard& rated;
};

struct TicketContext {
  const TicketGround& ground;
  TicketGuards& guards;
  Instant now;
  const std::string& account;
  bool applicant = false;
  SubjectId subject = {};  // of an applicant's account that is bound to a person
  CivilDay today() const { return civil_day(now); }
  // An applicant acts on their own appointments alone.
  bool is_theirs(std::int64_t of) const { return !applicant || (subject && subject.value == of); }
};

// A number before it is called: whose and where it stands.
struct Candidate {
  TicketId ticket;
  Place place;
  TicketState state;
  bool past_ordinary = false;
};
// Whom a window would call next; nothing when nobody waits (docs/decisions/0030).
std::optional<Candidate> next_for(const WindowCode& window, const TicketContext& x);

Result<TicketTaken> decide(const TakeTicket& c, const TicketContext& x);
Result<TicketTaken> decide(const CheckIn& c, const TicketContext& x);
Result<WindowOpened> decide(const OpenWindow& c, const TicketContext& x);
// Whose window it is calls there: everybody else takes it over first.
Result<WindowTakenOver> decide(const TakeOverWindow& c, const TicketContext& x);
Result<WindowClosed> decide(const CloseWindow& c, const TicketContext& x);
struct Called {
  std::optional<TicketFinished> finished;  // what the window had before
  std::optional<TicketCalled> called;      // none: nobody waits
};
Result<Called> decide(const CallNext& c, const TicketContext& x);
Result<TicketCalled> decide(const Recall& c, const TicketContext& x);
Result<TicketHeld> decide(const Hold& c, const TicketContext& x);
Result<TicketSkipped> decide(const Skip& c, const TicketContext& x);
Result<TicketFinished> decide(const Finish& c, const TicketContext& x);
Result<TicketPassedOn> decide(const PassOn& c, const TicketContext& x);
Result<TicketResumed> decide(const Resume& c, const TicketContext& x);
Result<TicketRejoined> decide(const Rejoin& c, const TicketContext& x);
Result<TicketLeft> decide(const GiveUp& c, const TicketContext& x);
Result<AppointmentMade> decide(const MakeAppointment& c, const TicketContext& x);
Result<AppointmentCancelled> decide(const CancelAppointment& c, const TicketContext& x);
// Of an appointment of an earlier day that nobody kept: missed, or released where the hall did not open on that day.
std::variant<AppointmentMissed, AppointmentReleased> ended(AppointmentId id, const TicketContext& x);
Result<DayClosed> decide(const CloseDay& c, const TicketContext& x);
Result<DayReopened> decide(const ReopenDay& c, const TicketContext& x);
// A visit is rated once, when it is over; the fact is casework's, whose figures and follow-ups hear it.
// Whether it may be rated now: finished, not rated, not too long ago.
Checked may_be_rated(TicketId ticket, const TicketContext& x);
Result<casework::VisitEvaluated> decide(const RateVisit& c, const TicketContext& x);  // without its sealed comment

}  // namespace yi::hall
