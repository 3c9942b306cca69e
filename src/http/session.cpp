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
constexpr std::size_t kLingerBytes = 1024 * 1024; // read and thrown away after an early refusal
constexpr std::size_t kUploadPiece = 256 * 1024;  // of an upload, between two visits to the worker pool
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Refusal too_many_connections() {
  return {"http.too_many_connections", limits::kConnections.message, "请稍后再试。", 503, ""};
}
Refusal too_slow() {
  return {"http.timeout", limits::kRequestSeconds.message, "请检查网络后重新提交。", 408, ""};
}
Refusal too_many_uploads() {
  return {"http.too_many_uploads", limits::kUploads.message, "请在几秒后重新上传。", 503, ""};
}

}  // namespace

// --- Shared ---------------------------------------------------------------------------------------------------------

std::optional<Place> Place::take(std::atomic<std::int64_t>& taken, std::int64_t limit) {
  if (++taken > limit) {
    --taken;
    return std::nullopt;
  }
  Place p;
  p.taken_ = &taken;
  return p;
}

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

void Loop::answer(std::shared_ptr<Session> session, Response r) { put({std::move(session), Wait::answer, std::move(r)}); }
void Loop::wake(std::shared_ptr<Session> session, Wait reason) { put({std::move(session), reason, {}}); }

void Loop::put(Letter letter) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    mailbox_.push_back(std::move(letter));
    if (mailbox_.size() > 1) return;  // the loop is on its way already
  }
  asio::post(io, [this] { drain(); });
}

void Loop::drain() {
  {
    const std::lock_guard lock(mutex_);
    opened_.swap(mailbox_);
  }
  for (auto& letter : opened_) {
    if (letter.reason == Wait::answer) letter.to->deliver(std::move(letter.reply));
    else letter.to->wake(letter.reason);
  }
  opened_.clear();
}

void Loop::start() {
  tick();
  wait_tick();
}

void Loop::wait_tick() {
  timer_.expires_after(std::chrono::milliseconds(shared->options.tick_ms));
  timer_.async_wait([this](const boost::system::error_code& ec) {
    if (ec || closed_) return;  // an expired timer cannot be cancelled any more: its handler comes after abort()
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
  if (const auto other = socket_.remote_endpoint(ec); !ec) address_ = other.address().to_string();
  asio::co_spawn(
      loop_->io, [self = shared_from_this()]() -> Task { co_await self->run(); },
      [self = shared_from_this()](std::exception_ptr failed) {
        if (failed) spdlog::error("http: a connection ended by an exception");
        if (self->events_) self->events_->detach();
        self->work_ = nullptr;  // it holds this session
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
        step = aborted_ ? Step::close : awake();
        break;
      case Step::events: step = next_events(); break;
      case Step::write: {
        co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(token, ec));
        step = ec || expired_ ? Step::close : write_on();
        break;
      }
      case Step::pass: step = co_await pass_on(true); break;
      case Step::pass_piece: step = co_await pass_on(false); break;
      case Step::close: co_return;
    }
    if (aborted_) co_return;
  }
}

Session::Step Session::awake() {
  switch (woken_for_) {
    case Wait::work: return streaming_ == Streaming::produced ? send_piece() : stored();
    case Wait::events: return Step::events;
    default: return send();
  }
}

// Deadlines are compared once a tick, against a clock that is up to a tick old: never early, at most two ticks late.
void Session::arm(std::int64_t ms) { deadline_ms_ = loop_->now_ms + ms + loop_->shared->options.tick_ms; }

void Session::tick() {
  if (work_) post_work();
  if (streaming_ == Streaming::events) tick_events();
  if (with_leader_) look_who_leads();
  if (deadline_ms_ == 0 || loop_->now_ms < deadline_ms_) return;
  deadline_ms_ = 0;
  expired_ = true;
  boost::system::error_code ec;
  socket_.cancel(ec);
  if (upstream_) upstream_->cancel(ec);
}

void Session::stop_gently() {
  if (events_) events_->end();  // its client comes back by itself
  if (!reading_ || reader_.started()) return;
  expired_ = true;
  boost::system::error_code ec;
  socket_.cancel(ec);
}

void Session::abort() {
  aborted_ = true;
  boost::system::error_code ec;
  socket_.close(ec);
  if (upstream_) upstream_->close(ec);
  if (waiter_) resume();
}

void Session::resume() {
  auto waiter = std::move(*waiter_);
  waiter_.reset();
  woken_for_ = std::exchange(waits_for_, Wait::none);
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
        if (!refusal_ && admission_.door->upload.any() && reader_.request().body.size() >= kUploadPiece)
          return passing_ ? Step::pass_piece : store_piece(false);
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
  began_ns_ = monotonic_ns();
  reader_.request().address = address_;
  auto admitted = [&]() -> Checked {
    try {
      YI_CHECK(admit_to_door(head, shared.hosts, shared.router, reader_.request(), admission_));
      if (shared.options.relay) YI_CHECK(judge_way());
      return passing_ ? Done{} : admit_in(shared.router, shared.gatekeeper, reader_.request(), admission_);
    } catch (const std::exception& e) {
      return refusal_of(e, "admission", 0);
    }
  }();
  if (admitted && admission_.door->upload.any()) {
    place_ = Place::take(loop_->shared->uploads, shared.options.uploads);
    if (!place_) admitted = too_many_uploads();
  }
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

}  // namespace yi::http
