#pragma once
// How requests go from one node of a centre to the one that leads (docs/decisions/0020).
#include "crypto/secret.h"
#include "engine/engine.h"
#include "http/relay.h"

namespace yi::app {

// A proof is "ms client mac": the machine's time, whom the node saw, and HMAC-SM3 over them, method and target, under a key that
// only nodes of the centre have. It is good for a minute, so the machines' clocks must not be further apart.
class NodeRelay : public http::Relay {
 public:
  using Now = Instant (*)();
  explicit NodeRelay(engine::Engine& engine, Now now);
  Way way() const override;
  bool reads(std::string_view door_name) const override;
  std::string prove(std::string_view client, std::string_view method, std::string_view target) const override;
  std::optional<std::string> believe(std::string_view proof, std::string_view method, std::string_view target) const override;
  void heard(std::int64_t position) const override;

 private:
  engine::Engine& engine_;
  const Now now_;
  const crypto::Secret key_;
};

}  // namespace yi::app
