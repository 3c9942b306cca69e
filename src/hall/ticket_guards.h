#pragma once
// What the rules of numbers and appointments read. Every state has a key that begins with its day, so that nothing of yesterday
// can be called and a day's work stays in memory.
#include <map>

#include "engine/guard.h"
#include "hall/ticket_events.h"

namespace yi::hall {

std::string day_key(CivilDay day);                                    // "20240624"
CivilDay day_of(TicketId ticket);
TicketId ticket_id(CivilDay day, std::int64_t serial);
std::string line_key(CivilDay day, const LineCode& line);             // "20240624/ZH"
std::string place_key(CivilDay day, const Place& place);              // "20240624/ZH/9000/000001"
std::string slot_key(CivilDay day, const LineCode& line, int minute); // "20240624/ZH/0540"

// How many numbers a day has given out over all lines, by day.
struct DayState {
  std::int64_t serial = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(serial); }
  static DayState from(const store::Row& r) { return {r[2].i}; }
};
class DayGuard : public engine::GuardTable<std::int64_t, DayState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {TicketTaken::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

struct LineDayState {
  std::int64_t taken = 0, waiting = 0;
  std::int64_t served = 0, seconds = 0, squares = 0;  // services, their length and its square, in s and s²
  std::int64_t run = 0;                               // calls since the last that did not go past waiting ordinary numbers
  struct Lane {
    std::int32_t next = 1, last = 0;                  // the first place that may hold somebody; the last that was given
  };
  std::map<std::int32_t, Lane> lanes;

  static const store::View& view();
  void append_row(store::Row& r) const;
  static LineDayState from(const store::Row& r);
};
class LineDayGuard : public engine::GuardTable<std::string, LineDayState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
};

// Whose a place is. The row goes when the place is left.
struct PlaceState {
  std::int64_t ticket = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(ticket); }
  static PlaceState from(const store::Row& r) { return {r[2].i}; }
};
class PlaceGuard : public engine::GuardTable<std::string, PlaceState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {TicketTaken::kName, TicketRejoined::kName, TicketPassedOn::kName, TicketCalled::kName, TicketLeft::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

enum class TicketStatus { waiting, called, held, skipped, finished, left };
BOOST_DESCRIBE_ENUM(TicketStatus, waiting, called, held, skipped, finished, left)
struct TicketState {
  std::string number, line;
  TicketClass kind = TicketClass::ordinary;
  TicketStatus status = TicketStatus::waiting;
  std::string window;        // that called it last
  std::int32_t times = 0;    // called since it last waited
  std::int32_t lane = 0, place = 0;
  Instant taken_at{}, called_at{};
  std::int64_t seconds = 0;  // served before it was put on hold
  std::string holder;

  static const store::View& view();
  void append_row(store::Row& r) const;
  static TicketState from(const store::Row& r);
  Place where() const { return {{line}, lane, place}; }
};
class TicketGuard : public engine::GuardTable<std::int64_t, TicketState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  // Tickets of earlier days that are neither finished nor left, at most `n`; committed state.
  std::vector<TicketId> unfinished_before(CivilDay day, int n);
};

struct WindowState {
  std::string by;            // who opened it
  Instant since{};
  std::int64_t ticket = 0;   // that it serves; 0: none
  static const store::View& view();
  void append_row(store::Row& r) const;
  static WindowState from(const store::Row& r) { return {r[2].s, Instant{r[3].i}, r[4].i}; }
};
// A row a window that is open.
class WindowGuard : public engine::GuardTable<std::string, WindowState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  std::vector<WindowCode> open_since_before(Instant t, int n);
};

struct SlotState {
  std::int64_t sold = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(sold); }
  static SlotState from(const store::Row& r) { return {r[2].i}; }
};
class SlotGuard : public engine::GuardTable<std::string, SlotState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {AppointmentMade::kName, AppointmentCancelled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

enum class AppointmentStatus { booked, kept, cancelled, missed };
BOOST_DESCRIBE_ENUM(AppointmentStatus, booked, kept, cancelled, missed)
struct AppointmentState {
  std::string line;
  CivilDay day{};
  std::int32_t slot = 0;
  AppointmentStatus status = AppointmentStatus::booked;
  std::int64_t subject = 0;
  std::string holder, matters;  // codes, with commas
  static const store::View& view();
  void append_row(store::Row& r) const;
  static AppointmentState from(const store::Row& r);
};
class AppointmentGuard : public engine::GuardTable<std::int64_t, AppointmentState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  std::vector<AppointmentId> booked_before(CivilDay day, int n);
};

// The last appointment's number, under key 1.
struct AppointmentCount {
  std::int64_t last = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(last); }
  static AppointmentCount from(const store::Row& r) { return {r[2].i}; }
};
class AppointmentCountGuard : public engine::GuardTable<std::int64_t, AppointmentCount> {
 public:
  std::vector<std::string_view> listens_to() const override { return {AppointmentMade::kName}; }
  void apply(const engine::RecordedFact& fact) override { change(1).last = fact.as<AppointmentMade>().appointment.value; }
};

// Whether a person has an appointment of a line on a day: nobody buys up the slots.
struct BookingState {
  std::int64_t booked = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(booked); }
  static BookingState from(const store::Row& r) { return {r[2].i}; }
};
class BookingGuard : public engine::GuardTable<std::string, BookingState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {AppointmentMade::kName, AppointmentCancelled::kName}; }
  void apply(const engine::RecordedFact& fact) override;
  static std::string key(SubjectId subject, CivilDay day, const LineCode& line);
};

// The days of a person's missed appointments, the latest kRemembered.
struct MissedState {
  std::vector<std::int32_t> days;
  static constexpr std::size_t kRemembered = 100;  // as many as LineRules::missed_limit may be
  static const store::View& view();
  void append_row(store::Row& r) const;
  static MissedState from(const store::Row& r);
};
class MissedGuard : public engine::GuardTable<std::int64_t, MissedState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {AppointmentMissed::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};

}  // namespace yi::hall
