#include "http/traffic.h"

#include <algorithm>

#include "http/router.h"

namespace yi::http {

std::string_view name_of(DoorKind kind) {
  static constexpr std::array<std::string_view, kDoorKinds> kNames{"none", "read", "personal", "command", "upload", "events", "unknown"};
  return kNames[static_cast<std::size_t>(kind)];
}

DoorKind kind_of(const Door* door) {
  if (!door) return DoorKind::unknown;
  if (door->upload.any()) return DoorKind::upload;
  if (!door->replies.empty() && !door->replies.front().events.empty()) return DoorKind::events;
  switch (door->audit_class.front()) {  // the router refuses an empty one
    case 'r': return DoorKind::read;
    case 'p': return DoorKind::personal;
    case 'c': return DoorKind::command;
    default: return DoorKind::none;
  }
}

void Traffic::answered(DoorKind kind, int status, std::int64_t took_ns) noexcept {
  auto& k = kinds_[static_cast<std::size_t>(kind)];
  add(k.statuses[static_cast<std::size_t>(std::clamp(status, 100, 599) - 100)], 1);
  if (took_ns < 0) return;
  const auto seconds = static_cast<double>(took_ns) / 1e9;
  const auto bucket = std::lower_bound(kLatencyBounds.begin(), kLatencyBounds.end(), seconds) - kLatencyBounds.begin();
  add(k.latencies[static_cast<std::size_t>(bucket)], 1);
  add(k.nanoseconds, took_ns);
}

void Traffic::add_to(TrafficFigures& f) const {
  for (std::size_t n = 0; n < kDoorKinds; ++n) {
    const auto& from = kinds_[n];
    auto& to = f.kinds[n];
    to.statuses[200];
    for (std::size_t s = 0; s < kStatuses; ++s)
      if (const auto count = from.statuses[s].load(std::memory_order_relaxed); count > 0) to.statuses[static_cast<int>(s) + 100] += count;
    for (std::size_t b = 0; b < from.latencies.size(); ++b) to.latencies[b] += from.latencies[b].load(std::memory_order_relaxed);
    to.seconds += static_cast<double>(from.nanoseconds.load(std::memory_order_relaxed)) / 1e9;
  }
}

}  // namespace yi::http
