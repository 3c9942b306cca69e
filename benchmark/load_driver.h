#pragma once
// A load driver for HTTP/1.1 on the loopback: one thread, epoll, no library, so that it takes little from the cores
// that it shares with the server. Each connection holds a conversation: the next request may depend on the last reply
// (receive a case, read its id, accept it). Replies need a Content-Length.
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace yi::bench {

// What one connection says. Called from the driver's thread alone.
class Conversation {
 public:
  virtual ~Conversation() = default;
  // Appends the bytes of the next request to `out` (empty when called); false ends this connection.
  virtual bool next(std::string& out) = 0;
  // The reply to the last request; `body` is valid during the call.
  virtual void reply(int status, std::string_view body) = 0;
};

// Latencies in buckets of at most 3.2 % width.
class Histogram {
 public:
  void add(std::int64_t ns);
  std::int64_t count() const { return count_; }
  double percentile_ms(double p) const;  // p in 0..100, rounded up to the bucket's end; 0 when empty
  double max_ms() const { return static_cast<double>(max_ns_) / 1e6; }

 private:
  static constexpr int kParts = 64;  // of each power of two; the upper half of them is in use beyond the first
  std::array<std::int64_t, 64 * kParts> buckets_{};
  std::int64_t count_ = 0, max_ns_ = 0;
};

struct LoadOptions {
  std::uint16_t port = 0;
  // Where a connection goes, at first and each time when it broke; 0 ends it. Without it: `port`, once.
  std::function<std::uint16_t(int connection)> port_of;
  int connections = 64;
  double seconds = 0;            // no new request after it; 0: no limit of time
  std::int64_t requests = 0;     // no new request after so many; 0: no limit of number. One of the two is given.
  double patience_seconds = 30;  // for the replies that are missing at the end, and for any single stall
};

struct LoadResult {
  double seconds = 0;            // from the first request to the last reply
  std::int64_t replies = 0;
  std::map<int, std::int64_t> statuses;
  std::int64_t refused = 0;      // replies with status >= 400
  std::int64_t no_retry_after = 0;  // replies 429 and 503 without Retry-After
  std::int64_t broken = 0;       // connections that failed: not connected, closed early, no reply in time
  std::string first_error;       // "503 {...}" or what broke, of the first of either; "" for none
  Histogram latency;             // of every reply
  double driver_cpu_seconds = 0; // of this thread
  double rest_cpu_seconds = 0;   // of the other threads of this process: the server, when it lives here
  double per_second() const { return seconds > 0 ? static_cast<double>(replies) / seconds : 0; }
};

// Runs to the end of the options and returns; `make` is called once a connection, with its number from 0.
LoadResult run_load(const LoadOptions& options, const std::function<std::unique_ptr<Conversation>(int)>& make);

// Appends one request. `more` holds further header lines, each ended by "\r\n".
void append_get(std::string& out, std::string_view target, std::string_view more = "");
void append_post(std::string& out, std::string_view target, std::string_view json, std::string_view more = "");

// CPU time of another process so far (user and system), from /proc; 0 when it is gone.
double cpu_seconds_of(int pid);

}  // namespace yi::bench
