#include "hall/devices.h"

#include <future>

#include "base/clock.h"
#include "identity/gatekeeper.h"

namespace yi::hall {

void CardReadings::put(const std::string& station, std::string name, std::string number) {
  std::lock_guard lock(m_);
  const auto now = monotonic_ns();
  std::erase_if(readings_, [&](const auto& r) { return now - r.second.read_ns > kKeepMs * 1'000'000; });
  readings_[station] = {std::move(name), std::move(number), now};
}
std::optional<CardReadings::Reading> CardReadings::find(const std::string& station) {
  std::lock_guard lock(m_);
  const auto it = readings_.find(station);
  if (it == readings_.end()) return std::nullopt;
  if (monotonic_ns() - it->second.read_ns > kKeepMs * 1'000'000) {
    readings_.erase(it);
    return std::nullopt;
  }
  return it->second;
}
void CardReadings::forget(const std::string& station) {
  std::lock_guard lock(m_);
  readings_.erase(station);
}

http::Door device_door(const char* pattern, const char* name, const char* summary, std::string request_schema, std::string reply_schema, std::vector<std::string> codes) {
  http::Door d;
  d.method = http::Method::post;
  d.pattern = pattern;
  d.name = name;
  d.summary = summary;
  d.right = identity::kPublic;  // the key is asked for by the door itself
  d.audit_class = "none";
  d.runs_on = http::RunsOn::worker;
  d.request_schema = std::move(request_schema);
  d.replies = {{200, summary, "application/json", std::move(reply_schema)}};
  d.refusal_codes = {"hall.screen_not_open", "engine.bad_command_id", "engine.command_id_conflict", "engine.busy", "engine.not_leading", "engine.storage_unavailable", "engine.internal_error",
                     "base.bad_json", "base.unknown_field", "base.repeated_field", "base.missing_field", "base.wrong_type", "base.out_of_range", "base.unknown_value", "base.too_long",
                     "base.too_many", "base.control_character"};
  for (auto& c : codes)
    if (std::find(d.refusal_codes.begin(), d.refusal_codes.end(), c) == d.refusal_codes.end()) d.refusal_codes.push_back(std::move(c));
  return d;
}

http::Response json_reply(std::string body) {
  http::Response r;
  r.body = std::move(body);
  r.headers.emplace_back("cache-control", "no-store");
  return r;
}

http::Response json_reply(std::string body, const engine::Answer& answer) {
  auto r = json_reply(std::move(body));
  r.headers.emplace_back("x-ledger-position", std::to_string(answer.position));
  if (answer.repeated) r.headers.emplace_back("x-repeated", "true");
  return r;
}

engine::Actor device_actor(const Screen& screen) { return {"device:" + screen.screen.substr(0, 12), "device", screen.place, {}, 0}; }

Result<engine::Answer> give(engine::Engine& engine, const http::Request& request, std::string_view command, const std::string& body, engine::Actor actor) {
  YI_TRY(const auto id, engine::parse_command_id(request.idempotency_key));
  YI_TRY(auto act, engine.parse(command, body));
  std::promise<Result<engine::Answer>> answered;
  auto answer = answered.get_future();
  engine::Submission s;
  s.id = id;
  // Of what the device has sent: what the command is made of, a card on the reader among it, may be gone when it asks again.
  s.digest = engine::digest_of(command, request.body, actor.account);
  s.actor = std::move(actor);
  s.act = std::move(act);
  s.bytes = 256 + 3 * static_cast<std::int64_t>(body.size());
  s.waiter = engine::waiter([&answered](Result<engine::Answer> r) { answered.set_value(std::move(r)); });
  engine.submit(std::move(s));
  return answer.get();
}

std::string fact_field(const engine::Answer& answer, std::string_view fact, std::string_view field) {
  json::Parser parser;
  const auto root = parser.parse(answer.json);
  if (!root) return "";
  const auto facts = root->find("facts");
  std::string out;
  if (facts)
    facts->each([&](std::string_view, const json::Node& f) {
      const auto name = f.find("name");
      const auto body = f.find("body");
      const auto v = name && body && name->string() == fact ? body->find(field) : std::nullopt;
      if (v && v->kind() == json::Kind::string) out = std::string(v->string());
      if (v && v->kind() == json::Kind::integer) out = std::to_string(v->integer());
      return out.empty();
    });
  return out;
}

}  // namespace yi::hall
