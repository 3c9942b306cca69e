#pragma once
// Inside the room: one connection (Session) and one thread with its connections (Loop). Includes Asio, so only
// session.cpp and server.cpp include this.
//
// Threads: everything of a Session and a Loop belongs to the loop's thread, except where a member says "any thread".
// Lifetime: a Session lives as long as its coroutine or a Responder does, and keeps its Loop; after a stop, what a
// late Responder says is dropped by the Loop's closed mailbox.
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "http/reply_reader.h"
#include "http/request_reader.h"
#include "http/server.h"
#include "http/traffic.h"
#include "http/wire.h"
#include "http/worker_pool.h"

namespace yi::http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;  // the concrete type: any_io_executor costs on every step
using Token = asio::use_awaitable_t<Executor>;
using Task = asio::awaitable<void, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

// One of a limited number of places; given back when it is destroyed.
class Place {
 public:
  Place() = default;
  // Nothing when all `limit` places are taken.
  static std::optional<Place> take(std::atomic<std::int64_t>& taken, std::int64_t limit);
  Place(Place&& other) noexcept : taken_(std::exchange(other.taken_, nullptr)) {}
  Place& operator=(Place&& other) noexcept {
    std::swap(taken_, other.taken_);
    return *this;
  }
  ~Place() {
    if (taken_) --*taken_;
  }

 private:
  std::atomic<std::int64_t>* taken_ = nullptr;
};

// What all connections of a server share. Any thread.
struct Shared {
  Shared(ServerOptions o, const Router& r, const Gatekeeper& g)
      : options(std::move(o)), router(r), gatekeeper(g), hosts(options.allowed_hosts, options.behind_tls),
        workers(options.worker_threads, options.worker_queue),
        strangers(1, options.stranger_queue) {}
  const ServerOptions options;
  const Router& router;
  const Gatekeeper& gatekeeper;
  const Hosts hosts;
  WorkerPool workers;
  WorkerPool strangers;  // RunsOn::stranger
  std::atomic<std::uint64_t> references{0};  // of internal errors, since start
  std::atomic<bool> stopping{false};
  std::atomic<std::int64_t> event_streams{0}, uploads{0};

  std::atomic<std::int64_t> connections_refused{0};

  void connected();
  void disconnected();
  std::int64_t open() const;
  bool wait_until_none(int seconds);

 private:
  mutable std::mutex mutex_;
  std::condition_variable none_;
  std::int64_t open_ = 0;
};

class Session;

// What a connection waits for, so that a letter that comes too late wakes nobody: an answer of a handler, work of its
// own on the worker pool, or something to say on its event stream.
enum class Wait { none, answer, work, events };

class Loop : public std::enable_shared_from_this<Loop> {
 public:
  explicit Loop(std::shared_ptr<Shared> s) : shared(std::move(s)), timer_(io) {}
  asio::io_context io{1};
  const std::shared_ptr<Shared> shared;
  std::int64_t now_ms = 0;  // as of the last tick: time-outs need no clock per request
  std::string date;         // header Date, as of the last tick
  Traffic traffic;          // counted by this loop's thread, read by any

  // Any thread. Answers arrive in bursts, a whole commit group at once: the loop is woken for the first of them only.
  void answer(std::shared_ptr<Session> session, Response r);
  void wake(std::shared_ptr<Session> session, Wait reason);  // any thread; work or events
  void start();                           // the first tick
  void add(Socket socket, bool refused);  // `refused`: over the limit, gets 503
  void remove(Session* s) { sessions_.erase(s); }
  void stop_gently();  // idle connections close, the others after their answer
  // Connections to the leading node, kept open between requests.
  std::optional<Socket> take_upstream(const std::string& address);
  void keep_upstream(std::string address, Socket socket);
  void abort();        // all close now; later answers are dropped; the loop runs dry

 private:
  struct Letter {
    std::shared_ptr<Session> to;
    Wait reason;
    Response reply;  // of an answer
  };
  void put(Letter letter);
  void tick();
  void wait_tick();
  void drain();
  Timer timer_;
  std::unordered_set<Session*> sessions_;
  std::vector<std::pair<std::string, Socket>> upstreams_;
  std::mutex mutex_;             // of the next two
  std::vector<Letter> mailbox_;
  bool closed_ = false;
  std::vector<Letter> opened_;   // drain's, kept for its memory
};

