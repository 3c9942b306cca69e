#include "hall/ticket_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "hall/guard_parts.h"

namespace yi::hall {
namespace {
using engine::RecordedFact;
using store::Merge;
using store::Personal;
using store::Type;

class CallReport : public engine::Report {
 public:
  const store::View& view() const override { return call_view(); }
  std::vector<std::string_view> listens_to() const override { return {TicketCalled::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto t = f.as<TicketCalled>();
    out.put({f.centre.value, day_of(t.ticket).days, f.seq, t.ticket.value, t.number, t.window.value, t.times, f.record.recorded_at.ms, t.holder ? store::Value(*t.holder) : store::Value()});
  }
};

class NumberReport : public engine::Report {
 public:
  const store::View& view() const override {
    static const store::View v{"hall_number_work", 1, store::ViewKind::report, 4,
                               {{"centre", Type::integer}, {"day", Type::integer}, {"account", Type::text}, {"window_code", Type::text}, {"called", Type::integer, Merge::add},
                                {"finished", Type::integer, Merge::add}, {"skipped", Type::integer, Merge::add}, {"passed_on", Type::integer, Merge::add}}};
    return v;
  }
  std::vector<std::string_view> listens_to() const override { return {TicketCalled::kName, TicketFinished::kName, TicketSkipped::kName, TicketPassedOn::kName}; }
  void project(const RecordedFact& f, store::RowBuffer& out) const override {
    const auto name = f.record.name;
    const auto put = [&](const WindowCode& window) {
      out.put({f.centre.value, civil_day(f.record.recorded_at).days, f.record.actor, window.value, name == TicketCalled::kName ? 1 : 0, name == TicketFinished::kName ? 1 : 0,
               name == TicketSkipped::kName ? 1 : 0, name == TicketPassedOn::kName ? 1 : 0});
    };
    if (name == TicketCalled::kName) {
      if (const auto t = f.as<TicketCalled>(); t.from) put(t.window);
    } else if (name == TicketFinished::kName) {
      put(f.as<TicketFinished>().window);
    } else if (name == TicketSkipped::kName) {
      put(f.as<TicketSkipped>().window);
    } else {
      put(f.as<TicketPassedOn>().window);
    }
  }
};

std::optional<std::string> unless_empty(std::string s) { return s.empty() ? std::nullopt : std::optional(std::move(s)); }
std::string clock_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

template <class State>
std::optional<State> row_of(const HallReader& h, const store::Value& key) {
  auto c = h.reader.select(store::select_row_sql(State::view(), State::view().name), {h.centre.value, key});
  if (!c->next()) return std::nullopt;
  return State::from(store::read_row(State::view(), *c));
}

// Why the hall, or this line of it, is closed on a day.
std::optional<std::string> closed_for(const HallReader& h, CivilDay day, const LineCode& line) {
  for (const auto& key : {closure_key(day, {}), closure_key(day, line)})
    if (const auto c = row_of<ClosureState>(h, store::Value(key))) return c->reason;
  return std::nullopt;
}

std::set<std::string> open_windows(const HallReader& h) {
  std::set<std::string> out;
  auto c = h.reader.select("SELECT window_code FROM hall_window WHERE centre=$1", {h.centre.value});
  while (c->next()) out.insert(std::string(c->bytes(0)));
  return out;
}
std::int64_t open_of(const Line& line, const std::set<std::string>& open) {
  return std::count_if(line.windows.begin(), line.windows.end(), [&](const WindowCode& w) { return open.count(w.value) > 0; });
}

LineNow line_now(const HallReader& h, const Line& line, const std::set<std::string>& open) {
  const auto s = row_of<LineDayState>(h, line_key(h.today(), line.code)).value_or(LineDayState{});
  LineNow n{line.code, line.name, s.taken, s.waiting, s.served, open_of(line, open), false, true, {}, {}};
  const int minute = minute_of_day(h.now);
  n.today = line.opens_on(h.today(), h.is_working_day(h.today()));
  n.closed = closed_for(h, h.today(), line.code);
  n.taking = n.today && !n.closed && minute >= line.open.from && minute < line.open.to && s.taken < line.day_cap;
  if (n.open_windows > 0) n.wait = wait_range(s.waiting, n.open_windows, line, s);
  return n;
}

AppointmentEntry entry_of(const HallReader& h, AppointmentId id, const AppointmentState& a) {
  const auto* line = h.lines.find({a.line});
  return {id, {a.line}, line ? line->name : a.line, a.day, a.slot, clock_text(a.slot), a.status, unless_empty(a.holder), closed_for(h, a.day, {a.line}), {}};
}

std::vector<AppointmentEntry> entries(const HallReader& h, std::unique_ptr<store::Cursor> c) {
  std::vector<AppointmentEntry> out;
  while (c->next()) {
    const auto row = store::read_row(AppointmentState::view(), *c);
    out.push_back(entry_of(h, {row[1].i}, AppointmentState::from(row)));
  }
  return out;
}

std::string columns_of(const store::View& view) {
  std::string out;
  for (const auto& c : view.columns) out += (out.empty() ? "" : ", ") + c.name;
  return out;
}

constexpr const char* kAppointmentColumns = "SELECT centre, appointment, line, day, slot, status, subject, holder, matters FROM hall_appointment ";

}  // namespace

const store::View& call_view() {
  static const store::View v{"hall_call", 1, store::ViewKind::report, 3,
                             {{"centre", Type::integer}, {"day", Type::integer}, {"seq", Type::integer}, {"ticket", Type::integer}, {"number", Type::text}, {"window_code", Type::text},
                              {"times", Type::integer}, {"called_at", Type::integer}, {"holder", Type::text, Merge::replace, Personal::name}}};
  return v;
}

void add_ticket_reports(engine::Registry& registry) {
  registry.add_report<CallReport>();
  registry.add_report<NumberReport>();
}

std::vector<NumberCounts> number_counts(store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to) {
  std::map<std::pair<std::string, std::string>, NumberCounts> all;
  auto c = reader.select("SELECT account, window_code, called, finished, skipped, passed_on FROM hall_number_work WHERE centre=$1 AND day>=$2 AND day<=$3", {centre.value, from.days, to.days});
  while (c->next()) {
    auto& n = all[{std::string(c->bytes(0)), std::string(c->bytes(1))}];
    n.called += c->integer(2);
    n.finished += c->integer(3);
    n.skipped += c->integer(4);
    n.passed_on += c->integer(5);
  }
  std::vector<NumberCounts> out;
  for (auto& [key, n] : all) {
    n.account = key.first;
    n.window = {key.second};
    out.push_back(std::move(n));
  }
  return out;
}

std::vector<BoardCall> last_calls(const HallReader& h, int n) {
  std::vector<BoardCall> out;
  std::set<std::string> seen;
  // A number that is called three times takes three rows: a few more are read than are shown.
  auto c = h.reader.select("SELECT number, window_code, holder, called_at, times FROM hall_call WHERE centre=$1 AND day=$2 ORDER BY seq DESC LIMIT $3",
                           {h.centre.value, h.today().days, n * 8});
  while (c->next() && static_cast<int>(out.size()) < n)
    if (seen.insert(std::string(c->bytes(0))).second)
      out.push_back({std::string(c->bytes(0)), std::string(c->bytes(1)), unless_empty(std::string(c->bytes(2))), Instant{c->integer(3)}, static_cast<std::int32_t>(c->integer(4))});
  return out;
}

WaitRange wait_range(std::int64_t before, std::int64_t windows, const Line& line, const LineDayState& day) {
  if (before <= 0 || windows <= 0) return {0, windows > 0 && before <= 0 ? 5 : 0};
  constexpr double kGuesses = 5;
  const double guess = line.minutes * 60.0;
  const double n = static_cast<double>(day.served) + kGuesses;
  const double mean = (static_cast<double>(day.seconds) + kGuesses * guess) / n;
  // The guess's own spread is half of it.
  const double square = (static_cast<double>(day.squares) + kGuesses * guess * guess * 1.25) / n;
  const double spread = std::sqrt(std::max(square - mean * mean, 0.0));
  const auto k = static_cast<double>(before);
  const auto w = static_cast<double>(windows);
  const double middle = k * mean / w;
  const double half = std::sqrt(k) * spread / w;
  const auto minutes = [](double s) { return s / 60.0; };
  WaitRange r;
  r.from = static_cast<std::int32_t>(std::floor(std::max(0.0, minutes(middle - half)) / 5)) * 5;
  r.to = std::max(r.from + 5, static_cast<std::int32_t>(std::ceil(minutes(middle + half) / 5)) * 5);
  return r;
}

std::vector<LineNow> lines_now(const HallReader& h) {
  const auto open = open_windows(h);
  std::vector<LineNow> out;
  for (const auto& line : h.lines.lines) out.push_back(line_now(h, line, open));
  return out;
}

std::optional<TicketId> ticket_of_number(const HallReader& h, std::string_view number) {
  // A day's tickets are some thousands, and this is asked by hand.
  auto c = h.reader.select("SELECT ticket FROM hall_ticket WHERE centre=$1 AND ticket>$2 AND ticket<$3 AND number=$4", {h.centre.value, ticket_id(h.today(), 0).value, ticket_id(h.today() + 1, 0).value, number});
  return c->next() ? std::optional(TicketId{c->integer(0)}) : std::nullopt;
}

std::optional<TicketNow> ticket_now(const HallReader& h, TicketId ticket) {
  const auto t = row_of<TicketState>(h, ticket.value);
  if (!t) return std::nullopt;
  const auto* line = h.lines.find({t->line});
  TicketNow n{ticket, t->number, {t->line}, line ? line->name : t->line, t->kind, t->status, unless_empty(t->window), {}, {}};
  if (t->status != TicketStatus::waiting) return n;
  const auto day = day_of(ticket);
  const auto mine = place_key(day, t->where());
  auto c = h.reader.select("SELECT COUNT(*) FROM hall_place WHERE centre=$1 AND place>=$2 AND place<$3", {h.centre.value, line_key(day, {t->line}) + "/", mine});
  n.before = c->next_integer();
  if (line)
    if (const auto windows = open_of(*line, open_windows(h)))
      n.wait = wait_range(*n.before, windows, *line, row_of<LineDayState>(h, line_key(day, {t->line})).value_or(LineDayState{}));
  return n;
}

WindowNow window_now(const HallReader& h, const WindowCode& window) {
  WindowNow n;
  n.window = window;
  const auto w = row_of<WindowState>(h, store::Value(window.value));
  n.open = w.has_value();
  const auto held = [](TicketId id, const TicketState& t) { return HeldTicket{id, t.number, unless_empty(t.holder), {t.line}, t.kind, matters_of(t.matters), t.times, t.called_at}; };
  if (w) {
    n.by = w->by;
    if (w->ticket)
      if (const auto t = row_of<TicketState>(h, w->ticket)) n.serving = held({w->ticket}, *t);
  }
  if (const auto last = last_finished(h, window); last && !last->rated)
    if (const auto t = row_of<TicketState>(h, last->ticket.value)) n.finished = held(last->ticket, *t);
  const auto open = open_windows(h);
  const auto served = h.lines.served_at(window);
  for (const auto* line : served) n.lines.push_back(line_now(h, *line, open));
  const auto mine = [&](const std::string& line) { return std::any_of(served.begin(), served.end(), [&](const Line* l) { return l->code.value == line; }); };
  for (const auto status : {TicketStatus::held, TicketStatus::skipped}) {
    auto c = h.reader.select("SELECT " + columns_of(TicketState::view()) + " FROM hall_ticket WHERE centre=$1 AND status=$2 AND ticket>$3 ORDER BY ticket LIMIT 200",
                             {h.centre.value, static_cast<int>(status), ticket_id(h.today(), 0).value});
    while (c->next()) {
      const auto row = store::read_row(TicketState::view(), *c);
      const auto t = TicketState::from(row);
      if (mine(t.line)) (status == TicketStatus::held ? n.held : n.skipped).push_back(held({row[1].i}, t));
    }
  }
  return n;
}

std::vector<FreeSlot> free_slots(const HallReader& h, const Line& line) {
  std::vector<FreeSlot> out;
  if (!line.slots) return out;
  const auto& s = *line.slots;
  for (int d = 0; d <= s.days_ahead; ++d) {
    const auto day = h.today() + d;
    if (!line.opens_on(day, h.is_working_day(day)) || closed_for(h, day, line.code)) continue;
    std::map<std::string, std::int64_t> sold;
    auto c = h.reader.select("SELECT slot, sold FROM hall_slot WHERE centre=$1 AND slot>=$2 AND slot<$3",
                             {h.centre.value, slot_key(day, line.code, 0), slot_key(day, line.code, 24 * 60)});
    while (c->next()) sold[std::string(c->bytes(0))] = c->integer(1);
    for (int m = s.span.from; s.begins_at(m); m += s.minutes) {
      if (d == 0 && m <= minute_of_day(h.now)) continue;
      const auto it = sold.find(slot_key(day, line.code, m));
      const auto free = s.places - (it == sold.end() ? 0 : it->second);
      out.push_back({day, m, clock_text(m), clock_text(m + s.minutes), static_cast<std::int32_t>(std::max<std::int64_t>(free, 0)), s.places});
    }
  }
  return out;
}

std::vector<Closure> closures_from(const HallReader& h, CivilDay from) {
  std::vector<Closure> out;
  auto c = h.reader.select("SELECT closure, reason FROM hall_closure WHERE centre=$1 AND closure>=$2 ORDER BY closure LIMIT 200", {h.centre.value, day_key(from)});
  while (c->next()) {
    const std::string key(c->bytes(0));
    const auto n = std::stoi(key.substr(0, 8));
    Closure closure{CivilDay::of(n / 10'000, static_cast<unsigned>(n / 100 % 100), static_cast<unsigned>(n % 100)), {}, std::string(c->bytes(1))};
    if (key.size() > 9) closure.line = LineCode{key.substr(9)};
    out.push_back(std::move(closure));
  }
  return out;
}

bool is_rated(const HallReader& h, TicketId ticket) { return row_of<RatedState>(h, ticket.value).has_value(); }

std::optional<LastFinished> last_finished(const HallReader& h, const WindowCode& window) {
  const auto w = row_of<WindowState>(h, store::Value(window.value));
  if (!w || w->last == 0) return std::nullopt;
  const TicketId id{w->last};
  const auto t = row_of<TicketState>(h, id.value);
  // Passed on since: the visit is not over.
  if (!t || t->status != TicketStatus::finished || day_of(id) != h.today()) return std::nullopt;
  return LastFinished{id, t->number, w->last_at, is_rated(h, id)};
}

std::vector<AppointmentEntry> appointments_of(const HallReader& h, SubjectId subject, int limit) {
  return entries(h, h.reader.select(std::string(kAppointmentColumns) + "WHERE centre=$1 AND subject=$2 ORDER BY appointment DESC LIMIT $3", {h.centre.value, subject.value, limit}));
}

std::vector<AppointmentEntry> appointments_on(const HallReader& h, CivilDay day, int limit) {
  return entries(h, h.reader.select(std::string(kAppointmentColumns) + "WHERE centre=$1 AND day=$2 ORDER BY line, slot, appointment LIMIT $3", {h.centre.value, day.days, limit}));
}

}  // namespace yi::hall
