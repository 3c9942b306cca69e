#include "engine/clock.h"

#include <algorithm>

#include "base/clock.h"

namespace yi::engine {

std::string ClockSetting::text() const { return pinned ? "pinned " + to_iso(as_of) : "system"; }

Result<ClockSetting> ClockSetting::parse(std::string_view text) {
  if (text == "system") return ClockSetting{};
  if (text.starts_with("pinned ")) {
    YI_TRY(const Instant t, parse_instant(text.substr(7)));
    return ClockSetting{true, t};
  }
  return Refusal{"engine.bad_clock", "数据目录的时钟设置无法读取。", "请检查数据是否来自更新的版本。", 409, ""};
}

Clock::Clock(ClockSetting setting, Instant last_recorded) : setting_(setting), latest_(last_recorded.ms) {
  base_ms_ = std::max(setting.as_of.ms, last_recorded.ms);
  start_ns_ = monotonic_ns();
}

Instant Clock::now() {
  std::int64_t t = latest_.load(std::memory_order_relaxed);
  if (driven_.load(std::memory_order_relaxed)) return {t};
  const std::int64_t wall =
      setting_.pinned ? base_ms_ + (monotonic_ns() - start_ns_) / 1'000'000 : system_now().ms;
  while (wall > t && !latest_.compare_exchange_weak(t, wall, std::memory_order_relaxed)) {
  }
  return {std::max(wall, t)};
}

void Clock::drive(Instant to) {
  driven_.store(true, std::memory_order_relaxed);
  told(to);
}

void Clock::told(Instant to) {
  std::int64_t t = latest_.load(std::memory_order_relaxed);
  while (to.ms > t && !latest_.compare_exchange_weak(t, to.ms, std::memory_order_relaxed)) {
  }
}

}  // namespace yi::engine