class Session final : public Responder::Target, public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Loop> loop, Socket socket, bool refused);
  ~Session() override = default;
  void start();

  void answer(Response r) override;  // any thread
  void dropped() override;           // any thread
  void deliver(Response r);
  void wake(Wait reason);
  void tick();
  void stop_gently();
  void abort();

 private:
  // What the coroutine does next; all else is plain functions, so that a request costs no frames.
  enum class Step { read, parse, wait, events, write, pass, pass_piece, linger, close };
  Task run();
  Step awake();
  Step after_read(std::size_t n, bool failed);
  Step parse();
  Step judge_head();
  Step dispatch();
  void run_handler();
  Refusal refusal_of(const std::exception& e, const char* doing, std::uint64_t reference);
  Step refuse(const Refusal& why, bool close);
  Step send();
  Step write_on();
  Step written();
  Step next_request();

  // A body that is made while it is sent, an event stream, and an upload (session_stream.cpp).
  enum class Streaming { none, produced, events };
  void open_events();
  void start_stream();
  Step send_piece();
  Step next_events();
  void end_stream();
  Step finish_stream();
  bool client_left();
  void tick_events();
  Step store_piece(bool last);
  Step stored();
  Step work(std::function<void()> task);
  void post_work();
  void make_piece();   // on the worker pool
  void write_piece();  // on the worker pool
  void resume();
  Step start_linger();

  // A request that another node answers (session_pass.cpp).
  Checked judge_way();
  asio::awaitable<Step, Executor> pass_on(bool last);
  asio::awaitable<bool, Executor> connect_upstream();
  asio::awaitable<Step, Executor> find_leader();
  asio::awaitable<std::optional<ReplyReader::Reply>, Executor> leaders_reply();
  Step passed(std::optional<ReplyReader::Reply> reply, bool whole_request);
  void look_who_leads();
  void make_room();
  std::string_view unread() const { return {in_.data() + begin_, end_ - begin_}; }
  void arm(std::int64_t ms);
  using Waiter = asio::async_result<Token, void()>::handler_type;

  const std::shared_ptr<Loop> loop_;
  Socket socket_;
  RequestReader reader_;
  std::string address_;             // of the other end, for the audit and the lock-out
  Admission admission_;
  std::optional<Refusal> refusal_;  // of the head; said when the body has been read
  std::string in_;                  // bytes [begin_, end_) wait for the reader
  std::size_t begin_ = 0, end_ = 0;
  Response reply_;
  std::string out_;                 // the reply's head, and its body when that is small
  std::size_t written_ = 0, body_size_ = 0;  // body_size_: of reply_.body, when it is sent beside out_
  std::size_t lingered_ = 0;
  std::int64_t began_ns_ = 0;       // when the head had been read; 0: no request
  std::int64_t deadline_ms_ = 0;    // on the loop's coarse clock; 0: none
  std::optional<Waiter> waiter_;
  Wait waits_for_ = Wait::none, woken_for_ = Wait::none;

  Streaming streaming_ = Streaming::none;
  std::optional<Relay::Way> passing_;  // where the present request goes instead of a handler
  std::optional<Socket> upstream_;     // and the connection that it goes by
  bool upload_begun_ = false;          // its head has been passed on
  bool with_leader_ = false;           // it is being sent, or its answer is waited for
  std::optional<Place> place_;      // of an event stream or an upload
  std::shared_ptr<EventStream> events_;
  std::int64_t said_ms_ = 0;        // when the event stream last said something, on the loop's coarse clock
  bool beat_ = false;               // it is time for a heartbeat
  std::function<void()> work_;      // not taken by the worker pool yet, whose queue was full
  // Of whoever has the turn: the worker between work() and its letter, the loop otherwise.
  std::string piece_;
  bool more_ = false, broken_ = false, last_piece_ = false;
  std::unique_ptr<UploadSink> sink_;
  std::optional<Refusal> upload_refusal_;
  bool over_limit_ = false;         // the connection itself is refused
  bool reading_ = false, request_armed_ = false;
  bool dispatching_ = false, replied_ = false;
  bool expired_ = false, aborted_ = false, close_ = false, linger_ = false;
};

}  // namespace yi::http
