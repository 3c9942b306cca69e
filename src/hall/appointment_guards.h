#pragma once
// What the rules of appointments and of closed days read.
#include "hall/ticket_guards.h"

namespace yi::hall {

std::string slot_key(CivilDay day, const LineCode& line, int minute); // "20240624/ZH/0540"
std::string closure_key(CivilDay day, const std::optional<LineCode>& line);  // "20240624/" for the hall, "20240624/ZH"

// 停办: a row a day, or a line's day, that is closed.
struct ClosureState {
  std::string reason;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(reason); }
  static ClosureState from(const store::Row& r) { return {r[2].s}; }
};
class ClosureGuard : public engine::GuardTable<std::string, ClosureState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {DayClosed::kName, DayReopened::kName}; }
  void apply(const engine::RecordedFact& fact) override;
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

// released: the hall was closed on its day.
enum class AppointmentStatus { booked, kept, cancelled, missed, released };
BOOST_DESCRIBE_ENUM(AppointmentStatus, booked, kept, cancelled, missed, released)
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
