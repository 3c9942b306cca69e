#include "app/book_follower.h"

#include <spdlog/spdlog.h>


namespace yi::app {

BookFollower::BookFollower(engine::Engine& engine, const Common& common) : engine_(engine), common_(common), thread_([this] { loop(); }) {}

BookFollower::~BookFollower() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void BookFollower::loop() {
  std::int64_t read = -1;
  std::unique_lock lock(m_);
  while (!wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; })) {
    const auto followed = engine_.followed();
    if (engine_.standing().role == engine::Role::leading || followed == read) continue;
    lock.unlock();
    try {
      auto reader = engine_.reader();
      common_.changes->load(*reader, engine_.centre());
      read = followed;
    } catch (const std::exception& e) {  // the database is away for a while: again in a second
      spdlog::warn("changes of the catalogue were not read: {}", e.what());
    }
    lock.lock();
  }
}

}  // namespace yi::app
