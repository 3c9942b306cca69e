#include "http/session.h"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include "base/clock.h"

namespace yi::http {
namespace {

constexpr std::size_t kFirstBuffer = 4 * 1024;    // most requests fit; 2,000 connections hold 8 MB
constexpr std::size_t kBodyBuffer = 32 * 1024;    // while a longer body comes in
constexpr std::size_t kJoinedBody = 16 * 1024;    // up to here copying beats a second buffer
constexpr std::size_t kLingerBytes = 1024 * 1024; // read and thrown away after an early refusal
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// The reference of the last Responder that was dropped on this thread, so that the exception which dropped it is
// logged under the number that the caller reads.
thread_local std::uint64_t dropped_reference = 0;

Refusal too_many_connections() {
  return {"http.too_many_connections", limits::kConnections.message, "请稍后再试。", 503, ""};
}
Refusal too_slow() {
  return {"http.timeout", limits::kRequestSeconds.message, "请检查网络后重新提交。", 408, ""};
}
Refusal workers_busy() {
  return {"http.workers_busy", limits::kWorkerQueue.message, "请在几秒后再试。", 503, ""};
}

}  // namespace

// --- Shared ---------------------------------------------------------------------------------------------------------

void Shared::connected() {
  const std::lock_guard lock(mutex_);
  ++open_;
}
void Shared::disconnected() {
  const std::lock_guard lock(mutex_);
  if (--open_ == 0) none_.notify_all();
}
std::int64_t Shared::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}
bool Shared::wait_until_none(int seconds) {
  std::unique_lock lock(mutex_);
  return none_.wait_for(lock, std::chrono::seconds(seconds), [this] { return open_ == 0; });
}

// --- Loop -----------------------------------------------------------------------------------------------------------

void Loop::answer(std::shared_ptr<Session> session, Response r) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    mailbox_.push_back({std::move(session), std::move(r)});
    if (mailbox_.size() > 1) return;  // the loop is on its way already
  }
  asio::post(io, [this] { drain(); });
}

void Loop::drain() {
  {
    const std::lock_guard lock(mutex_);
    opened_.swap(mailbox_);
  }
  for (auto& letter : opened_) letter.to->deliver(std::move(letter.reply));
  opened_.clear();
}

void Loop::start() {
  tick();
  wait_tick();
}

void Loop::wait_tick() {
  timer_.expires_after(std::chrono::milliseconds(shared->options.tick_ms));
  timer_.async_wait([this](const boost::system::error_code& ec) {
    if (ec) return;
    tick();
    wait_tick();
  });
}

void Loop::tick() {
  now_ms = monotonic_ns() / 1'000'000;
  date = http_date(system_now());
  for (auto* s : sessions_) s->tick();
}

void Loop::add(Socket socket, bool refused) {
  if (closed_) return shared->disconnected();  // closed_ is written by this thread alone
  auto session = std::make_shared<Session>(shared_from_this(), std::move(socket), refused);
  sessions_.insert(session.get());
  session->start();
}

void Loop::stop_gently() {
  for (auto* s : sessions_) s->stop_gently();
}

void Loop::abort() {
  std::vector<Letter> dropped;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    dropped.swap(mailbox_);
  }
  timer_.cancel();
  std::vector<std::shared_ptr<Session>> all;  // a session that ends takes itself out of the set
  for (auto* s : sessions_) all.push_back(s->shared_from_this());
  for (const auto& s : all) s->abort();
}

// --- Session: the coroutine -----------------------------------------------------------------------------------------

Session::Session(std::shared_ptr<Loop> loop, Socket socket, bool refused)
    : loop_(std::move(loop)), socket_(std::move(socket)), reader_(loop_->shared->options.header_bytes),
      over_limit_(refused) {
  in_.resize(kFirstBuffer);
}

void Session::start() {
  boost::system::error_code ec;
  socket_.non_blocking(true, ec);
  socket_.set_option(asio::ip::tcp::no_delay(true), ec);
  asio::co_spawn(
      loop_->io, [self = shared_from_this()]() -> Task { co_await self->run(); },
      [self = shared_from_this()](std::exception_ptr failed) {
        if (failed) spdlog::error("http: a connection ended by an exception");
        boost::system::error_code ignored;
        self->socket_.close(ignored);
        self->loop_->remove(self.get());
        self->loop_->shared->disconnected();
      });
}

