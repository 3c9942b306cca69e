#include <algorithm>

#include "base/text.h"
#include "hall/guard_parts.h"
#include "hall/ticket_parts.h"

namespace yi::hall {

Result<TicketTaken> decide(const CheckIn& c, const TicketContext& x) {
  // From home one would stand before those who came.
  if (x.applicant) return refusal(TicketRefused::check_in_at_hall);
  const auto* found = x.guards.appointments.find(c.appointment.value);
  if (!found) return refusal(TicketRefused::unknown_appointment);
  const auto a = *found;
  if (a.status != AppointmentStatus::booked || a.day < x.today()) return refusal(TicketRefused::appointment_over);
  const auto& rules = x.ground.lines->rules;
  const int minute = minute_of_day(x.now);
  if (a.day > x.today() || minute < a.slot - rules.check_in_early) return refusal(TicketRefused::too_early);
  if (minute > a.slot + rules.check_in_late) return refusal(TicketRefused::too_late);
  const auto* line = x.ground.lines->find({a.line});
  if (!line) return refusal(TicketRefused::unknown_line);
  YI_CHECK(opens_on(*line, a.day, TicketRefused::no_working_day, x));
  auto t = taken(*line, TicketClass::appointment, lane_of(TicketClass::appointment, a.slot), x);
  t.appointment = c.appointment;
  if (!a.holder.empty()) t.holder = HolderName(a.holder);
  t.matters = matters_of(a.matters);
  return t;
}

Result<AppointmentMade> decide(const MakeAppointment& c, const TicketContext& x) {
  const auto* line = x.ground.lines->find(c.line);
  if (!line) return refusal(TicketRefused::unknown_line);
  if (!line->slots) return refusal(TicketRefused::no_slots);
  if (x.applicant && !x.subject) return refusal(TicketRefused::real_name_required);
  YI_CHECK(matters_exist(c.matters, x));
  const auto& slots = *line->slots;
  const auto today = x.today();
  if (!slots.begins_at(c.slot)) return refusal(TicketRefused::no_such_slot);
  if (c.day < today || (c.day == today && c.slot <= minute_of_day(x.now))) return refusal(TicketRefused::slot_past);
  if (c.day - today > slots.days_ahead) return refusal(TicketRefused::too_far_ahead);
  YI_CHECK(opens_on(*line, c.day, TicketRefused::no_working_day, x));
  if (x.subject) {
    if (x.guards.bookings.find(BookingGuard::key(x.subject, c.day, c.line))) return refusal(TicketRefused::booked_already);
    const auto& rules = x.ground.lines->rules;
    if (const auto* m = x.guards.missed.find(x.subject.value)) {
      const auto first = today.days - rules.missed_days;
      if (std::count_if(m->days.begin(), m->days.end(), [&](auto d) { return d >= first; }) >= rules.missed_limit) return refusal(TicketRefused::missed_too_often);
    }
  }
  const auto* sold = x.guards.slots.find(slot_key(c.day, c.line, c.slot));
  if (sold && sold->sold >= slots.places) return refusal(TicketRefused::slot_sold_out);
  const auto* count = x.guards.appointment_count.find(1);
  AppointmentMade f;
  f.appointment = {(count ? count->last : 0) + 1};
  f.line = c.line;
  f.day = c.day;
  f.slot = c.slot;
  if (x.subject) f.subject = x.subject;
  if (!x.applicant) f.holder = masked(c.holder);  // whoever books for themselves is known by their account
  f.matters = c.matters;
  return f;
}

Result<AppointmentCancelled> decide(const CancelAppointment& c, const TicketContext& x) {
  const auto* found = x.guards.appointments.find(c.appointment.value);
  if (!found) return refusal(TicketRefused::unknown_appointment);
  const auto a = *found;
  if (!x.is_theirs(a.subject)) return refusal(TicketRefused::not_your_appointment);
  if (a.status != AppointmentStatus::booked) return refusal(TicketRefused::appointment_over);
  const auto* line = x.ground.lines->find({a.line});
  const int notice = line && line->slots ? line->slots->cancel_minutes : 0;
  // What the hall does not keep may be given back at any time.
  const bool kept = line && opens_on(*line, a.day, TicketRefused::no_working_day, x).ok();
  if (kept && x.now.ms + notice * 60'000LL > at(a.day, a.slot / 60, a.slot % 60).ms) return refusal(TicketRefused::too_late_to_cancel);
  AppointmentCancelled f{c.appointment, {a.line}, a.day, a.slot, {}};
  if (a.subject) f.subject = SubjectId{a.subject};
  return f;
}

std::variant<AppointmentMissed, AppointmentReleased> ended(AppointmentId id, const TicketContext& x) {
  const auto* found = x.guards.appointments.find(id.value);
  if (!found) throw std::logic_error("an appointment ends that is not there");
  const auto a = *found;
  std::optional<SubjectId> subject;
  if (a.subject) subject = SubjectId{a.subject};
  const auto* line = x.ground.lines->find({a.line});
  const auto* day = x.guards.days.find(a.day.days);
  const bool served = day && day->opened > 0;
  if (served && line && opens_on(*line, a.day, TicketRefused::no_working_day, x)) return AppointmentMissed{id, a.day, subject};
  return AppointmentReleased{id, a.day, subject};
}

Result<DayClosed> decide(const CloseDay& c, const TicketContext& x) {
  if (c.line && !x.ground.lines->find(*c.line)) return refusal(TicketRefused::unknown_line);
  if (c.day < x.today()) return refusal(TicketRefused::day_past);
  if (trim(c.reason).empty()) return refusal(TicketRefused::reason_missing);
  if (x.guards.closures.find(closure_key(c.day, c.line))) return refusal(TicketRefused::closed_already);
  return DayClosed{c.day, c.line, c.reason, Text<64>(x.account)};
}

Result<DayReopened> decide(const ReopenDay& c, const TicketContext& x) {
  if (c.day < x.today()) return refusal(TicketRefused::day_past);
  if (!x.guards.closures.find(closure_key(c.day, c.line))) return refusal(TicketRefused::not_closed);
  return DayReopened{c.day, c.line, Text<64>(x.account)};
}

}  // namespace yi::hall
