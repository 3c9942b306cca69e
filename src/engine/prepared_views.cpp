#include "engine/prepared_views.h"

#include <spdlog/spdlog.h>

namespace yi::engine {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kFoldEvery{200}, kTryAgain{1'000};
constexpr milliseconds kLookAgain{60'000};  // at a ledger that is not whole: what was folded before the gap is folded anew
constexpr std::int64_t kNear = 2'000;  // facts that are folded in a moment

}  // namespace

PreparedViews::PreparedViews(const store::Place& place, store::Writer& writer, RegistryFactory rooms, CentreCode centre, const store::KeyVault* keys)
    : place_(place), writer_(writer), centre_(centre) {
  thread_ = std::thread([this, rooms = std::move(rooms), keys] { loop(rooms, keys); });
}

PreparedViews::~PreparedViews() { stop(); }

void PreparedViews::stop() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (thread_.joinable()) thread_.join();
}

// False: it is time to stop.
bool PreparedViews::wait(milliseconds at_most) {
  std::unique_lock lock(m_);
  return !stop_.wait_for(lock, at_most, [&] { return stopping_; });
}

void PreparedViews::loop(const RegistryFactory& rooms, const store::KeyVault* keys) {
  milliseconds pause;
  do {
    pause = kFoldEvery;
    try {
      if (!word_) word_ = store::WordHeld::take(place_, centre_, kViewsWord);
      if (!word_ || !word_->still_held()) {
        caught_up_ = false;
        copies_.reset();
        word_.reset();
        if (!wait(kTryAgain)) return;
        continue;
      }
      if (!copies_) {
        spdlog::info("views of another version: building them beside those in use");
        copies_ = std::make_unique<ViewCopies>(writer_, rooms, centre_, keys);
      }
      const auto folded = copies_->fold_on();
      if (folded < kNear && !caught_up_.exchange(true)) spdlog::info("the views are built, and follow");
    } catch (const std::exception& e) {
      spdlog::warn("views beside those in use: {}", e.what());
      const auto* failure = dynamic_cast<const store::Failure*>(&e);
      if (failure && failure->kind == store::FailureKind::corrupt) pause = kLookAgain;
      caught_up_ = false;
      copies_.reset();
      word_.reset();
      try {
        writer_.recover();
      } catch (const std::exception&) {  // the database is away: tried again
      }
    }
  } while (wait(pause));
}

bool PreparedViews::take_in() {
  if (!copies_ || !word_ || !word_->still_held()) return false;
  copies_->take_in();
  copies_.reset();
  return true;
}

}  // namespace yi::engine
