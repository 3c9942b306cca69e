#include "app/node_relay.h"

#include <charconv>

#include "app/doors.h"
#include "base/clock.h"
#include "base/text.h"
#include "crypto/cipher.h"
#include "crypto/encoding.h"

namespace yi::app {
namespace {

constexpr std::int64_t kGoodForMs = 60'000;

std::string signed_text(std::string_view ms, std::string_view client, std::string_view method, std::string_view target) {
  std::string text;
  for (const auto part : {ms, client, method, target}) {
    text += part;
    text += '\n';  // in none of them
  }
  return text;
}

}  // namespace

NodeRelay::NodeRelay(engine::Engine& engine, Now now) : engine_(engine), now_(now), key_(engine.keys().derived("passed on 1")) {}

http::Relay::Way NodeRelay::way() const {
  const auto s = engine_.standing();
  if (s.role == engine::Role::leading) return {};
  if (s.role == engine::Role::between || s.leader_address.empty()) return {Way::To::nowhere, ""};
  return {Way::To::there, s.leader_address};
}

bool NodeRelay::reads(std::string_view door_name) const { return engine_.standing().views_fit || speaks_of_node(door_name); }

std::string NodeRelay::prove(std::string_view client, std::string_view method, std::string_view target) const {
  const auto ms = std::to_string(now_().ms);
  const std::string who(client.empty() ? "-" : client);
  return ms + " " + who + " " + hex(crypto::bytes(crypto::hmac_sm3(key_, signed_text(ms, who, method, target))));
}

std::optional<std::string> NodeRelay::believe(std::string_view proof, std::string_view method, std::string_view target) const {
  const auto first = proof.find(' '), second = proof.find(' ', first == proof.npos ? first : first + 1);
  if (second == proof.npos) return std::nullopt;
  const auto ms = proof.substr(0, first), client = proof.substr(first + 1, second - first - 1);
  std::int64_t at = 0;
  if (const auto r = std::from_chars(ms.data(), ms.data() + ms.size(), at); r.ec != std::errc{} || r.ptr != ms.data() + ms.size()) return std::nullopt;
  const auto apart = now_().ms - at;
  if (apart > kGoodForMs || apart < -kGoodForMs) return std::nullopt;
  const auto mac = crypto::from_hex(proof.substr(second + 1));
  if (!mac || !crypto::check_hmac_sm3(key_, signed_text(ms, client, method, target), *mac)) return std::nullopt;
  return client == "-" ? std::string() : std::string(client);
}

void NodeRelay::heard(std::int64_t position) const { engine_.heard(position); }

}  // namespace yi::app
