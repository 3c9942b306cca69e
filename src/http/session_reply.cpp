// A connection's answers: from the handler to the last byte written.
#include <spdlog/spdlog.h>

#include <boost/asio/buffer.hpp>
#include <exception>
#include <stdexcept>

#include "base/clock.h"
#include "http/session.h"

namespace yi::http {
namespace {

constexpr std::size_t kJoinedBody = 16 * 1024;    // up to here copying beats a second buffer
constexpr std::size_t kFirstBuffer = 4 * 1024;

// The reference of the last Responder that was dropped on this thread, so that the exception which dropped it is
// logged under the number that the caller reads.
thread_local std::uint64_t dropped_reference = 0;
// The session whose handler runs on this thread, and that its Responder went while an exception was under way.
thread_local const Session* handled = nullptr;
thread_local bool left_unanswered = false;

Refusal workers_busy() {
  return {"http.workers_busy", limits::kWorkerQueue.message, "请在几秒后再试。", 503, ""};
}

Refusal strangers_busy() { return {"http.too_many_sign_ins", limits::kStrangerQueue.message, "请在几秒后再试。", 429, ""}; }

}  // namespace

Session::Step Session::dispatch() {
  deadline_ms_ = 0;  // from here on it is our time, not the sender's
  if (refusal_) return refuse(*refusal_, false);
  if (passing_) return Step::pass;
  if (admission_.door->upload.any()) return store_piece(true);
  if (const auto where = admission_.door->runs_on; where != RunsOn::connection) {
    std::function<void()> task = [self = shared_from_this()] { self->run_handler(); };
    waits_for_ = Wait::answer;
    if (where == RunsOn::worker) return loop_->shared->workers.post(task) ? Step::wait : refuse(workers_busy(), false);
    return loop_->shared->strangers.post(task) ? Step::wait : refuse(strangers_busy(), false);
  }
  waits_for_ = Wait::answer;
  dispatching_ = true;
  replied_ = false;
  run_handler();
  dispatching_ = false;
  return replied_ ? send() : Step::wait;
}

// Why something threw: what the options make of it, or a defect, under a reference that the log explains.
Refusal Session::refusal_of(const std::exception& e, const char* doing, std::uint64_t reference) {
  if (const auto& known = loop_->shared->options.refusal_of)
    if (auto refusal = known(e)) {
      spdlog::warn("http: {}: {}", doing, e.what());
      return std::move(*refusal);
    }
  if (reference == 0) reference = ++loop_->shared->references;
  spdlog::error("http: reference {}: {}: {}", reference, doing, e.what());
  return internal_error(reference);
}

void Session::run_handler() {
  const auto& door = *admission_.door;
  handled = this;
  left_unanswered = false;
  dropped_reference = 0;
  std::optional<Refusal> failed;
  try {
    // Taken along: an answer may be on its way before finish() has returned.
    if (const auto sink = std::move(sink_)) sink->finish(reader_.request(), admission_.caller, Responder(shared_from_this()));
    else door.handle(reader_.request(), admission_.caller, Responder(shared_from_this()));
  } catch (const std::exception& e) {
    failed = refusal_of(e, ("door " + door.name).c_str(), dropped_reference);
  } catch (...) {
    failed = refusal_of(std::runtime_error("unknown exception"), ("door " + door.name).c_str(), dropped_reference);
  }
  handled = nullptr;
  if (!left_unanswered) return;
  if (!failed) failed = refusal_of(std::runtime_error("a request was left unanswered"), ("door " + door.name).c_str(), 0);
  answer(wants_page(reader_.request()) ? problem_page(*failed) : problem(*failed));
}

void Session::answer(Response r) {
  // dispatching_ is only ever true on the loop's own thread while it is inside run_handler, so another thread must not
  // look at it: the thread is asked first.
  if (loop_->io.get_executor().running_in_this_thread() && dispatching_) {
    reply_ = std::move(r);
    replied_ = true;
    return;
  }
  loop_->answer(shared_from_this(), std::move(r));
}

void Session::dropped() {
  // On the way of an exception out of the door: run_handler knows why.
  if (handled == this && std::uncaught_exceptions() > 0) {
    left_unanswered = true;
    return;
  }
  dropped_reference = ++loop_->shared->references;
  spdlog::error("http: reference {}: a request was left unanswered", dropped_reference);
  answer(problem(internal_error(dropped_reference)));
}

void Session::deliver(Response r) {
  if (waits_for_ != Wait::answer) return;  // aborted in the meantime
  reply_ = std::move(r);
  resume();
}

// An answer of the server itself. `close`: the rest of what the sender says cannot be understood or is not wanted.
Session::Step Session::refuse(const Refusal& why, bool close) {
  reply_ = wants_page(reader_.request()) ? problem_page(why) : problem(why);
  if (!admission_.allow.empty()) reply_.headers.emplace_back("allow", admission_.allow);
  if (close) close_ = linger_ = true;
  sink_.reset();  // what came in of an upload goes
  return send();
}

Session::Step Session::send() {
  waits_for_ = Wait::none;
  if (!sendable(reply_)) {
    const auto reference = ++loop_->shared->references;
    spdlog::error("http: reference {}: a reply with status {} cannot be sent", reference, reply_.status);
    reply_ = problem(internal_error(reference));
  }
  place_.reset();
  // One that never had a whole head (too slow, over a limit) took no time that could be told.
  const auto took_ns = began_ns_ == 0 ? -1 : monotonic_ns() - std::exchange(began_ns_, 0);
  apply_etag(reply_, reader_.request().if_none_match);
  if (reply_.events) open_events();
  loop_->traffic.answered(kind_of(admission_.door), reply_.status, took_ns);
  const bool bodyless = admission_.head_only || reply_.status == 304 || reply_.status == 204;
  const bool streamed = reply_.produce || reply_.events;
  const bool version_1_0 = reader_.head().version_1_0;
  if (streamed && !bodyless && version_1_0) close_ = true;  // the end of the connection is the end of the body
  if (!reader_.keep_alive() || loop_->shared->stopping.load(std::memory_order_relaxed)) close_ = true;
  const Framing framing{admission_.head_only, close_, version_1_0, !bodyless && !version_1_0};
  out_.clear();
  write_head(out_, reply_, framing, loop_->date);
  if (streamed && !bodyless) start_stream();
  else end_stream();
  body_size_ = bodyless || streamed ? 0 : reply_.body.size();
  if (body_size_ <= kJoinedBody) {
    out_.append(reply_.body, 0, body_size_);
    body_size_ = 0;
  }
  written_ = 0;
  return write_on();
}

// Writes what the socket takes; a slow reader's turn comes when it has taken some.
Session::Step Session::write_on() {
  const auto total = out_.size() + body_size_;
  while (written_ < total) {
    boost::system::error_code ec;
    std::size_t sent = 0;
    if (body_size_ == 0) {  // the common case takes the cheaper system call
      sent = socket_.write_some(asio::buffer(out_) + written_, ec);
    } else {
      const auto from_head = std::min(written_, out_.size());
      const std::array<asio::const_buffer, 2> parts{
          asio::buffer(out_) + from_head, asio::buffer(reply_.body.data(), body_size_) + (written_ - from_head)};
      sent = socket_.write_some(parts, ec);
    }
    if (ec == asio::error::would_block) {
      arm(loop_->shared->options.request_ms);
      return Step::write;
    }
    if (ec) return Step::close;
    written_ += sent;
  }
  return written();
}

Session::Step Session::written() {
  deadline_ms_ = 0;
  switch (streaming_) {
    case Streaming::none: return next_request();
    case Streaming::produced: return more_ ? work([this] { make_piece(); }) : finish_stream();
    case Streaming::events: return more_ ? Step::events : finish_stream();
  }
  return Step::close;
}

Session::Step Session::next_request() {
  if (close_) return linger_ ? start_linger() : Step::close;
  reader_.reset();
  admission_ = {};
  refusal_.reset();
  if (reply_.body.capacity() > kJoinedBody) reply_.body = std::string();
  if (piece_.capacity() > kJoinedBody) piece_ = std::string();
  upload_refusal_.reset();
  passing_.reset();
  upstream_.reset();
  upload_begun_ = false;
  if (in_.size() > kFirstBuffer && begin_ == end_) {
    in_.resize(kFirstBuffer);
    in_.shrink_to_fit();
    begin_ = end_ = 0;
  }
  expired_ = request_armed_ = false;
  arm(loop_->shared->options.idle_ms);
  return begin_ == end_ ? Step::read : Step::parse;
}

// Closing with unread bytes would make the kernel reset the connection, and the sender might lose our reply: say that
// we are done, and read for a moment what they still send.
Session::Step Session::start_linger() {
  boost::system::error_code ec;
  socket_.shutdown(Socket::shutdown_send, ec);
  if (ec) return Step::close;
  begin_ = end_ = 0;
  expired_ = false;
  arm(loop_->shared->options.tick_ms);
  return Step::linger;
}

}  // namespace yi::http
