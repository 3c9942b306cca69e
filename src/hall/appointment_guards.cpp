#include "hall/appointment_guards.h"

#include <fmt/format.h>

#include "hall/guard_parts.h"

namespace yi::hall {
namespace {
using engine::RecordedFact;
using store::Merge;
using store::Personal;
using store::Type;
using store::ViewKind;
}  // namespace

std::string slot_key(CivilDay day, const LineCode& line, int minute) { return fmt::format("{}/{}/{:04}", day_key(day), line.value, minute); }
std::string closure_key(CivilDay day, const std::optional<LineCode>& line) { return day_key(day) + "/" + (line ? line->value : ""); }

const store::View& ClosureState::view() {
  static const store::View v{"hall_closure", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"closure", Type::text}, {"reason", Type::text}}};
  return v;
}
void ClosureGuard::apply(const RecordedFact& f) {
  if (f.record.name == DayClosed::kName) {
    const auto c = f.as<DayClosed>();
    change(closure_key(c.day, c.line)).reason = c.reason;
  } else {
    const auto c = f.as<DayReopened>();
    remove(closure_key(c.day, c.line));
  }
}

const store::View& SlotState::view() {
  static const store::View v = counter("hall_slot", "slot", Type::text, "sold");
  return v;
}
void SlotGuard::apply(const RecordedFact& f) {
  if (f.record.name == AppointmentMade::kName) {
    const auto a = f.as<AppointmentMade>();
    ++change(slot_key(a.day, a.line, a.slot)).sold;
  } else {
    const auto a = f.as<AppointmentCancelled>();
    --change(slot_key(a.day, a.line, a.slot)).sold;
  }
}

const store::View& AppointmentState::view() {
  static const store::View v{"hall_appointment", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"appointment", Type::integer}, {"line", Type::text}, {"day", Type::integer}, {"slot", Type::integer}, {"status", Type::integer},
                              {"subject", Type::integer}, {"holder", Type::text, Merge::replace, Personal::name}, {"matters", Type::text}},
                             {{"centre", "status", "day"}, {"centre", "subject", "appointment"}, {"centre", "day", "line"}}};
  return v;
}
void AppointmentState::append_row(store::Row& r) const {
  r.emplace_back(line);
  r.emplace_back(day.days);
  r.emplace_back(slot);
  r.emplace_back(static_cast<int>(status));
  r.emplace_back(subject);
  r.emplace_back(holder);
  r.emplace_back(matters);
}
AppointmentState AppointmentState::from(const store::Row& r) {
  return {r[2].s, CivilDay{static_cast<std::int32_t>(r[3].i)}, static_cast<std::int32_t>(r[4].i), static_cast<AppointmentStatus>(r[5].i), r[6].i, r[7].s, r[8].s};
}
std::vector<std::string_view> AppointmentGuard::listens_to() const { return {AppointmentMade::kName, AppointmentCancelled::kName, AppointmentMissed::kName, AppointmentReleased::kName, TicketTaken::kName}; }
void AppointmentGuard::apply(const RecordedFact& f) {
  const auto name = f.record.name;
  if (name == AppointmentMade::kName) {
    const auto a = f.as<AppointmentMade>();
    change_new(a.appointment.value) = {a.line.value, a.day, a.slot, AppointmentStatus::booked, a.subject ? a.subject->value : 0, a.holder ? std::string(*a.holder) : "", joined(a.matters)};
  } else if (name == AppointmentCancelled::kName) {
    change(f.as<AppointmentCancelled>().appointment.value).status = AppointmentStatus::cancelled;
  } else if (name == AppointmentMissed::kName) {
    change(f.as<AppointmentMissed>().appointment.value).status = AppointmentStatus::missed;
  } else if (name == AppointmentReleased::kName) {
    change(f.as<AppointmentReleased>().appointment.value).status = AppointmentStatus::released;
  } else if (const auto t = f.as<TicketTaken>(); t.appointment) {
    change(t.appointment->value).status = AppointmentStatus::kept;
  }
}
std::vector<AppointmentId> AppointmentGuard::booked_before(CivilDay day, int n) {
  std::vector<AppointmentId> out;
  auto c = select("SELECT appointment FROM hall_appointment WHERE centre=$1 AND status=$2 AND day<$3 ORDER BY day, appointment LIMIT $4",
                  {static_cast<int>(AppointmentStatus::booked), day.days, n});
  while (c->next()) out.push_back({c->integer(0)});
  return out;
}

const store::View& AppointmentCount::view() {
  static const store::View v = counter("hall_appointment_count", "one", Type::integer, "last");
  return v;
}

const store::View& BookingState::view() {
  static const store::View v = counter("hall_booking", "booking", Type::text, "booked");
  return v;
}
std::string BookingGuard::key(SubjectId subject, CivilDay day, const LineCode& line) { return fmt::format("{}/{}/{}", subject.value, day_key(day), line.value); }
void BookingGuard::apply(const RecordedFact& f) {
  if (f.record.name == AppointmentMade::kName) {
    const auto a = f.as<AppointmentMade>();
    if (a.subject) change(key(*a.subject, a.day, a.line)).booked = 1;
  } else {
    const auto a = f.as<AppointmentCancelled>();
    if (a.subject) remove(key(*a.subject, a.day, a.line));
  }
}

const store::View& MissedState::view() {
  static const store::View v{"hall_missed", 1, ViewKind::guard, 2, {{"centre", Type::integer}, {"subject", Type::integer}, {"days", Type::text}}};
  return v;
}
void MissedState::append_row(store::Row& r) const {
  std::string text;
  for (const auto d : days) text += (text.empty() ? "" : " ") + std::to_string(d);
  r.emplace_back(std::move(text));
}
MissedState MissedState::from(const store::Row& r) {
  MissedState s;
  for (const auto n : numbers(r[2].s)) s.days.push_back(static_cast<std::int32_t>(n));
  return s;
}
void MissedGuard::apply(const RecordedFact& f) {
  const auto a = f.as<AppointmentMissed>();
  if (!a.subject) return;
  auto& days = change(a.subject->value).days;
  days.push_back(a.day.days);
  if (days.size() > MissedState::kRemembered) days.erase(days.begin());
}

}  // namespace yi::hall
