#include "hall/ticket_doors.h"

#include <charconv>

#include "engine/command_doors.h"
#include "hall/ticket_views.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {

struct LineList {
  Instant as_of;
  std::vector<LineNow> lines;
};
BOOST_DESCRIBE_STRUCT(LineList, (), (as_of, lines))
struct Board {
  Instant as_of;
  std::vector<BoardCall> calls;  // newest first
  std::vector<LineNow> lines;
};
BOOST_DESCRIBE_STRUCT(Board, (), (as_of, calls, lines))
struct SlotList {
  LineCode line;
  std::string name;
  std::vector<FreeSlot> slots;
};
BOOST_DESCRIBE_STRUCT(SlotList, (), (line, name, slots))
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

// Waits for the reports, reads, replies. `read` gives a response.
template <class Read>
auto reading(engine::Engine& engine, const TicketGround& ground, Read read) {
  return [&engine, lines = ground.lines, read](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    if (auto ready = engine::wait_for_position(engine, request); !ready) return reply(http::problem(ready.error()));
    auto reader = engine.reader();
    const HallReader h{*reader, engine.centre(), *lines, engine.clock().now()};
    Result<http::Response> r = read(h, request, caller);
    reply(r ? std::move(r).value() : http::problem(r.error()));
  };
}

}  // namespace

void add_ticket_doors(http::Router& router, engine::Engine& engine, const TicketGround& ground) {
  auto lines = door("/api/hall/lines", "hall.list_lines", "排队业务组：等候人数、开窗数、预计等候", identity::kPublic, "none", json::schema<LineList>());
  lines.handle = reading(engine, ground, [](const HallReader& h, const http::Request&, const http::Caller&) -> Result<http::Response> { return reply_of(LineList{h.now, lines_now(h)}); });
  router.add(std::move(lines));

  auto board = door("/api/hall/board", "hall.read_board", "叫号屏：最近叫的号", identity::kPublic, "none", json::schema<Board>());
  board.handle = reading(engine, ground, [](const HallReader& h, const http::Request&, const http::Caller&) -> Result<http::Response> {
    return reply_of(Board{h.now, last_calls(h, kBoardCalls), lines_now(h)});
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
    const auto t = ticket_now(h, id);
    if (!t) return refusal(TicketRefused::unknown_ticket);
    return reply_of(*t);
  });
  router.add(std::move(ticket));

  auto slots = door("/api/hall/slots", "hall.list_slots", "可约时段和余号", identity::kPublic, "none", json::schema<SlotList>());
  slots.parameters.push_back({"line", "排队业务组代码", R"({"type":"string","maxLength":16})", false, true});
  slots.refusal_codes.insert(slots.refusal_codes.end(), {"hall.unknown_line", "hall.no_slots"});
  slots.handle = reading(engine, ground, [is_working_day = ground.is_working_day](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    const auto it = request.query.find("line");
    const auto* line = it == request.query.end() ? nullptr : h.lines.find({it->second});
    if (!line) return refusal(TicketRefused::unknown_line);
    if (!line->slots) return refusal(TicketRefused::no_slots);
    return reply_of(SlotList{line->code, line->name, free_slots(h, *line, is_working_day)});
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
  mine.handle = reading(engine, ground, [](const HallReader& h, const http::Request&, const http::Caller& caller) -> Result<http::Response> {
    return reply_of(AppointmentList{caller.subject ? appointments_of(h, SubjectId{caller.subject}, kRows) : std::vector<AppointmentEntry>{}});
  });
  router.add(std::move(mine));

  auto day = door("/api/hall/appointments", "hall.list_appointments", "一天的预约", "hall.list_appointments", "read", json::schema<AppointmentList>());
  day.parameters.push_back({"day", "日期；不填为今天", R"({"type":"string","format":"date"})", false, false});
  day.refusal_codes.emplace_back("base.bad_date");
  day.handle = reading(engine, ground, [](const HallReader& h, const http::Request& request, const http::Caller&) -> Result<http::Response> {
    auto of = h.today();
    if (const auto it = request.query.find("day"); it != request.query.end()) {
      YI_TRY(of, parse_day(it->second));
    }
    return reply_of(AppointmentList{appointments_on(h, of, kDayRows)});
  });
  router.add(std::move(day));
}

}  // namespace yi::hall
