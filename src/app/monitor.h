#pragma once
// The door for monitoring: GET /metrics on an address of its own (docs/decisions/0023).
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/metrics.h"

namespace yi::app {

struct MonitorOptions {
  std::string address;     // "127.0.0.1:9464", "[::1]:9464"; port 0: the system chooses. The loopback alone
  std::string token_file;  // "": whoever reaches the address may read; else a file of the owner's alone whose text is the bearer token
  std::int64_t look_ms = 5'000;  // how often the database is asked
};

class Monitor {
 public:
  // The installation serves, and outlives the monitor. Refusals: "app.metrics_address", "app.metrics_token" and those of
  // http::Server::start.
  static Result<std::unique_ptr<Monitor>> open(const MonitorOptions& options, Installation& installation);
  ~Monitor();
  std::uint16_t port() const { return server_->port(); }
  // The next look at the database that begins after this call has ended.
  void look_now();

 private:
  class Gate;
  Monitor(const MonitorOptions& options, Installation& installation);
  void add_door();
  void look();
  DatabaseAnswer answer() const;

  const MonitorOptions options_;
  Installation& installation_;
  std::unique_ptr<Gate> gate_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  mutable std::mutex m_;
  std::condition_variable wake_, looked_;
  bool stopping_ = false;
  std::int64_t asked_ = 1, made_ = 0;  // looks
  DatabaseAnswer answer_;
  std::thread thread_;
};

}  // namespace yi::app
