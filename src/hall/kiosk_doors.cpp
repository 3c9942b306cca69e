// The kiosk (取号机) and the call board (叫号屏).
#include <algorithm>

#include "base/text.h"
#include "crypto/masking.h"
#include "hall/devices.h"
#include "identity/subjects.h"

namespace yi::hall {
namespace {

struct AskDevice {
  Text<64> key;
};
BOOST_DESCRIBE_STRUCT(AskDevice, (), (key))
struct AskTake {
  Text<64> key;
  LineCode line;
  bool priority = false;
  bool with_name = false;  // the masked name of the card that lies on the reader
};
BOOST_DESCRIBE_STRUCT(AskTake, (), (key, line, priority, with_name))
struct AskCheckIn {
  Text<64> key;
  Text<24> code;
};
BOOST_DESCRIBE_STRUCT(AskCheckIn, (), (key, code))

struct KioskLine {
  LineNow now;
  std::string from, to;  // when numbers are drawn: "08:45"
};
BOOST_DESCRIBE_STRUCT(KioskLine, (), (now, from, to))
struct KioskNow {
  std::string hall;
  std::string place;
  Instant as_of;
  bool demonstration = false;
  bool card_reader = false;
  std::vector<KioskLine> lines;
  std::vector<std::string> priority_for;
  std::int32_t check_in_early = 0, check_in_late = 0;  // minutes around the begin of a slot
};
BOOST_DESCRIBE_STRUCT(KioskNow, (), (hall, place, as_of, demonstration, card_reader, lines, priority_for, check_in_early, check_in_late))
struct TicketPaper {
  std::string hall;
  Instant taken_at;
  bool demonstration = false;
  TicketNow ticket;
  std::string link;  // of the QR
};
BOOST_DESCRIBE_STRUCT(TicketPaper, (), (hall, taken_at, demonstration, ticket, link))
struct KioskAppointment {
  std::string line_name, from, code;
};
BOOST_DESCRIBE_STRUCT(KioskAppointment, (), (line_name, from, code))
struct KioskCard {
  std::optional<std::string> holder;  // masked; none: no card lies there
  std::vector<KioskAppointment> appointments;
};
BOOST_DESCRIBE_STRUCT(KioskCard, (), (holder, appointments))
struct KioskSigned {
  std::string holder;  // masked
  Instant at;
};
BOOST_DESCRIBE_STRUCT(KioskSigned, (), (holder, at))
struct ShownCall {
  std::string number;
  WindowCode window;
  std::string window_name;
  std::optional<std::string> holder;  // masked
  Instant called_at;
  std::int32_t times = 1;
};
BOOST_DESCRIBE_STRUCT(ShownCall, (), (number, window, window_name, holder, called_at, times))
struct CallBoard {
  std::string hall;
  Instant as_of;
  CivilDay day;
  bool demonstration = false;
  std::vector<ShownCall> calls;  // newest first
  std::vector<LineNow> lines;
};
BOOST_DESCRIBE_STRUCT(CallBoard, (), (hall, as_of, day, demonstration, calls, lines))

constexpr std::size_t kBoardCalls = 5;

std::string clock_text(int minute) { return std::to_string(100 + minute / 60).substr(1) + ":" + std::to_string(100 + minute % 60).substr(1); }

Result<http::Response> paper(const DeviceParts& parts, const engine::Answer& answer) {
  TicketId id;
  id.value = std::strtoll(fact_field(answer, TicketTaken::kName, "ticket").c_str(), nullptr, 10);
  TicketPaper p{parts.hall_name, parts.engine.clock().now(), parts.engine.clock().pinned(), {}, parts.online_address + "/visit/" + visit_token(parts.engine.keys(), id)};
  const auto t = with_hall(parts, [&](const HallReader& h) { return ticket_now(h, id); });
  if (!t) return refusal(TicketRefused::unknown_ticket);
  p.ticket = *t;
  return json_reply(json::write(p), answer);
}

std::vector<KioskAppointment> appointments_of_card(const DeviceParts& parts, const std::string& number) {
  std::vector<KioskAppointment> out;
  auto reader = parts.engine.reader();
  const auto subject = identity::find_subject(*reader, parts.engine.keys(), parts.engine.centre(), identity::Viewer::anonymous(), identity::IdKind::citizen, number);
  if (!subject) return out;
  const HallReader h{*reader, parts.engine.centre(), *parts.ground.lines, parts.engine.clock().now(), parts.ground.is_working_day};
  for (const auto& a : appointments_of(h, *subject, 50))
    if (a.day == h.today() && a.status == AppointmentStatus::booked) out.push_back({a.line_name, a.from, check_in_code(parts.engine.keys(), a.appointment)});
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

bool has_reader(const DeviceParts& parts, const Screen& kiosk) {
  auto reader = parts.engine.reader();
  const auto all = list_screens(*reader, parts.engine.centre());
  return std::any_of(all.begin(), all.end(), [&](const Screen& s) { return !s.closed && s.kind == ScreenKind::card_reader && s.serves == kiosk.screen; });
}

}  // namespace

void add_kiosk_doors(http::Router& router, const DeviceParts& parts) {
  auto now = device_door("/api/hall/kiosk", "hall.kiosk", "取号机：业务组、等候、优先对象", json::schema<AskDevice>(), json::schema<KioskNow>());
  now.handle = device_handler<AskDevice>(parts, ScreenKind::kiosk, [](const DeviceParts& p, const AskDevice&, const Screen& screen, const http::Request&) -> Result<http::Response> {
    const auto& rules = p.ground.lines->rules;
    KioskNow k{p.hall_name, screen.place, p.engine.clock().now(), p.engine.clock().pinned(), has_reader(p, screen), {}, p.ground.lines->priority_for, rules.check_in_early, rules.check_in_late};
    for (auto& n : with_hall(p, [&](const HallReader& h) { return lines_now(h); })) {
      const auto* line = p.ground.lines->find(n.line);
      k.lines.push_back({std::move(n), clock_text(line->open.from), clock_text(line->open.to)});
    }
    return json_reply(json::write(k));
  });
  router.add(std::move(now));

  auto take = device_door("/api/hall/kiosk/take", "hall.kiosk_take", "取号机取号", json::schema<AskTake>(), json::schema<TicketPaper>(), ticket_refusal_codes());
  take.handle = device_handler<AskTake>(parts, ScreenKind::kiosk, [](const DeviceParts& p, const AskTake& asked, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    TakeTicket wish{asked.line, asked.priority, {}, {}};
    if (asked.with_name)
      if (const auto card = p.cards->find(screen.screen)) wish.holder = HolderName(crypto::mask_name(card->name));
    YI_TRY(const auto answer, give(p.engine, request, "hall.take_ticket", json::write(wish), device_actor(screen)));
    p.cards->forget(screen.screen);
    return paper(p, answer);
  });
  router.add(std::move(take));

  auto in = device_door("/api/hall/kiosk/check_in", "hall.kiosk_check_in", "取号机预约报到", json::schema<AskCheckIn>(), json::schema<TicketPaper>(), ticket_refusal_codes());
  in.handle = device_handler<AskCheckIn>(parts, ScreenKind::kiosk, [](const DeviceParts& p, const AskCheckIn& asked, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    const auto id = appointment_of_code(p.engine.keys(), asked.code);
    if (!id) return refusal(TicketRefused::unknown_appointment);
    YI_TRY(const auto answer, give(p.engine, request, "hall.check_in", json::write(CheckIn{*id}), device_actor(screen)));
    p.cards->forget(screen.screen);
    return paper(p, answer);
  });
  router.add(std::move(in));

  auto card = device_door("/api/hall/kiosk/card", "hall.kiosk_card", "取号机：读卡器上的证件，姓名遮盖", json::schema<AskDevice>(), json::schema<KioskCard>());
  card.handle = device_handler<AskDevice>(parts, ScreenKind::kiosk, [](const DeviceParts& p, const AskDevice&, const Screen& screen, const http::Request&) -> Result<http::Response> {
    KioskCard k;
    if (const auto read = p.cards->find(screen.screen)) {
      k.holder = crypto::mask_name(read->name);
      k.appointments = appointments_of_card(p, read->number);
    }
    return json_reply(json::write(k));
  });
  router.add(std::move(card));

  auto sign = device_door("/api/hall/kiosk/sign", "hall.kiosk_sign", "取号机：工作人员放身份证打卡", json::schema<AskDevice>(), json::schema<KioskSigned>(),
                          {"hall.no_card"});
  sign.handle = device_handler<AskDevice>(parts, ScreenKind::kiosk, [](const DeviceParts& p, const AskDevice&, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    const auto read = p.cards->find(screen.screen);
    if (!read || !p.sign_staff) return Refusal{"hall.no_card", "读卡器上没有读到身份证。", "请把本人的身份证放在读卡器上，再按一次。", 409, ""};
    // The reading stays for a request that comes again; the page lets it be forgotten on its way home.
    YI_TRY(const auto answer, p.sign_staff(request, read->name, device_actor(screen)));
    return json_reply(json::write(KioskSigned{crypto::mask_name(read->name), p.engine.clock().now()}), answer);
  });
  router.add(std::move(sign));

  auto forget = device_door("/api/hall/kiosk/forget", "hall.kiosk_forget", "取号机回到首页：忘掉读到的证件", json::schema<AskDevice>(), json::schema<KioskCard>());
  forget.handle = device_handler<AskDevice>(parts, ScreenKind::kiosk, [](const DeviceParts& p, const AskDevice&, const Screen& screen, const http::Request&) -> Result<http::Response> {
    p.cards->forget(screen.screen);
    return json_reply(json::write(KioskCard{}));
  });
  router.add(std::move(forget));

  auto board = device_door("/api/hall/call_board", "hall.call_board", "叫号屏：最近叫的号，姓名遮盖", json::schema<AskDevice>(), json::schema<CallBoard>());
  board.handle = device_handler<AskDevice>(parts, ScreenKind::board, [](const DeviceParts& p, const AskDevice&, const Screen&, const http::Request&) -> Result<http::Response> {
    return with_hall(p, [&](const HallReader& h) {
      CallBoard b{p.hall_name, h.now, h.today(), p.engine.clock().pinned(), {}, lines_now(h)};
      for (auto& c : last_calls(h, kBoardCalls)) b.calls.push_back({std::move(c.number), {c.window}, p.window_name({c.window}), std::move(c.holder), c.called_at, c.times});
      return json_reply(json::write(b));
    });
  });
  router.add(std::move(board));
}

}  // namespace yi::hall
