// The devices of one window: the pad that asks for a rating (评价器), the box with buttons (叫号器), the reader of identity cards (读卡器).
#include "base/identifiers.h"
#include "base/text.h"
#include "engine/command_doors.h"
#include "hall/devices.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {

struct AskWindowDevice {
  Text<64> key;
};
BOOST_DESCRIBE_STRUCT(AskWindowDevice, (), (key))
struct AskRate {
  Text<64> key;
  Text<8> number;            // as the pad was told: what another pad shows is not rated here
  std::int32_t level = 1;
  std::optional<Text<500>> comment;
};
BOOST_DESCRIBE_STRUCT(AskRate, (), (key, number, level, comment))
enum class CallerButton { next, recall, hold, skip, finish, close };
BOOST_DESCRIBE_ENUM(CallerButton, next, recall, hold, skip, finish, close)
struct AskPress {
  Text<64> key;
  CallerButton button{};
};
BOOST_DESCRIBE_STRUCT(AskPress, (), (key, button))
struct AskRead {
  Text<64> key;
  Text<60> name;
  Text<18> id_number;
};
BOOST_DESCRIBE_STRUCT(AskRead, (), (key, name, id_number))

struct PadNow {
  std::string hall;
  WindowCode window;
  std::string window_name;
  Instant as_of;
  bool demonstration = false;
  bool open = false;
  std::optional<std::string> serving;  // number
  std::optional<std::string> rate;     // number of the visit that may be rated now
  std::int32_t seconds = 0;            // for so long still
  std::vector<std::string> reasons;    // that a bad rating may tick
};
BOOST_DESCRIBE_STRUCT(PadNow, (), (hall, window, window_name, as_of, demonstration, open, serving, rate, seconds, reasons))
struct Rated {
  std::string number;
  std::int32_t level = 0;
};
BOOST_DESCRIBE_STRUCT(Rated, (), (number, level))
struct CallerNow {
  WindowCode window;
  std::string window_name;
  Instant as_of;
  bool open = false;
  std::optional<std::string> number;   // that the window serves
  std::int64_t waiting = 0, held = 0;
};
BOOST_DESCRIBE_STRUCT(CallerNow, (), (window, window_name, as_of, open, number, waiting, held))
struct Heard {
  std::int64_t seconds = 0;            // the reading is kept for so long
};
BOOST_DESCRIBE_STRUCT(Heard, (), (seconds))
struct Card {
  std::string name, id_number;
};
BOOST_DESCRIBE_STRUCT(Card, (), (name, id_number))
struct WindowCard {
  std::optional<Card> card;            // none: no card lies there
};
BOOST_DESCRIBE_STRUCT(WindowCard, (), (card))

struct ToRate {
  TicketId ticket;
  std::string number;
  std::int32_t seconds = 0;
};
// What the window finished last, as long as its pad asks, unless it is rated.
std::optional<ToRate> to_rate(const HallReader& h, const WindowCode& window) {
  const auto last = last_finished(h, window);
  if (!last || last->rated) return std::nullopt;
  const auto left = h.lines.rules.pad_seconds - (h.now.ms - last->at.ms) / 1'000;
  if (left <= 0) return std::nullopt;
  return ToRate{last->ticket, last->number, static_cast<std::int32_t>(left)};
}

CallerNow caller_now(const DeviceParts& p, const WindowCode& window) {
  return with_hall(p, [&](const HallReader& h) {
    const auto w = window_now(h, window);
    CallerNow n{window, p.window_name(window), h.now, w.open, w.serving ? std::optional(w.serving->number) : std::nullopt, 0, static_cast<std::int64_t>(w.held.size())};
    for (const auto& line : w.lines) n.waiting += line.waiting;
    return n;
  });
}

template <class C>
std::string about(const WindowCode& window) {
  C c;
  c.window = window;
  return json::write(c);
}

// The buttons are the hands of whoever sits at the window: what they press is given under that account.
Result<engine::Answer> press(const DeviceParts& p, const Screen& screen, CallerButton button, const http::Request& request) {
  const auto window = *screen.window;
  const auto w = with_hall(p, [&](const HallReader& h) { return window_now(h, window); });
  if (!w.by) return refusal(TicketRefused::window_is_closed);
  engine::Actor clerk{*w.by, "device", screen.place, {}, 0};
  switch (button) {
    case CallerButton::next: return give(p.engine, request, "hall.call_next", about<CallNext>(window), std::move(clerk));
    case CallerButton::recall: return give(p.engine, request, "hall.recall", about<Recall>(window), std::move(clerk));
    case CallerButton::hold: return give(p.engine, request, "hall.hold_ticket", about<Hold>(window), std::move(clerk));
    case CallerButton::skip: return give(p.engine, request, "hall.skip_ticket", about<Skip>(window), std::move(clerk));
    case CallerButton::finish: return give(p.engine, request, "hall.finish_ticket", about<Finish>(window), std::move(clerk));
    case CallerButton::close: return give(p.engine, request, "hall.close_window", about<CloseWindow>(window), std::move(clerk));
  }
  return refusal(TicketRefused::window_is_closed);
}

