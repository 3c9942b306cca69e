#pragma once
// One client's stream of events (text/event-stream, WHATWG HTML §9.2). A handler makes one, keeps it (or hands it to
// whoever has something to say), and answers with a Response that carries it.
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace yi::http {

// Any thread, all of it. Lifetime: shared by the sender and the connection; a sender that keeps one learns from send()
// that it is time to forget it.
class EventStream {
 public:
  // `queue_bytes`: what may wait for one client. A reader so slow that more waits is cut off: it comes back by itself
  // and says what it saw last (Request::last_event_id), so nothing is lost, and nobody's memory fills.
  explicit EventStream(std::int64_t queue_bytes = limits::kEventQueueBytes.value)
      : limit_(static_cast<std::size_t>(queue_bytes)) {}
  EventStream(const EventStream&) = delete;
  EventStream& operator=(const EventStream&) = delete;

  // `id` comes back as Last-Event-ID ("" leaves the last one standing); `event` names the type as the door's reply
  // declares it; `data` is normally JSON on one line. Control characters in id and event are left out.
  // False: the stream is over (the client left, was cut, or end() was called) and nothing was taken.
  bool send(std::string_view id, std::string_view event, std::string_view data);
  // What waits is still delivered, then the reply ends.
  void end();
  bool over() const;

  // --- the server's side ---
  enum class State { open, ended, cut };
  // `wake` is called, once until the next take(), when there is something to take. Not under the stream's lock.
  void attach(std::function<void()> wake);
  // Appends what waits to `out`. With `cut` there is nothing to take, and the connection is to be closed.
  State take(std::string& out);
  bool cut() const;
  // The connection is gone; wake is not called any more once this has returned.
  void detach();

 private:
  void wake_locked(std::unique_lock<std::mutex>& lock);
  mutable std::mutex mutex_;
  std::function<void()> wake_;
  std::string waiting_;
  const std::size_t limit_;
  State state_ = State::open;
  bool woken_ = false;
};

}  // namespace yi::http
