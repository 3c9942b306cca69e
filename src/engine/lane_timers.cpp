// The lane at the beginning of a day.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "engine/lane.h"

namespace yi::engine {
namespace {

constexpr std::int64_t kTryAgainMs = 60'000;  // by the installation's clock

}  // namespace

// What the rooms do by themselves at the beginning of a day. Where it cannot be stored, no command of the day may go
// before it: the failure is theirs too. Groups of the timers that were committed stay; run_timer takes back the one that
// was not.
std::optional<store::Failure> Lane::run_timers() {
  const auto now = std::max(clock_.now(), Instant{head_.recorded_at});
  bool all = true;
  for (const auto& timer : registry_.timers) {
    try {
      run_timer(timer);
    } catch (const store::Failure& f) {
      spdlog::error("the day's timers could not be stored: {}", f.what());
      in_doubt_ |= leaves_doubt(f.kind);
      return f;
    } catch (const std::exception& e) {
      // A defect in a timer must not stop the hall, nor the other timers: the day goes on without it, loudly, and it is tried again.
      spdlog::error("a timer of the day stopped: {}", e.what());
      all = false;
    }
  }
  timers_day_ = civil_day(now);
  timers_again_.reset();
  if (!all) timers_again_ = now + kTryAgainMs;
  return std::nullopt;
}

bool Lane::timers_due(Instant at) const {
  if (registry_.timers.empty()) return false;
  return civil_day(at) != timers_day_ || (timers_again_ && at >= *timers_again_);
}

void Lane::run_timer(const DayTimer& timer) {
  static const Actor kSystem{"system", "system"};
  for (bool more = true; more;) {
    const auto before = head_;
    try {
      Turn turn(options_.centre, std::max(clock_.now(), Instant{head_.recorded_at}), kSystem, &keys_, head_.seq);
      more = timer(turn);
      if (turn.facts().empty()) return;
      Submission s;
      s.actor = kSystem;
      // Made from the ledger alone, so that the same ledger gives the same id; its time part keeps ids in order.
      const auto name = "timer " + std::to_string(options_.centre.value) + " " + std::to_string(head_.seq);
      s.digest = digest_of("timer", name, kSystem.account);
      const auto ms = static_cast<std::uint64_t>(turn.now().ms);
      for (int i = 0; i < 6; ++i) s.id[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
      std::copy_n(s.digest.begin(), 10, s.id.begin() + 6);
      record(turn, s);
      writer_.begin();
      write_group(before);
      writer_.commit();
    } catch (...) {
      writer_.rollback();
      head_ = before;
      pending_.clear();
      for (auto& g : registry_.guards) g->abandoned();
      throw;
    }
    for (auto& g : registry_.guards) g->committed();
    progress_.reached(head_.seq);
    for (auto& p : pending_) followers_.add(std::move(p));
    pending_.clear();
  }
}

}  // namespace yi::engine
