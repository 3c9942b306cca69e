#pragma once
// The HTTP server. It listens on the loopback alone: TLS, and everything from other machines, ends in a proxy in front. Boost.Asio stays
// behind session.h.
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "http/relay.h"
#include "http/router.h"
#include "http/traffic.h"

namespace yi::http {

struct ServerOptions {
  std::string address = "127.0.0.1";        // a non-loopback address is refused
  std::uint16_t port = 8080;                // 0: the system chooses
  int connection_threads = 1;
  int worker_threads = 2;
  std::vector<std::string> allowed_hosts;   // further names for Host beside 127.0.0.1, localhost and [::1]
  bool behind_tls = false;                  // a proxy ends TLS in front: pages come from https, cookies are Secure
  // Limits; tests set shorter ones. Time-outs are looked at once a tick, so they end up to two ticks late.
  std::int64_t connections = limits::kConnections.value;            // fewer where the system gives few descriptors
  std::int64_t header_bytes = limits::kHeaderBytes.value;
  std::int64_t worker_queue = limits::kWorkerQueue.value;
  std::int64_t stranger_queue = limits::kStrangerQueue.value;
  std::int64_t request_ms = limits::kRequestSeconds.value * 1'000;  // first to last byte of a request; stalled reply
  std::int64_t idle_ms = limits::kIdleSeconds.value * 1'000;        // between two requests
  std::int64_t tick_ms = 1'000;
  std::int64_t event_streams = limits::kEventStreams.value;
  std::int64_t heartbeat_ms = limits::kHeartbeatSeconds.value * 1'000;  // a comment on a silent event stream
  std::int64_t uploads = limits::kUploads.value;                    // under way at the same time
  // What a door threw, where it is none of its defects but something that is away for a while: a database. Nothing: 500, with a reference.
  std::function<std::optional<Refusal>(const std::exception&)> refusal_of;
  std::shared_ptr<const Relay> relay = {};                          // none: this node answers everything itself
  std::int64_t passed_on_ms = 20'000;                               // for the leading node's answer
  std::int64_t leader_wait_ms = 3'500;                              // for one to be found: a lease moves within three seconds
};

class Server {
 public:
  // The router and the gatekeeper outlive the server.
  Server(ServerOptions options, const Router& router, const Gatekeeper& gatekeeper);
  ~Server();  // stops
  // Listens and serves in threads of its own. Refusals: "http.port_in_use" (says which port and how to choose
  // another), "http.address".
  Checked start();
  std::uint16_t port() const;  // the real one after start()
  // No new connections; waits for answers under way, at most `seconds`; then closes. A handler that is running on the
  // worker pool is waited for to its end. Answers that come later are dropped.
  void stop(int seconds = 5);
  // What has passed through since start(). Any thread; not while start() or the destructor runs.
  TrafficFigures traffic() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace yi::http
