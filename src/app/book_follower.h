#pragma once
// On a node that does not lead: what the leading node's lane puts into the books of matters and warning rules is read from the
// views, within a second of the reports that have it (docs/decisions/0020).
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/rooms.h"
#include "engine/engine.h"

namespace yi::app {

class BookFollower {
 public:
  // Engine and Common outlive it.
  BookFollower(engine::Engine& engine, const Common& common);
  ~BookFollower();

 private:
  void loop();
  engine::Engine& engine_;
  const Common& common_;
  std::mutex m_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace yi::app
