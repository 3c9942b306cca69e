#include "casework/recount.h"

#include "base/text.h"
#include "crypto/sm3.h"

namespace yi::casework {
namespace {
using engine::RecordedFact;
using store::Type;
using store::Value;

bool days_moved(const Standing& a, const Standing& b) {
  return a.notice_due != b.notice_due || a.correction_due != b.correction_due || a.statutory_due != b.statutory_due || a.promised_due != b.promised_due ||
         a.step_due != b.step_due || a.delivery_due != b.delivery_due;
}

std::vector<YearTakenOver> years_of(const calendar::Calendar& c) {
  std::vector<YearTakenOver> out;
  for (const int year : c.years()) {
    YearTakenOver y{year, c.provisional(year), {}};
    for (const auto& n : c.notices(year)) y.notices.emplace_back(n.number);
    out.push_back(std::move(y));
  }
  return out;
}

}  // namespace

std::string digest_of(const calendar::Calendar& c) { return hex(crypto::bytes(crypto::sm3(c.canonical_text()))); }

const store::View& CalendarState::view() {
  static const store::View v{"casework_calendar", 1, store::ViewKind::guard, 2,
                             {{"centre", Type::integer}, {"one", Type::integer}, {"digest", Type::text}, {"running", Type::text}, {"last", Type::integer},
                              {"looked_at", Type::integer}, {"moved", Type::integer}, {"confirmed", Type::integer}, {"refused", Type::integer},
                              {"ended_on", Type::integer}}};
  return v;
}
void CalendarState::append_row(store::Row& r) const {
  r.emplace_back(digest);
  r.emplace_back(running);
  for (const auto n : {last, looked_at, moved, confirmed, refused}) r.emplace_back(n);
  r.push_back(on ? Value(on->days) : Value());
}
CalendarState CalendarState::from(const store::Row& r) {
  CalendarState s{r[2].s, r[3].s, r[4].i, r[5].i, r[6].i, r[7].i, r[8].i, {}};
  if (r[9].kind != Value::Kind::null) s.on = CivilDay{static_cast<std::int32_t>(r[9].i)};
  return s;
}

void CalendarGuard::apply(const RecordedFact& f) {
  auto& s = change(1);
  if (f.record.name == RecountRun::kName) {
    const auto run = f.as<RecountRun>();
    s.running = std::string_view(run.digest);
    s.last = run.last.value;
    s.looked_at = run.looked_at;
    s.moved = run.moved;
    s.confirmed = run.confirmed;
    s.refused = run.refused_before + static_cast<std::int64_t>(run.refused.size());
  } else {
    const auto t = f.as<CalendarTakenOver>();
    s = {std::string(std::string_view(t.digest)), "", 0, t.looked_at, t.moved, t.confirmed, t.refused, civil_day(f.record.recorded_at)};
  }
}
CalendarState CalendarGuard::state() {
  const auto* s = find(1);
  return s ? *s : CalendarState{};
}

bool recount_group(engine::Turn& turn, const Context& x, const std::string& digest, CaseGuard& cases, CalendarGuard& calendars, const RecountBounds& bounds) {
  const auto before = calendars.state();
  if (before.digest == digest) return false;
  RecountRun run;
  run.digest = Text<64>(digest);
  if (before.running == digest) {
    run.last = {before.last};
    run.looked_at = before.looked_at;
    run.moved = before.moved;
    run.confirmed = before.confirmed;
    run.refused_before = before.refused;
  }
  const auto ids = cases.open_behind(run.last.value, bounds.cases);
  // Nothing has ever been counted by a calendar here: nothing is taken over.
  if (ids.empty() && before.digest.empty() && before.running.empty()) return false;
  bool more = static_cast<int>(ids.size()) == bounds.cases;
  int facts = 0;
  for (const auto id : ids) {
    if (facts == bounds.facts || static_cast<int>(run.refused.size()) == bounds.facts) {
      more = true;
      break;
    }
    run.last = {id};
    ++run.looked_at;
    const auto* s = cases.find(id);
    if (!s) continue;
    auto moved = recount(*s, x);
    if (!moved) {
      run.refused.push_back({{id}, s->department, Text<60>(moved.error().code), Text<300>(moved.error().sentence)});
      continue;
    }
    if (!*moved) continue;
    auto fact = std::move(**moved);
    ++(days_moved(fact.before, fact.after) ? run.moved : run.confirmed);
    fact.after.previous = s->last_fact;
    turn.fact(stream_of({id}), fact);
    ++facts;
  }
  if (more || !run.refused.empty()) turn.fact(kCalendarStream, run);
  if (!more) {
    turn.fact(kCalendarStream, CalendarTakenOver{run.digest, years_of(x.calendar), run.looked_at, run.moved, run.confirmed,
                                                 run.refused_before + static_cast<std::int64_t>(run.refused.size())});
  }
  return more;
}

}  // namespace yi::casework
