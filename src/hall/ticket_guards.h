#pragma once
// What the rules of numbers and appointments read. Every state has a key that begins with its day, so that nothing of yesterday
// can be called and a day's work stays in memory.
#include <map>

#include "engine/guard.h"
#include "casework/house_events.h"
#include "hall/ticket_events.h"

namespace yi::hall {

std::string day_key(CivilDay day);                                    // "20240624"
CivilDay day_of(TicketId ticket);
TicketId ticket_id(CivilDay day, std::int64_t serial);
std::string line_key(CivilDay day, const LineCode& line);             // "20240624/ZH"
std::string place_key(CivilDay day, const Place& place);              // "20240624/ZH/9000/000001"

// How many numbers a day has given out over all lines, and how often a window was opened on it; by day.
struct DayState {
  std::int64_t serial = 0, opened = 0;
  static const store::View& view();
  void append_row(store::Row& r) const {
    r.emplace_back(serial);
    r.emplace_back(opened);
  }
  static DayState from(const store::Row& r) { return {r[2].i, r[3].i}; }
};
class DayGuard : public engine::GuardTable<std::int64_t, DayState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {TicketTaken::kName, WindowOpened::kName}; }
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
  std::string holder, matters;  // codes of matters, with commas

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
  std::string by;            // who opened it, or took it over
  Instant since{};
  std::int64_t ticket = 0;   // that it serves; 0: none
  std::int64_t last = 0;     // that it finished last, for its pad
  Instant last_at{};
  static const store::View& view();
  void append_row(store::Row& r) const;
  static WindowState from(const store::Row& r) { return {r[2].s, Instant{r[3].i}, r[4].i, r[5].i, Instant{r[6].i}}; }
};
// A row a window that is open.
class WindowGuard : public engine::GuardTable<std::string, WindowState> {
 public:
  std::vector<std::string_view> listens_to() const override;
  void apply(const engine::RecordedFact& fact) override;
  std::vector<WindowCode> open_since_before(Instant t, int n);
};

// Visits that were rated, by ticket: one visit one rating, whichever windows it went to and whoever asked (一次一评).
struct RatedState {
  std::int64_t level = 0;
  static const store::View& view();
  void append_row(store::Row& r) const { r.emplace_back(level); }
  static RatedState from(const store::Row& r) { return {r[2].i}; }
};
class RatedGuard : public engine::GuardTable<std::int64_t, RatedState> {
 public:
  std::vector<std::string_view> listens_to() const override { return {casework::VisitEvaluated::kName}; }
  void apply(const engine::RecordedFact& fact) override;
};
// The ticket that a rated visit names; none: another number of the day.
std::optional<TicketId> ticket_of_visit(std::string_view visit);

}  // namespace yi::hall
