#pragma once
// The doors of devices (docs/decisions/0033, docs/devices.md): each is asked with the key of its screen and does what its kind may,
// nothing else. What they give goes through the same commands and rules as a person's.
#include <map>
#include <mutex>

#include "engine/engine.h"
#include "hall/codes.h"
#include "hall/screens.h"
#include "hall/ticket_rules.h"
#include "hall/ticket_views.h"
#include "http/router.h"

namespace yi::hall {

// What a card reader has read, for half a minute and in memory alone: it is recorded nowhere. Thread safe.
class CardReadings {
 public:
  static constexpr std::int64_t kKeepMs = 30'000;
  struct Reading {
    std::string name, number;
    std::int64_t read_ns = 0;
  };
  // `station`: a window's code, or a kiosk's screen.
  void put(const std::string& station, std::string name, std::string number);
  std::optional<Reading> find(const std::string& station);
  void forget(const std::string& station);

 private:
  std::mutex m_;
  std::map<std::string, Reading> readings_;
};

struct DeviceParts {
  engine::Engine& engine;
  TicketGround ground;
  std::string hall_name;
  std::function<std::string(const WindowCode&)> window_name;
  std::string online_address;  // of the portal, before what a QR code leads to
  // 打卡: of the member of the staff whose card was read; wired by app, for who keeps their attendance is another room.
  std::function<Result<engine::Answer>(const http::Request& request, const std::string& name, engine::Actor device)> sign_staff;
  std::shared_ptr<CardReadings> cards = std::make_shared<CardReadings>();
};

// The kiosk and the call board: POST /api/hall/kiosk, …/take, …/check_in, …/card, …/forget, …/sign, /api/hall/call_board.
void add_kiosk_doors(http::Router& router, const DeviceParts& parts);
// Of a window: POST /api/hall/pad, …/rate, /api/hall/caller, …/press, /api/hall/card_reader; GET /api/hall/windows/{window}/card.
void add_window_device_doors(http::Router& router, const DeviceParts& parts);
// Whoever holds a ticket's paper: GET /api/hall/visits/{token}, POST /api/hall/visits.
void add_visit_doors(http::Router& router, const DeviceParts& parts);

// --- What they share -------------------------------------------------------------------------------------------------

// A public POST that is answered on a worker; `codes` beside those of a device's door.
http::Door device_door(const char* pattern, const char* name, const char* summary, std::string request_schema, std::string reply_schema, std::vector<std::string> codes = {});
http::Response json_reply(std::string body);
// Of what changed something: with the ledger's position, as a command door says it.
http::Response json_reply(std::string body, const engine::Answer& answer);
// Gives a command as `actor` under the request's Idempotency-Key and waits for its commit.
Result<engine::Answer> give(engine::Engine& engine, const http::Request& request, std::string_view command, const std::string& body, engine::Actor actor);
// A field of the body of the answer's fact of this name; "" without it.
std::string fact_field(const engine::Answer& answer, std::string_view fact, std::string_view field);
engine::Actor device_actor(const Screen& screen);

// Reads the body, finds the screen of its key, answers. `T` has a member `key`; `answer(asked, screen, request)` gives a response.
template <class T, class F>
auto device_handler(const DeviceParts& parts, ScreenKind kind, F answer) {
  return [parts, kind, answer](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto asked = json::read<T>(request.body);
    if (!asked) return reply(http::problem(asked.error()));
    std::optional<Screen> screen;
    {
      auto reader = parts.engine.reader();
      screen = find_screen(*reader, parts.engine.centre(), asked->key, kind);
    }
    if (!screen) return reply(http::problem(refuse(Reason::screen_not_open)));
    Result<http::Response> r = answer(parts, *asked, *screen, request);
    reply(r ? std::move(r).value() : http::problem(r.error()));
  };
}

template <class F>
auto with_hall(const DeviceParts& parts, F f) {
  auto reader = parts.engine.reader();
  return f(HallReader{*reader, parts.engine.centre(), *parts.ground.lines, parts.engine.clock().now(), parts.ground.is_working_day});
}

}  // namespace yi::hall
