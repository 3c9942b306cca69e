#include "hall/ticket_declare.h"

#include "hall/ticket_views.h"

namespace yi::hall {
namespace {
using engine::Turn;

constexpr int kTimerFacts = 200;  // of one turn of the day's timer

struct Desk {
  TicketGround ground;
  TicketGuards guards;
  identity::Subjects subjects;
};

template <class C>
std::string stream_of(const C&, const Turn& turn) {
  return "hall:" + to_iso(civil_day(turn.now()));
}
std::string stream_of(AppointmentId id) { return "appointment:" + std::to_string(id.value); }

TicketContext context_of(Desk& desk, const Turn& turn) { return {desk.ground, desk.guards, turn.now(), turn.actor().account, turn.actor().role == "applicant", turn.actor().subject}; }

template <class C>
engine::CommandSpec command(const char* name, const char* summary, const std::shared_ptr<Desk>& desk) {
  return engine::command<C>(name, summary, ticket_refusal_codes(), [desk](Turn& turn, const C& c) -> Checked {
    const auto x = context_of(*desk, turn);
    YI_TRY(const auto fact, decide(c, x));
    if constexpr (std::is_same_v<C, CallNext>) {
      if (fact.finished) turn.fact(stream_of(c, turn), *fact.finished);
      if (fact.called) turn.fact(stream_of(c, turn), *fact.called);
    } else if constexpr (std::is_same_v<C, MakeAppointment> || std::is_same_v<C, CancelAppointment>) {
      turn.fact(stream_of(fact.appointment), fact);
    } else if constexpr (std::is_same_v<C, RateVisit>) {
      const auto stream = "visit:" + to_iso(x.today());
      if (c.comment) {
        auto rated = fact;
        rated.subject = desk->subjects.anonymous(turn);
        turn.fact(stream, turn.now(), rated, casework::EvaluationWords{*c.comment}, *rated.subject);
      } else {
        turn.fact(stream, fact);
      }
    } else {
      turn.fact(stream_of(c, turn), fact);
    }
    return Done{};
  });
}

// What the day before left open. The state is that of the commits before this turn, so every call sees what the one before has done.
bool close_days_before(Desk& desk, Turn& turn) {
  const auto today = civil_day(turn.now());
  const auto stream = "hall:" + to_iso(today);
  for (const auto& window : desk.guards.windows.open_since_before(start_of(today), kTimerFacts)) {
    const auto* w = desk.guards.windows.find(window.value);
    if (w && w->ticket) {  // called and never finished: no service was told, none is counted
      turn.fact(stream, TicketLeft{{w->ticket}, std::nullopt, LeftWhy::day_over});
    }
    turn.fact(stream, WindowClosed{window, Text<64>("system")});
  }
  if (!turn.facts().empty()) return true;
  for (const auto id : desk.guards.tickets.unfinished_before(today, kTimerFacts)) {
    const auto* t = desk.guards.tickets.find(id.value);
    turn.fact(stream, TicketLeft{id, t && t->status == TicketStatus::waiting ? std::optional(t->where()) : std::nullopt, LeftWhy::day_over});
  }
  if (!turn.facts().empty()) return true;
  const auto x = context_of(desk, turn);
  for (const auto id : desk.guards.appointments.booked_before(today, kTimerFacts))
    std::visit([&](const auto& fact) { turn.fact(stream_of(id), fact); }, ended(id, x));
  return !turn.facts().empty();
}

}  // namespace

MayRate declare_tickets(engine::Registry& registry, const TicketGround& ground, const identity::Subjects& subjects) {
  auto& r = registry;
  const auto desk = std::make_shared<Desk>(Desk{ground, {r.add_guard<DayGuard>(), r.add_guard<LineDayGuard>(), r.add_guard<PlaceGuard>(), r.add_guard<TicketGuard>(), r.add_guard<WindowGuard>(),
                                                         r.add_guard<SlotGuard>(), r.add_guard<AppointmentGuard>(), r.add_guard<AppointmentCountGuard>(), r.add_guard<BookingGuard>(),
                                                         r.add_guard<MissedGuard>(), r.add_guard<ClosureGuard>(), r.add_guard<RatedGuard>()}, subjects});
  add_ticket_reports(r);
  auto& c = r.commands;
  c.push_back(command<TakeTicket>("hall.take_ticket", "取号", desk));
  c.push_back(command<CheckIn>("hall.check_in", "预约报到取号", desk));
  c.push_back(command<OpenWindow>("hall.open_window", "开窗", desk));
  c.push_back(command<CloseWindow>("hall.close_window", "关窗", desk));
  c.push_back(command<TakeOverWindow>("hall.take_over_window", "接管窗口", desk));
  c.push_back(command<CallNext>("hall.call_next", "叫下一个号", desk));
  c.push_back(command<Recall>("hall.recall", "重叫", desk));
  c.push_back(command<Hold>("hall.hold_ticket", "挂起", desk));
  c.push_back(command<Resume>("hall.resume_ticket", "恢复办理挂起的号", desk));
  c.push_back(command<Skip>("hall.skip_ticket", "过号", desk));
  c.push_back(command<Rejoin>("hall.rejoin_line", "过号重排", desk));
  c.push_back(command<PassOn>("hall.pass_on_ticket", "转号", desk));
  c.push_back(command<Finish>("hall.finish_ticket", "办结一个号", desk));
  c.push_back(command<GiveUp>("hall.give_up_ticket", "弃号", desk));
  c.push_back(command<MakeAppointment>("hall.make_appointment", "预约", desk));
  c.push_back(command<CancelAppointment>("hall.cancel_appointment", "取消预约", desk));
  c.push_back(command<CloseDay>("hall.close_day", "登记停办", desk));
  c.push_back(command<ReopenDay>("hall.reopen_day", "取消停办", desk));
  auto rate = command<RateVisit>("hall.rate_visit", "来访评价", desk);
  rate.has_door = false;  // the pad's and the link's doors give it
  c.push_back(std::move(rate));
  r.timers.push_back([desk](Turn& turn) { return close_days_before(*desk, turn); });
  return [desk](const Turn& turn, TicketId ticket) { return may_be_rated(ticket, context_of(*desk, turn)); };
}

}  // namespace yi::hall
