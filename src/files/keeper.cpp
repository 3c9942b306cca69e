#include "files/keeper.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "base/clock.h"

namespace yi::files {
namespace {
struct Stopped {};
}  // namespace

Keeper::Keeper(FileStore& store, KeeperAsks asks) : store_(store), asks_(std::move(asks)), thread_([this] { loop(); }) {}

Keeper::~Keeper() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Keeper::ring() {
  {
    std::lock_guard lock(m_);
    ++asked_;
  }
  wake_.notify_all();
}

void Keeper::wait() {
  std::unique_lock lock(m_);
  done_.wait(lock, [this, until = asked_] { return made_ >= until || stopping_; });
}

bool Keeper::pass() {
  const auto unless_stopped = [this] {
    if (stopping_) throw Stopped{};
  };
  if (asks_.mine && !asks_.mine()) return false;  // perhaps the next time
  bool good = true;
  const auto failed = [&](const char* why) {
    asks_.failed(why);
    good = false;
  };
  std::function<bool(const FileId&)> named;
  try {
    named = asks_.named();
  } catch (const std::exception& e) {
    failed(e.what());
    named = [](const FileId&) { return true; };  // an erasure does not wait for that
  }
  try {
    const auto erased = asks_.erased();
    std::function<bool(SubjectId)> unless_erased;
    if (erased)
      unless_erased = [&](SubjectId s) {
        unless_stopped();
        return erased(s);
      };
    const auto swept = store_.sweep(
        [&](const FileId& id) {
          unless_stopped();
          return named(id);
        },
        system_now(), asks_.orphan_ms ? std::max(asks_.orphan_ms(), FileStore::kOrphanMs) : FileStore::kOrphanMs, unless_erased);
    {
      std::lock_guard lock(m_);
      figures_.orphans += swept.orphans;
      figures_.erased += swept.erased;
      figures_.files = swept.files;
      figures_.bytes = swept.bytes;
    }
    asks_.swept(swept);
  } catch (const Stopped&) {
    return false;
  } catch (const std::exception& e) {
    failed(e.what());
  }
  std::lock_guard lock(m_);
  ++(good ? figures_.passes : figures_.failed);
  return good;
}

KeeperFigures Keeper::figures() const {
  std::lock_guard lock(m_);
  return figures_;
}

void Keeper::loop() {
  std::unique_lock lock(m_);
  for (std::int64_t pause = 0; !stopping_;) {
    // Several that ask while a pass is under way share the next one.
    wake_.wait_for(lock, std::chrono::milliseconds(pause), [this] { return stopping_ || made_ < asked_; });
    if (stopping_) return;
    const auto serves = asked_;
    lock.unlock();
    const bool good = pass();
    lock.lock();
    made_ = std::max(made_, serves);
    done_.notify_all();
    pause = good ? FileStore::kOrphanMs : kRetryMs;
  }
}

}  // namespace yi::files
