#include "hall/ticket_guards.h"

#include <fmt/format.h>

#include <charconv>

#include "hall/guard_parts.h"

namespace yi::hall {
namespace {
using engine::RecordedFact;
using store::Merge;
using store::Personal;
using store::Type;
using store::ViewKind;

}  // namespace

std::string day_key(CivilDay d) { return fmt::format("{:04}{:02}{:02}", d.year(), d.month(), d.day()); }
TicketId ticket_id(CivilDay d, std::int64_t serial) { return {(d.year() * 10'000LL + d.month() * 100 + d.day()) * 1'000'000 + serial}; }
CivilDay day_of(TicketId t) {
  const auto d = t.value / 1'000'000;
  return CivilDay::of(static_cast<int>(d / 10'000), static_cast<unsigned>(d / 100 % 100), static_cast<unsigned>(d % 100));
}
std::string line_key(CivilDay day, const LineCode& line) { return day_key(day) + "/" + line.value; }
std::string place_key(CivilDay day, const Place& p) { return fmt::format("{}/{}/{:04}/{:06}", day_key(day), p.line.value, p.lane, p.number); }

const store::View& DayState::view() {
  static const store::View v{"hall_day", 2, ViewKind::guard, 2, {{"centre", Type::integer}, {"day", Type::integer}, {"serial", Type::integer}, {"opened", Type::integer}}};
  return v;
}
void DayGuard::apply(const RecordedFact& f) {
  if (f.record.name == WindowOpened::kName) ++change(civil_day(f.record.recorded_at).days).opened;
  else ++change(day_of(f.as<TicketTaken>().ticket).days).serial;
}

const store::View& LineDayState::view() {
  static const store::View v{"hall_line_day", 1, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"line_day", Type::text}, {"taken", Type::integer}, {"waiting", Type::integer}, {"served", Type::integer},
                              {"seconds", Type::integer}, {"squares", Type::integer}, {"run", Type::integer}, {"lanes", Type::text}}};
  return v;
}
void LineDayState::append_row(store::Row& r) const {
  for (const auto n : {taken, waiting, served, seconds, squares, run}) r.emplace_back(n);
  std::string text;
  for (const auto& [lane, l] : lanes) text += fmt::format("{}{} {} {}", text.empty() ? "" : " ", lane, l.next, l.last);
  r.emplace_back(std::move(text));
}
LineDayState LineDayState::from(const store::Row& r) {
  LineDayState s{r[2].i, r[3].i, r[4].i, r[5].i, r[6].i, r[7].i, {}};
  const auto all = numbers(r[8].s);
  for (std::size_t i = 0; i + 2 < all.size(); i += 3)
    s.lanes[static_cast<std::int32_t>(all[i])] = {static_cast<std::int32_t>(all[i + 1]), static_cast<std::int32_t>(all[i + 2])};
  return s;
}
std::vector<std::string_view> LineDayGuard::listens_to() const {
  return {TicketTaken::kName, TicketCalled::kName, TicketRejoined::kName, TicketPassedOn::kName, TicketFinished::kName, TicketLeft::kName};
}
void LineDayGuard::apply(const RecordedFact& f) {
  const auto name = f.record.name;
  const auto joins = [&](TicketId ticket, const Place& p) -> LineDayState& {
    auto& s = change(line_key(day_of(ticket), p.line));
    ++s.waiting;
    auto& lane = s.lanes[p.lane];
    lane.last = std::max(lane.last, p.number);
    return s;
  };
  if (name == TicketTaken::kName) {
    const auto t = f.as<TicketTaken>();
    ++joins(t.ticket, t.place).taken;
  } else if (name == TicketRejoined::kName) {
    const auto t = f.as<TicketRejoined>();
    joins(t.ticket, t.place);
  } else if (name == TicketPassedOn::kName) {
    const auto t = f.as<TicketPassedOn>();
    joins(t.ticket, t.place);
  } else if (name == TicketCalled::kName) {
    const auto t = f.as<TicketCalled>();
    if (!t.from) return;
    auto& s = change(line_key(day_of(t.ticket), t.from->line));
    --s.waiting;
    // Whoever stood before has been called or has gone.
    auto& lane = s.lanes[t.from->lane];
    lane.next = std::max(lane.next, t.from->number + 1);
    s.run = t.past_ordinary ? s.run + 1 : 0;
  } else if (name == TicketFinished::kName) {
    const auto t = f.as<TicketFinished>();
    auto& s = change(line_key(day_of(t.ticket), t.line));
    ++s.served;
    s.seconds += t.seconds;
    s.squares += t.seconds * t.seconds;
  } else if (const auto t = f.as<TicketLeft>(); t.from) {
    --change(line_key(day_of(t.ticket), t.from->line)).waiting;
  }
}

const store::View& PlaceState::view() {
  static const store::View v = counter("hall_place", "place", Type::text, "ticket");
  return v;
}
void PlaceGuard::apply(const RecordedFact& f) {
  const auto name = f.record.name;
  const auto take = [&](TicketId ticket, const Place& p) { change_new(place_key(day_of(ticket), p)).ticket = ticket.value; };
  if (name == TicketTaken::kName) {
    const auto t = f.as<TicketTaken>();
    take(t.ticket, t.place);
  } else if (name == TicketRejoined::kName) {
    const auto t = f.as<TicketRejoined>();
    take(t.ticket, t.place);
  } else if (name == TicketPassedOn::kName) {
    const auto t = f.as<TicketPassedOn>();
    take(t.ticket, t.place);
  } else if (name == TicketCalled::kName) {
    const auto t = f.as<TicketCalled>();
    if (t.from) remove(place_key(day_of(t.ticket), *t.from));
  } else if (const auto t = f.as<TicketLeft>(); t.from) {
    remove(place_key(day_of(t.ticket), *t.from));
  }
}

const store::View& TicketState::view() {
  static const store::View v{"hall_ticket", 2, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"ticket", Type::integer}, {"number", Type::text}, {"line", Type::text}, {"kind", Type::integer}, {"status", Type::integer},
                              {"window_code", Type::text}, {"times", Type::integer}, {"lane", Type::integer}, {"place", Type::integer}, {"taken_at", Type::integer},
                              {"called_at", Type::integer}, {"seconds", Type::integer}, {"holder", Type::text, Merge::replace, Personal::name}, {"matters", Type::text}},
                             {{"centre", "status", "ticket"}}};
  return v;
}
void TicketState::append_row(store::Row& r) const {
  r.emplace_back(number);
  r.emplace_back(line);
  r.emplace_back(static_cast<int>(kind));
  r.emplace_back(static_cast<int>(status));
  r.emplace_back(window);
  r.emplace_back(times);
  r.emplace_back(lane);
  r.emplace_back(place);
  r.emplace_back(taken_at.ms);
  r.emplace_back(called_at.ms);
  r.emplace_back(seconds);
  r.emplace_back(holder);
  r.emplace_back(matters);
}
TicketState TicketState::from(const store::Row& r) {
  return {r[2].s, r[3].s, static_cast<TicketClass>(r[4].i), static_cast<TicketStatus>(r[5].i), r[6].s, static_cast<std::int32_t>(r[7].i), static_cast<std::int32_t>(r[8].i),
          static_cast<std::int32_t>(r[9].i), Instant{r[10].i}, Instant{r[11].i}, r[12].i, r[13].s, r[14].s};
}
std::vector<std::string_view> TicketGuard::listens_to() const {
  return {TicketTaken::kName, TicketCalled::kName, TicketHeld::kName, TicketResumed::kName, TicketSkipped::kName, TicketRejoined::kName, TicketPassedOn::kName, TicketFinished::kName,
          TicketLeft::kName};
}
void TicketGuard::apply(const RecordedFact& f) {
  const auto name = f.record.name;
  const auto now = f.record.recorded_at;
  const auto waits = [&](TicketId ticket, const Place& p) {
    auto& s = change(ticket.value);
    s.status = TicketStatus::waiting;
    s.line = p.line.value;
    s.lane = p.lane;
    s.place = p.number;
    s.times = 0;
    s.window.clear();
  };
  if (name == TicketTaken::kName) {
    const auto t = f.as<TicketTaken>();
    change_new(t.ticket.value) = {t.number, t.place.line.value, t.kind, TicketStatus::waiting, "", 0, t.place.lane, t.place.number, now, {}, 0, t.holder ? std::string(*t.holder) : "", joined(t.matters)};
  } else if (name == TicketCalled::kName) {
    const auto t = f.as<TicketCalled>();
    auto& s = change(t.ticket.value);
    s.status = TicketStatus::called;
    s.window = t.window.value;
    s.times = t.times;
    s.called_at = now;  // once more called: they are only now at the window
  } else if (name == TicketHeld::kName) {
    auto& s = change(f.as<TicketHeld>().ticket.value);
    s.status = TicketStatus::held;
    s.seconds += (now.ms - s.called_at.ms) / 1'000;
  } else if (name == TicketResumed::kName) {
    const auto t = f.as<TicketResumed>();
    auto& s = change(t.ticket.value);
    s.status = TicketStatus::called;
    s.window = t.window.value;
    s.called_at = now;
  } else if (name == TicketSkipped::kName) {
    change(f.as<TicketSkipped>().ticket.value).status = TicketStatus::skipped;
  } else if (name == TicketRejoined::kName) {
    const auto t = f.as<TicketRejoined>();
    waits(t.ticket, t.place);
  } else if (name == TicketPassedOn::kName) {
    const auto t = f.as<TicketPassedOn>();
    waits(t.ticket, t.place);
    auto& s = change(t.ticket.value);
    s.kind = TicketClass::passed_on;
    s.seconds = 0;
  } else if (name == TicketFinished::kName) {
    change(f.as<TicketFinished>().ticket.value).status = TicketStatus::finished;
  } else {
    change(f.as<TicketLeft>().ticket.value).status = TicketStatus::left;
  }
}
std::vector<TicketId> TicketGuard::unfinished_before(CivilDay day, int n) {
  std::vector<TicketId> out;
  for (const auto status : {TicketStatus::waiting, TicketStatus::called, TicketStatus::held, TicketStatus::skipped}) {
    auto c = select("SELECT ticket FROM hall_ticket WHERE centre=$1 AND status=$2 AND ticket<$3 ORDER BY ticket LIMIT $4",
                    {static_cast<int>(status), ticket_id(day, 0).value, n - static_cast<int>(out.size())});
    while (c->next()) out.push_back({c->integer(0)});
    if (static_cast<int>(out.size()) >= n) break;
  }
  return out;
}

const store::View& WindowState::view() {
  static const store::View v{"hall_window", 2, ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"window_code", Type::text}, {"opened_by", Type::text}, {"since", Type::integer}, {"ticket", Type::integer}, {"last_ticket", Type::integer},
                              {"last_at", Type::integer}}};
  return v;
}
void WindowState::append_row(store::Row& r) const {
  r.emplace_back(by);
  r.emplace_back(since.ms);
  r.emplace_back(ticket);
  r.emplace_back(last);
  r.emplace_back(last_at.ms);
}
std::vector<std::string_view> WindowGuard::listens_to() const {
  return {WindowOpened::kName, WindowClosed::kName, WindowTakenOver::kName, TicketCalled::kName, TicketHeld::kName, TicketResumed::kName, TicketSkipped::kName, TicketPassedOn::kName, TicketFinished::kName};
}
void WindowGuard::apply(const RecordedFact& f) {
  const auto name = f.record.name;
  if (name == WindowOpened::kName) {
    const auto w = f.as<WindowOpened>();
    change(w.window.value) = {w.by, f.record.recorded_at, 0, 0, {}};
  } else if (name == WindowClosed::kName) {
    remove(f.as<WindowClosed>().window.value);
  } else if (name == WindowTakenOver::kName) {
    const auto w = f.as<WindowTakenOver>();
    change(w.window.value).by = w.by;
  } else if (name == TicketCalled::kName) {
    const auto t = f.as<TicketCalled>();
    change(t.window.value).ticket = t.ticket.value;
  } else if (name == TicketResumed::kName) {
    const auto t = f.as<TicketResumed>();
    change(t.window.value).ticket = t.ticket.value;
  } else {
    const auto free = [&](const WindowCode& w) { change(w.value).ticket = 0; };
    if (name == TicketHeld::kName) free(f.as<TicketHeld>().window);
    else if (name == TicketSkipped::kName) free(f.as<TicketSkipped>().window);
    else if (name == TicketPassedOn::kName) free(f.as<TicketPassedOn>().window);
    else {
      const auto t = f.as<TicketFinished>();
      free(t.window);
      auto& w = change(t.window.value);
      w.last = t.ticket.value;
      w.last_at = f.record.recorded_at;
    }
  }
}
std::vector<WindowCode> WindowGuard::open_since_before(Instant t, int n) {
  std::vector<WindowCode> out;
  auto c = select("SELECT window_code FROM hall_window WHERE centre=$1 AND since<$2 ORDER BY window_code LIMIT $3", {t.ms, n});
  while (c->next()) out.push_back({std::string(c->bytes(0))});
  return out;
}

const store::View& RatedState::view() {
  static const store::View v = counter("hall_rated", "ticket", Type::integer, "level");
  return v;
}
std::optional<TicketId> ticket_of_visit(std::string_view visit) {
  TicketId t;
  const auto r = std::from_chars(visit.data(), visit.data() + visit.size(), t.value);
  if (visit.size() != 14 || r.ec != std::errc{} || r.ptr != visit.data() + visit.size()) return std::nullopt;
  return t;
}
void RatedGuard::apply(const RecordedFact& f) {
  const auto e = f.as<casework::VisitEvaluated>();
  if (const auto ticket = ticket_of_visit(e.visit)) change(ticket->value).level = e.level;
}

}  // namespace yi::hall