void add_card_doors(http::Router& router, const DeviceParts& parts) {
  auto read = device_door("/api/hall/card_reader", "hall.card_read", "读卡器：读到一张身份证，半分钟内供所在的窗口或取号机使用，不保存", json::schema<AskRead>(), json::schema<Heard>(),
                          {"hall.bad_card"});
  read.handle = device_handler<AskRead>(parts, ScreenKind::card_reader, [](const DeviceParts& p, const AskRead& asked, const Screen& screen, const http::Request&) -> Result<http::Response> {
    const auto citizen = check_citizen(asked.id_number, civil_day(p.engine.clock().now()));
    if (!citizen || trim(asked.name).empty()) return Refusal{"hall.bad_card", "读到的姓名或公民身份号码不对。", "请重新放卡；仍然不行的，请人工录入。", 422, "/id_number"};
    p.cards->put(screen.serves ? *screen.serves : screen.window->value, std::string(asked.name), std::string(asked.id_number));
    return json_reply(json::write(Heard{CardReadings::kKeepMs / 1'000}));
  });
  router.add(std::move(read));

  http::Door card;
  card.pattern = "/api/hall/windows/{window}/card";
  card.name = "hall.read_card";
  card.summary = "窗口读卡器上的证件";
  card.right = "hall.read_card";
  card.audit_class = "personal";
  card.leads = true;  // readings lie in the memory of the node that leads
  card.runs_on = http::RunsOn::worker;
  card.parameters = {{"window", "窗口代码", R"({"type":"string","maxLength":16})", true, true}};
  card.refusal_codes = {"identity.not_signed_in", "hall.unknown_window", "hall.not_your_window", "hall.window_is_closed"};
  card.replies = {{200, card.summary, "application/json", json::schema<WindowCard>()}};
  card.handle = [parts](const http::Request& request, const http::Caller& caller, http::Responder reply) {
    const WindowCode window{request.path_parameters.at("window")};
    if (!parts.ground.known_window(window)) return reply(http::problem(refusal(TicketRefused::unknown_window)));
    const auto w = with_hall(parts, [&](const HallReader& h) { return window_now(h, window); });
    if (!w.by) return reply(http::problem(refusal(TicketRefused::window_is_closed)));
    if (*w.by != caller.account) return reply(http::problem(refusal(TicketRefused::not_your_window)));
    WindowCard c;
    if (auto found = parts.cards->find(window.value)) c.card = Card{std::move(found->name), std::move(found->number)};
    reply(json_reply(json::write(c)));
  };
  router.add(std::move(card));
}

}  // namespace

void add_window_device_doors(http::Router& router, const DeviceParts& parts) {
  auto pad = device_door("/api/hall/pad", "hall.pad", "评价器：窗口刚办完、可以评价的来访", json::schema<AskWindowDevice>(), json::schema<PadNow>());
  pad.handle = device_handler<AskWindowDevice>(parts, ScreenKind::pad, [](const DeviceParts& p, const AskWindowDevice&, const Screen& screen, const http::Request&) -> Result<http::Response> {
    return with_hall(p, [&](const HallReader& h) {
      const auto w = window_now(h, *screen.window);
      PadNow n{p.hall_name, *screen.window, p.window_name(*screen.window), h.now, p.engine.clock().pinned(), w.open, {}, {}, 0, p.ground.lines->rating_reasons};
      if (w.serving) n.serving = w.serving->number;
      if (const auto r = to_rate(h, *screen.window)) {
        n.rate = r->number;
        n.seconds = r->seconds;
      }
      return json_reply(json::write(n));
    });
  });
  router.add(std::move(pad));

  auto rate = device_door("/api/hall/pad/rate", "hall.pad_rate", "评价器评价", json::schema<AskRate>(), json::schema<Rated>(), ticket_refusal_codes());
  rate.handle = device_handler<AskRate>(parts, ScreenKind::pad, [](const DeviceParts& p, const AskRate& asked, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    // Pressed twice, the second gets the first's answer: what was finished last is asked without "rated" here.
    const auto last = with_hall(p, [&](const HallReader& h) { return last_finished(h, *screen.window); });
    if (!last || last->number != std::string_view(asked.number)) return refusal(TicketRefused::not_served);
    YI_TRY(const auto answer, give(p.engine, request, "hall.rate_visit", json::write(RateVisit{last->ticket, asked.level, casework::Channel::window, asked.comment}), device_actor(screen)));
    return json_reply(json::write(Rated{last->number, asked.level}), answer);
  });
  router.add(std::move(rate));

  auto caller = device_door("/api/hall/caller", "hall.caller", "叫号器：窗口正在办理的号、等候人数", json::schema<AskWindowDevice>(), json::schema<CallerNow>());
  caller.handle = device_handler<AskWindowDevice>(parts, ScreenKind::caller, [](const DeviceParts& p, const AskWindowDevice&, const Screen& screen, const http::Request&) -> Result<http::Response> {
    return json_reply(json::write(caller_now(p, *screen.window)));
  });
  router.add(std::move(caller));

  auto pressed = device_door("/api/hall/caller/press", "hall.caller_press", "叫号器按键", json::schema<AskPress>(), json::schema<CallerNow>(), ticket_refusal_codes());
  pressed.handle = device_handler<AskPress>(parts, ScreenKind::caller, [](const DeviceParts& p, const AskPress& asked, const Screen& screen, const http::Request& request) -> Result<http::Response> {
    YI_TRY(const auto answer, press(p, screen, asked.button, request));
    return json_reply(json::write(caller_now(p, *screen.window)), answer);
  });
  router.add(std::move(pressed));

  add_card_doors(router, parts);
}

}  // namespace yi::hall
