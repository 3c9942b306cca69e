#include "hall/ticket_doors.h"

#include <charconv>

#include "engine/command_doors.h"
#include "hall/codes.h"
#include "hall/ticket_views.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {

struct LineList {
  Instant as_of;
  std::vector<LineNow> lines;
  std::vector<LineCode> bookable;    // that have slots
  std::vector<Closure> closures;     // 停办, of today and later
};
BOOST_DESCRIBE_STRUCT(LineList, (), (as_of, lines, bookable, closures))
// What everybody may know; the names on a board are for those who stand before it (kiosk_doors.cpp).
struct PublicCall {
  std::string number, window;
  Instant called_at;
};
BOOST_DESCRIBE_STRUCT(PublicCall, (), (number, window, called_at))
struct Board {
  Instant as_of;
  std::vector<PublicCall> calls;  // newest first
  std::vector<LineNow> lines;
};
BOOST_DESCRIBE_STRUCT(Board, (), (as_of, calls, lines))
struct SlotList {
  LineCode line;
  std::string name;
  std::vector<FreeSlot> slots;
  // What one agrees to by booking: minutes before and around the slot, how many missed in how many days pause booking.
  std::int32_t cancel_minutes = 0, check_in_early = 0, check_in_late = 0, missed_limit = 0, missed_days = 0;
};
BOOST_DESCRIBE_STRUCT(SlotList, (), (line, name, slots, cancel_minutes, check_in_early, check_in_late, missed_limit, missed_days))
struct AppointmentList {
  std::vector<AppointmentEntry> appointments;
};
BOOST_DESCRIBE_STRUCT(AppointmentList, (), (appointments))

constexpr int kBoardCalls = 5;
constexpr int kDayRows = 2'000;  // of one day: more than all slots of a provincial hall hold
const int kRows = static_cast<int>(limits::kPageRows.value);

http::Door door(const char* pattern, const char* name, const char* summary, const char* right, const char* audit, std::string schema) {
  http::Door d;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = right;
  d.audit_class = audit;
  d.refusal_codes = {"engine.bad_position", "engine.reports_behind"};
  if (std::string_view(right) != identity::kPublic) d.refusal_codes.emplace_back("identity.not_signed_in");
  d.runs_on = http::RunsOn::worker;
  d.parameters = {engine::after_parameter()};
  d.replies = {{200, summary, "application/json", std::move(schema)}};
  return d;
}

template <class T>
http::Response reply_of(const T& t) {
  http::Response r;
  r.body = json::write(t);
  return r;
}

AppointmentList coded(engine::Engine& engine, std::vector<AppointmentEntry> all) {
  for (auto& a : all) a.code = check_in_code(engine.keys(), a.appointment);
  return {std::move(all)};
}

// Waits for the reports, reads, replies. `read` gives a response.
template <class Read>
auto reading(engine::Engine& engine, const TicketGround& ground, Read read) {
  return [&engine, ground, read](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    const HallReader h{*reader, engine.centre(), *ground.lines, engine.clock().now(), ground.is_working_day};
    Result<http::Response> r = read(h, request, caller);
    reply(r ? std::move(r).value() : http::problem(r.error()));
  };
}

}  // namespace