Task Session::run() {
  boost::system::error_code ec;
  const Token token;
  auto step = over_limit_ ? refuse(too_many_connections(), true) : Step::read;
  if (step == Step::read) arm(loop_->shared->options.idle_ms);
  for (;;) {
    switch (step) {
      case Step::read:
      case Step::linger: {
        if (step == Step::read && !reader_.started() && loop_->shared->stopping) co_return;
        make_room();
        reading_ = true;
        const auto n = co_await socket_.async_read_some(asio::buffer(in_.data() + end_, in_.size() - end_),
                                                        asio::redirect_error(token, ec));
        reading_ = false;
        step = after_read(n, static_cast<bool>(ec));
        break;
      }
      case Step::parse: step = parse(); break;
      case Step::wait:
        co_await asio::async_initiate<const Token, void()>(
            [this](auto handler) { waiter_.emplace(std::move(handler)); }, token);
        step = aborted_ ? Step::close : send();
        break;
      case Step::write: {
        co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(token, ec));
        step = ec || expired_ ? Step::close : write_on();
        break;
      }
      case Step::close: co_return;
    }
    if (aborted_) co_return;
  }
}

// Deadlines are compared once a tick, against a clock that is up to a tick old: never early, at most two ticks late.
void Session::arm(std::int64_t ms) { deadline_ms_ = loop_->now_ms + ms + loop_->shared->options.tick_ms; }

void Session::tick() {
  if (deadline_ms_ == 0 || loop_->now_ms < deadline_ms_) return;
  deadline_ms_ = 0;
  expired_ = true;
  boost::system::error_code ec;
  socket_.cancel(ec);
}

void Session::stop_gently() {
  if (!reading_ || reader_.started()) return;
  expired_ = true;
  boost::system::error_code ec;
  socket_.cancel(ec);
}

void Session::abort() {
  aborted_ = true;
  boost::system::error_code ec;
  socket_.close(ec);
  if (!waiter_) return;
  auto waiter = std::move(*waiter_);
  waiter_.reset();
  std::move(waiter)();
}

// --- Session: reading -----------------------------------------------------------------------------------------------

void Session::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ < in_.size()) return;
  if (begin_ > 0) {
    std::copy(in_.begin() + static_cast<std::ptrdiff_t>(begin_), in_.begin() + static_cast<std::ptrdiff_t>(end_),
              in_.begin());
    end_ -= begin_;
    begin_ = 0;
    return;
  }
  in_.resize(in_.size() * 2);  // the reader refuses a longer head before this goes far
}

Session::Step Session::after_read(std::size_t n, bool failed) {
  if (linger_) {
    lingered_ += n;
    begin_ = end_ = 0;
    return failed || expired_ || lingered_ > kLingerBytes ? Step::close : Step::linger;
  }
  if (expired_) {
    if (!reader_.started()) return Step::close;
    expired_ = false;
    return refuse(too_slow(), true);
  }
  if (failed) return Step::close;  // the other side has gone
  end_ += n;
  return Step::parse;
}

Session::Step Session::parse() {
  for (;;) {
    std::size_t used = 0;
    const auto state = reader_.feed(unread(), used);
    begin_ += used;
    switch (state) {
      case RequestReader::State::body:
        if (in_.size() < kBodyBuffer) in_.resize(kBodyBuffer);
        [[fallthrough]];
      case RequestReader::State::head:
        if (reader_.started() && !request_armed_) {
          request_armed_ = true;
          arm(loop_->shared->options.request_ms);
        }
        return Step::read;
      case RequestReader::State::head_done:
        if (const auto step = judge_head(); step != Step::parse) return step;
        break;
      case RequestReader::State::failed: return refuse(refusal_ ? *refusal_ : reader_.failure(), true);
      case RequestReader::State::done: return dispatch();
    }
  }
}

