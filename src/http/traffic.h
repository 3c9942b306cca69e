#pragma once
// What passes through a server, counted for whoever watches over it: requests by kind of door and status, and how long they took.
// Nothing of a person: no address, path or account, and a bounded number of figures.
#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string_view>

namespace yi::http {

struct Door;

// A door's audit class; files coming in and event streams by themselves, since the client's line decides how long they take;
// `unknown`: no door was found, or the head was not read to its end.
enum class DoorKind { none, read, personal, command, upload, events, unknown };
inline constexpr std::size_t kDoorKinds = 7;
std::string_view name_of(DoorKind kind);
DoorKind kind_of(const Door* door);

// Upper bounds of the latency histogram, in seconds; one more bucket has no bound.
inline constexpr std::array<double, 12> kLatencyBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0};

struct TrafficFigures {
  struct Kind {
    std::map<int, std::int64_t> statuses;  // those that occurred; 200 always
    std::array<std::int64_t, kLatencyBounds.size() + 1> latencies{};  // by bucket, not summed up
    double seconds = 0;                                                // all of them together
  };
  std::array<Kind, kDoorKinds> kinds;
  std::int64_t connections = 0, connections_limit = 0, connections_refused = 0;
  std::int64_t event_streams = 0, uploads = 0;
  std::int64_t workers_waiting = 0, strangers_waiting = 0;
};

// One thread counts, any may read: plain loads and stores, no locked instruction on the way of a request.
class Traffic {
 public:
  // From the whole head to the ready answer, in nanoseconds (of a stream: to its beginning); negative: not known.
  void answered(DoorKind kind, int status, std::int64_t took_ns) noexcept;
  void add_to(TrafficFigures& f) const;

 private:
  using Counter = std::atomic<std::int64_t>;
  static void add(Counter& c, std::int64_t n) noexcept { c.store(c.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
  static constexpr std::size_t kStatuses = 500;  // 100 to 599
  struct Kind {
    std::array<Counter, kStatuses> statuses{};
    std::array<Counter, kLatencyBounds.size() + 1> latencies{};
    Counter nanoseconds{0};
  };
  std::array<Kind, kDoorKinds> kinds_;
};

}  // namespace yi::http