void add_ticket_doors(http::Router& router, engine::Engine& engine, const TicketGround& ground) {
  auto lines = door("/api/hall/lines", "hall.list_lines", "排队业务组：等候人数、开窗数、预计等候", identity::kPublic, "none", json::schema<LineList>());
  lines.handle = reading(engine, ground, [](const HallReader& h, const http::Request&, const http::Caller&) -> Result<http::Response> { 
    LineList l{h.now, lines_now(h), {}, closures_from(h, h.today())};
    for (const auto& line : h.lines.lines)
      if (line.slots) l.bookable.push_back(line.code);
    return reply_of(l);
  });
  router.add(std::move(lines));

  auto board = door("/api/hall/board", "hall.read_board", "最近叫的号，没有姓名", identity::kPublic, "none", json::schema<Board>());
  board.handle = reading(engine, ground, [](const HallReader& h, const http::Request&, const http::Caller&) -> Result<http::Response> {
    Board b{h.now, {}, lines_now(h)};
    for (auto& c : last_calls(h, kBoardCalls)) b.calls.push_back({std::move(c.number), std::move(c.window), c.called_at});
    return reply_of(b);
  });
  router.add(std::move(board));

  auto ticket = door("/api/hall/tickets/{ticket}", "hall.get_ticket", "一个排队号：前面还有几人、预计等候", identity::kPublic, "none", json::schema<TicketNow>());
  ticket.parameters.push_back({"ticket", "排队号编号", R"({"type":"string","pattern":"^[0-9]{14}$"})", true, true});
  ticket.refusal_codes.emplace_back("hall.unknown_ticket");
  ticket.handle = reading(engine, ground, [](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    const auto& text = request.path_parameters.at("ticket");
    TicketId id;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id.value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return refusal(TicketRefused::unknown_ticket);
    auto t = ticket_now(h, id);
    if (!t) return refusal(TicketRefused::unknown_ticket);
    t->kind.reset();
    return reply_of(*t);
  });
  router.add(std::move(ticket));

  auto number = door("/api/hall/numbers/{number}", "hall.find_number", "按号码查今天的排队号", "hall.find_number", "read", json::schema<TicketNow>());
  number.parameters.push_back({"number", "号码，如 A012", R"({"type":"string","maxLength":8})", true, true});
  number.refusal_codes.emplace_back("hall.unknown_ticket");
  number.handle = reading(engine, ground, [](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    const auto id = ticket_of_number(h, request.path_parameters.at("number"));
    const auto t = id ? ticket_now(h, *id) : std::nullopt;
    if (!t) return refusal(TicketRefused::unknown_ticket);
    return reply_of(*t);
  });
  router.add(std::move(number));

  auto slots = door("/api/hall/slots", "hall.list_slots", "可约时段和余号", identity::kPublic, "none", json::schema<SlotList>());
  slots.parameters.push_back({"line", "排队业务组代码", R"({"type":"string","maxLength":16})", false, true});
  slots.refusal_codes.insert(slots.refusal_codes.end(), {"hall.unknown_line", "hall.no_slots"});
  slots.handle = reading(engine, ground, [](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    const auto it = request.query.find("line");
    const auto* line = it == request.query.end() ? nullptr : h.lines.find({it->second});
    if (!line) return refusal(TicketRefused::unknown_line);
    if (!line->slots) return refusal(TicketRefused::no_slots);
    const auto& rules = h.lines.rules;
    return reply_of(SlotList{line->code, line->name, free_slots(h, *line), line->slots->cancel_minutes, rules.check_in_early, rules.check_in_late, rules.missed_limit, rules.missed_days});
  });
  router.add(std::move(slots));

  auto window = door("/api/hall/windows/{window}", "hall.read_window", "窗口叫号台：正在办理、等候、挂起、过号", "hall.read_window", "read", json::schema<WindowNow>());
  window.parameters.push_back({"window", "窗口代码", R"({"type":"string","maxLength":16})", true, true});
  window.refusal_codes.emplace_back("hall.unknown_window");
  window.handle = reading(engine, ground, [known = ground.known_window](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    const WindowCode code{request.path_parameters.at("window")};
    if (!known(code)) return refusal(TicketRefused::unknown_window);
    return reply_of(window_now(h, code));
  });
  router.add(std::move(window));

  auto mine = door("/api/hall/appointments/mine", "hall.list_my_appointments", "我的预约", "hall.list_my_appointments", "read", json::schema<AppointmentList>());
  mine.handle = reading(engine, ground, [&engine](const HallReader& h, const http::Request&, const http::Caller& caller) -> Result<http::Response> {
    return reply_of(coded(engine, caller.subject ? appointments_of(h, SubjectId{caller.subject}, kRows) : std::vector<AppointmentEntry>{}));
  });
  router.add(std::move(mine));

  auto day = door("/api/hall/appointments", "hall.list_appointments", "一天的预约", "hall.list_appointments", "read", json::schema<AppointmentList>());
  day.parameters.push_back({"day", "日期；不填为今天", R"({"type":"string","format":"date"})", false, false});
  day.refusal_codes.emplace_back("base.bad_date");
  day.handle = reading(engine, ground, [&engine](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    auto of = h.today();
    if (const auto it = request.query.find("day"); it != request.query.end()) {
      YI_TRY(of, parse_day(it->second));
    }
    return reply_of(coded(engine, appointments_on(h, of, kDayRows)));
  });
  router.add(std::move(day));
}

}  // namespace yi::hall
