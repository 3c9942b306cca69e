// Whoever holds a ticket's paper, or was sent its link: how long it takes still, and afterwards the rating (一次一评).
#include "hall/devices.h"
#include "identity/gatekeeper.h"

namespace yi::hall {
namespace {

struct VisitNow {
  std::string hall;
  Instant as_of;
  bool demonstration = false;
  TicketNow ticket;
  std::optional<std::string> window_name;
  bool may_rate = false, rated = false;
  CivilDay rate_until;
  std::vector<std::string> reasons;  // that a bad rating may tick
};
BOOST_DESCRIBE_STRUCT(VisitNow, (), (hall, as_of, demonstration, ticket, window_name, may_rate, rated, rate_until, reasons))
struct AskVisitRate {
  Text<32> token;
  std::int32_t level = 1;
  std::optional<Text<500>> comment;
  bool by_message = false;  // the link came in a message, not on paper
};
BOOST_DESCRIBE_STRUCT(AskVisitRate, (), (token, level, comment, by_message))

Result<VisitNow> visit_now(const DeviceParts& p, TicketId id) {
  return with_hall(p, [&](const HallReader& h) -> Result<VisitNow> {
    auto t = ticket_now(h, id);
    if (!t) return refusal(TicketRefused::unknown_ticket);
    t->kind.reset();
    VisitNow v{p.hall_name, h.now, p.engine.clock().pinned(), *t, {}, false, is_rated(h, id), day_of(id) + h.lines.rules.rate_days, h.lines.rating_reasons};
    if (t->window) v.window_name = p.window_name({*t->window});
    v.may_rate = !v.rated && t->status == TicketStatus::finished && h.today() <= v.rate_until;
    return v;
  });
}

}  // namespace

void add_visit_doors(http::Router& router, const DeviceParts& parts) {
  http::Door d;
  d.pattern = "/api/hall/visits/{token}";
  d.name = "hall.get_visit";
  d.summary = "凭号票上的二维码：前面还有几人、能否评价";
  d.right = identity::kPublic;  // the token is asked for by the door itself
  d.audit_class = "none";
  d.runs_on = http::RunsOn::worker;
  d.parameters = {{"token", "号票上的编号", R"({"type":"string","maxLength":32})", true, true}};
  d.refusal_codes = {"hall.unknown_ticket"};
  d.replies = {{200, d.summary, "application/json", json::schema<VisitNow>()}};
  d.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto id = ticket_of_token(parts.engine.keys(), request.path_parameters.at("token"));
    if (!id) return reply(http::problem(refusal(TicketRefused::unknown_ticket)));
    const auto v = visit_now(parts, *id);
    reply(v ? json_reply(json::write(*v)) : http::problem(v.error()));
  };
  router.add(std::move(d));

  auto rate = device_door("/api/hall/visits", "hall.visit_rate", "凭号票上的二维码评价", json::schema<AskVisitRate>(), json::schema<VisitNow>(), ticket_refusal_codes());
  rate.handle = [parts](const http::Request& request, const http::Caller&, http::Responder reply) {
    const auto asked = json::read<AskVisitRate>(request.body);
    if (!asked) return reply(http::problem(asked.error()));
    const auto id = ticket_of_token(parts.engine.keys(), asked->token);
    if (!id) return reply(http::problem(refusal(TicketRefused::unknown_ticket)));
    const RateVisit wish{*id, asked->level, asked->by_message ? casework::Channel::sms : casework::Channel::qr, asked->comment};
    const auto answer = give(parts.engine, request, "hall.rate_visit", json::write(wish), {"visitor", "public", "", {}, 0});
    if (!answer) return reply(http::problem(answer.error()));
    const auto v = visit_now(parts, *id);
    reply(v ? json_reply(json::write(*v), *answer) : http::problem(v.error()));
  };
  router.add(std::move(rate));
}

}  // namespace yi::hall
