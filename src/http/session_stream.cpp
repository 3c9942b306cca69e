// What takes longer than one answer: a body that is made while it is sent, an event stream, an upload. The connection
// and the worker pool take turns; there is never more than one piece in memory.
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <cerrno>

#include "http/session.h"

namespace yi::http {
namespace {

// A browser whose stream ends comes back after this time; not all at once after a restart, since they notice the end at
// different moments.
constexpr std::string_view kGreeting = "retry: 3000\n\n";
constexpr std::string_view kHeartbeat = ":\n\n";

Refusal too_many_streams() {
  return {"http.too_many_streams", limits::kEventStreams.message, "请关闭不用的页面，或稍后再试。", 503, ""};
}

}  // namespace

// --- turns ----------------------------------------------------------------------------------------------------------

Session::Step Session::work(std::function<void()> task) {
  waits_for_ = Wait::work;
  work_ = [self = shared_from_this(), task = std::move(task)] {
    task();
    self->loop_->wake(self, Wait::work);
  };
  post_work();
  return Step::wait;
}

// A full queue is no refusal in the middle of a body: the next tick tries again.
void Session::post_work() {
  if (loop_->shared->workers.post(work_)) work_ = nullptr;
}

void Session::wake(Wait reason) {
  if (waits_for_ == reason && waiter_) return resume();
  // The reader is so slow that the queue behind the piece in writing is full.
  if (reason == Wait::events && events_ && events_->cut()) {
    boost::system::error_code ec;
    socket_.cancel(ec);
  }
}

// --- a body that is made while it is sent -----------------------------------------------------------------------------

void Session::start_stream() {
  more_ = true;
  broken_ = beat_ = false;
  piece_.clear();
  if (reply_.produce) {
    streaming_ = Streaming::produced;
    return;
  }
  streaming_ = Streaming::events;
  said_ms_ = loop_->now_ms;
  if (reader_.head().version_1_0) out_ += kGreeting;
  else append_chunk(out_, kGreeting);
  events_->attach([weak = weak_from_this(), loop = loop_] {
    if (auto self = weak.lock()) loop->wake(std::move(self), Wait::events);
  });
}

void Session::make_piece() {
  try {
    piece_.clear();
    more_ = reply_.produce(piece_);
    return;
  } catch (const std::exception& e) {
    spdlog::error("http: door {}: a streamed body broke off: {}", admission_.door->name, e.what());
  } catch (...) {
    spdlog::error("http: door {}: a streamed body broke off: unknown exception", admission_.door->name);
  }
  broken_ = true;
}

Session::Step Session::send_piece() {
  if (broken_) return Step::close;  // without the last chunk: the client sees that it is not whole
  out_.clear();
  const bool chunked = !reader_.head().version_1_0;
  if (chunked) append_chunk(out_, piece_);
  else out_ += piece_;
  if (chunked && !more_) out_ += kLastChunk;
  written_ = 0;
  return write_on();
}

Session::Step Session::finish_stream() {
  end_stream();
  if (out_.capacity() > kPieceBytes) out_ = std::string();
  if (loop_->shared->stopping.load(std::memory_order_relaxed)) close_ = true;
  return next_request();
}

void Session::end_stream() {
  if (events_) events_->detach();
  events_.reset();
  reply_.events.reset();
  reply_.produce = nullptr;
  streaming_ = Streaming::none;
  place_.reset();
}

// --- event streams ----------------------------------------------------------------------------------------------------

void Session::open_events() {
  auto stream = std::move(reply_.events);
  reply_.events.reset();
  if (admission_.head_only) {
    stream->detach();
  } else {
    if (!loop_->shared->stopping)
      place_ = Place::take(loop_->shared->event_streams, loop_->shared->options.event_streams);
    if (!place_) {
      stream->detach();
      reply_ = problem(too_many_streams());
      return;
    }
    events_ = stream;
  }
  reply_.body.clear();
  reply_.content_type = "text/event-stream; charset=utf-8";
  reply_.headers.emplace_back("x-accel-buffering", "no");  // a proxy in front passes on each event at once
  reply_.events = std::move(stream);
}

Session::Step Session::next_events() {
  piece_.clear();
  const auto state = events_->take(piece_);
  if (broken_ || state == EventStream::State::cut) return Step::close;
  more_ = state == EventStream::State::open;
  if (piece_.empty() && more_ && !beat_) {
    waits_for_ = Wait::events;
    return Step::wait;
  }
  if (piece_.empty() && beat_) piece_ = kHeartbeat;
  beat_ = false;
  said_ms_ = loop_->now_ms;
  return send_piece();
}

// A client that has gone sends the end of the connection, which nobody reads while we only write.
bool Session::client_left() {
  char byte = 0;
  const auto n = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

void Session::tick_events() {
  if (waits_for_ != Wait::events) return;
  broken_ = client_left();
  beat_ = loop_->now_ms - said_ms_ >= loop_->shared->options.heartbeat_ms;
  // By letter: a connection that ends leaves the set that the tick walks through.
  if (broken_ || beat_) loop_->wake(shared_from_this(), Wait::events);
}

// --- uploads ----------------------------------------------------------------------------------------------------------

Session::Step Session::store_piece(bool last) {
  deadline_ms_ = 0;  // from here on it is our time
  last_piece_ = last;
  piece_.clear();
  piece_.swap(reader_.request().body);
  return work([this] { write_piece(); });
}

void Session::write_piece() {
  const auto& request = reader_.request();
  try {
    if (!sink_) {
      auto opened = admission_.door->upload.open(request, admission_.caller);
      if (opened) sink_ = std::move(opened).value();
      else upload_refusal_ = std::move(opened).error();
    }
    if (upload_refusal_ || piece_.empty()) return;
    if (auto kept = sink_->write(piece_); !kept) upload_refusal_ = std::move(kept).error();
  } catch (const std::exception& e) {
    upload_refusal_ = refusal_of(e, ("door " + admission_.door->name).c_str(), 0);
  }
}

Session::Step Session::stored() {
  if (upload_refusal_) return refuse(*upload_refusal_, !last_piece_);
  if (!last_piece_) {
    arm(loop_->shared->options.request_ms);  // for the next piece: who is slower than this is not sending
    return Step::parse;
  }
  waits_for_ = Wait::answer;
  work_ = [self = shared_from_this()] { self->run_handler(); };
  post_work();
  return Step::wait;
}

}  // namespace yi::http
