#include "http/event_stream.h"

namespace yi::http {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  for (const char c : value)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
  out += '\n';
}

// Each line of the data stands on a line of its own; CR, LF and CRLF all end one.
void append_data(std::string& out, std::string_view data) {
  for (;;) {
    const auto end = data.find_first_of("\r\n");
    out += "data: ";
    out += data.substr(0, end);
    out += '\n';
    if (end == data.npos) return;
    data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
  }
}

}  // namespace

void EventStream::wake_locked(std::unique_lock<std::mutex>& lock) {
  if (woken_ || !wake_) return;
  woken_ = true;
  const auto wake = wake_;  // a copy: it takes the loop's lock, which must not be taken under ours
  lock.unlock();
  wake();
}

bool EventStream::send(std::string_view id, std::string_view event, std::string_view data) {
  std::string text;
  if (!id.empty()) append_field(text, "id: ", id);
  if (!event.empty()) append_field(text, "event: ", event);
  append_data(text, data);
  text += '\n';
  std::unique_lock lock(mutex_);
  if (state_ != State::open) return false;
  const bool taken = waiting_.size() + text.size() <= limit_;
  if (taken) {
    waiting_ += text;
  } else {
    state_ = State::cut;
    waiting_ = std::string();
    woken_ = false;  // whoever writes to the slow reader now has to hear of it
  }
  wake_locked(lock);
  return taken;
}

void EventStream::end() {
  std::unique_lock lock(mutex_);
  if (state_ != State::open) return;
  state_ = State::ended;
  wake_locked(lock);
}

bool EventStream::over() const {
  const std::lock_guard lock(mutex_);
  return state_ != State::open;
}

bool EventStream::cut() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::cut;
}

void EventStream::attach(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

EventStream::State EventStream::take(std::string& out) {
  const std::lock_guard lock(mutex_);
  woken_ = false;
  out += waiting_;
  waiting_.clear();
  return state_;
}

void EventStream::detach() {
  std::function<void()> dropped;
  const std::lock_guard lock(mutex_);
  dropped.swap(wake_);
  if (state_ == State::open) state_ = State::ended;
  waiting_ = std::string();
}

}  // namespace yi::http