Session::Step Session::judge_head() {
  const auto& shared = *loop_->shared;
  const auto& head = reader_.head();
  auto admitted = [&]() -> Checked {
    try {
      return admit(head, shared.hosts, shared.router, shared.gatekeeper, reader_.request(), admission_);
    } catch (const std::exception& e) {
      const auto reference = ++loop_->shared->references;
      spdlog::error("http: reference {}: admission: {}", reference, e.what());
      return internal_error(reference);
    }
  }();
  if (!admitted) {
    refusal_ = std::move(admitted).error();
    reader_.drop_body();
    if (refusal_->status == 501 || head.bad_transfer_encoding) return refuse(*refusal_, true);
  }
  if (!reader_.limit_body(refusal_ ? limits::kBodyBytes.value : admission_.door->body_limit))
    return refuse(refusal_ ? *refusal_ : reader_.failure(), true);
  if (!head.expects_continue || head.version_1_0 || begin_ != end_) return Step::parse;
  if (refusal_) return refuse(*refusal_, true);
  // The socket's buffer is empty between two requests, so this fits or the connection is broken.
  boost::system::error_code ec;
  socket_.write_some(asio::buffer(kContinue), ec);
  return ec ? Step::close : Step::parse;
}

// --- Session: answering ---------------------------------------------------------------------------------------------

Session::Step Session::dispatch() {
  deadline_ms_ = 0;  // from here on it is our time, not the sender's
  if (refusal_) return refuse(*refusal_, false);
  if (admission_.door->runs_on == RunsOn::worker) {
    std::function<void()> task = [self = shared_from_this()] { self->run_handler(); };
    return loop_->shared->workers.post(task) ? Step::wait : refuse(workers_busy(), false);
  }
  dispatching_ = true;
  replied_ = false;
  run_handler();
  dispatching_ = false;
  return replied_ ? send() : Step::wait;
}

void Session::run_handler() {
  const auto& door = *admission_.door;
  dropped_reference = 0;
  const auto failed = [&](const char* what) {
    const auto reference = dropped_reference != 0 ? dropped_reference : ++loop_->shared->references;
    spdlog::error("http: reference {}: door {}: {}", reference, door.name, what);
  };
  try {
    door.handle(reader_.request(), admission_.caller, Responder(shared_from_this()));
  } catch (const std::exception& e) {
    failed(e.what());
  } catch (...) {
    failed("unknown exception");
  }
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
  dropped_reference = ++loop_->shared->references;
  spdlog::error("http: reference {}: a request was left unanswered", dropped_reference);
  answer(problem(internal_error(dropped_reference)));
}

void Session::deliver(Response r) {
  if (!waiter_) return;  // aborted in the meantime
  reply_ = std::move(r);
  auto waiter = std::move(*waiter_);
  waiter_.reset();
  std::move(waiter)();
}

// An answer of the server itself. `close`: the rest of what the sender says cannot be understood or is not wanted.
Session::Step Session::refuse(const Refusal& why, bool close) {
  reply_ = wants_page(reader_.request()) ? problem_page(why) : problem(why);
  if (!admission_.allow.empty()) reply_.headers.emplace_back("allow", admission_.allow);
  if (close) close_ = linger_ = true;
  return send();
}

Session::Step Session::send() {
  if (!sendable(reply_)) {
    const auto reference = ++loop_->shared->references;
    spdlog::error("http: reference {}: a reply with status {} cannot be sent", reference, reply_.status);
    reply_ = problem(internal_error(reference));
  }
  apply_etag(reply_, reader_.request().if_none_match);
  if (!reader_.keep_alive() || loop_->shared->stopping.load(std::memory_order_relaxed)) close_ = true;
  const Framing framing{admission_.head_only, close_, reader_.head().version_1_0};
  out_.clear();
  write_head(out_, reply_, framing, loop_->date);
  const bool bodyless = framing.head_only || reply_.status == 304 || reply_.status == 204;
  body_size_ = bodyless ? 0 : reply_.body.size();
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
  return next_request();
}

Session::Step Session::next_request() {
  if (close_) return linger_ ? start_linger() : Step::close;
  reader_.reset();
  admission_ = {};
  refusal_.reset();
  if (reply_.body.capacity() > kJoinedBody) reply_.body = std::string();
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
