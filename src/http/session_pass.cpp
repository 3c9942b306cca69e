// A request that the leading node answers: passed on whole, and its answer handed back. Nothing blocks: the connection's coroutine
// waits for both sides, and of an upload there is never more than one piece in memory.
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>

#include "base/clock.h"
#include "base/host_port.h"
#include "http/session.h"

namespace yi::http {
namespace {

constexpr std::size_t kKeptUpstreams = 256;  // a loop's; each is a descriptor here and a connection there

Refusal no_leader() {
  return {"http.no_leader", "主办节点正在更换，这一步没有执行。", "请在几秒后用同一请求重新提交，不会重复办理。", 503, ""};
}
Refusal leader_lost() {
  return {"http.leader_lost", "主办节点在答复前中断，这一步是否已保存暂时不能确定。", "请在几秒后用同一请求重新提交，不会重复办理。", 503, ""};
}
Refusal not_believed() {
  return {"http.not_believed", "转交这个请求的节点没有通过核对，这一步没有执行。", "请通知系统管理员核对各节点的时钟（相差不得超过一分钟）；恢复后用同一请求重新提交，不会重复办理。", 503, ""};
}
Refusal other_views() {
  return {"http.other_views", "系统正在升级，这个节点的版本与正在使用的数据不同，暂时不能查询。", "请在几秒后刷新。", 503, ""};
}

// Anybody might say so, and a door without credentials is not to be tried for it a thousand times a second.
void say_not_believed(const std::string& from) {
  constexpr std::int64_t kEveryNs = 60'000'000'000;
  static std::atomic<std::int64_t> not_before_ns{0};
  auto due = not_before_ns.load();
  if (monotonic_ns() < due || !not_before_ns.compare_exchange_strong(due, monotonic_ns() + kEveryNs)) return;
  spdlog::warn("a request from {} says that a node passed it on, and its proof is not good: do the nodes' clocks differ by more than a minute, or their keys?", from);
}

// On this machine: to another one a tunnel leads (docs/decisions/0020). What the row of the lease says goes no further with people's
// credentials, whoever wrote it.
std::optional<asio::ip::tcp::endpoint> endpoint_of(const std::string& address) {
  const auto place = host_port_of(address);
  if (!place || place->port == 0 || !is_loopback(*place)) return std::nullopt;
  boost::system::error_code ec;
  const auto ip = asio::ip::make_address(place->host == "localhost" ? "127.0.0.1" : place->host, ec);
  if (ec) return std::nullopt;
  return asio::ip::tcp::endpoint(ip, place->port);
}

// The head anew, from what the reader understood of it: no header that it did not read, and none twice.
void write_request(std::string& out, const Head& head, const Request& q, std::string_view proof, bool chunked) {
  out += head.method + " " + head.target + " HTTP/1.1\r\n";
  const auto put = [&out](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
  };
  put("host", q.host);
  put("origin", q.origin);
  if (!q.authorization.empty()) put("authorization", "Bearer " + q.authorization);
  put("cookie", q.cookie);
  put("x-csrf-token", q.csrf_token);
  put("idempotency-key", q.idempotency_key);
  put("content-type", q.content_type);
  put("accept", q.accept);
  put("accept-language", q.accept_language);
  put("accept-encoding", q.accept_encoding);
  put("if-match", q.if_match);
  put("if-none-match", q.if_none_match);
  put("last-event-id", q.last_event_id);
  put("x-forwarded-for", q.forwarded_for);
  put(kPassedOn, proof);
  if (chunked) put("transfer-encoding", "chunked");
  else if (head.method != "GET" || !q.body.empty()) put(  // what is sent has its length, or it would be read as the next request
      "content-length", std::to_string(q.body.size()));
  out += "\r\n";
}

// A connection on which the other side has said the end, or something that nobody asked for, is of no use.
bool stands(Socket& socket) {
  char byte = 0;
  const auto n = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

std::optional<Socket> Loop::take_upstream(const std::string& address) {
  while (!upstreams_.empty()) {
    auto [to, socket] = std::move(upstreams_.back());
    upstreams_.pop_back();
    if (to == address && stands(socket)) return std::move(socket);
  }
  return std::nullopt;
}

void Loop::keep_upstream(std::string address, Socket socket) {
  if (upstreams_.size() < kKeptUpstreams) upstreams_.emplace_back(std::move(address), std::move(socket));
}

// Whether the request is for this node, and whether the node can answer it. One that was passed on is not passed on again: its client would wait for two nodes that
// each take the other for the leader.
Checked Session::judge_way() {
  const auto& relay = *loop_->shared->options.relay;
  const auto& head = reader_.head();
  auto& request = reader_.request();
  bool passed_on = false;
  if (!head.passed_on.empty()) {
    auto client = relay.believe(head.passed_on, head.method, head.target);
    if (!client) {  // as a request of the loopback's own it would count for another client, in the audit and the lock-out
      say_not_believed(request.address);
      return not_believed();
    }
    request.address = std::move(*client);
    passed_on = true;
  }
  if (request.method == Method::get && (request.head_only || !admission_.door->leads) && !relay.reads(admission_.door->name)) return other_views();
  if (request.head_only || (request.method == Method::get && !admission_.door->leads)) return Done{};
  auto way = relay.way();
  if (way.to == Relay::Way::To::here) return Done{};
  if (passed_on) return no_leader();
  passing_ = std::move(way);
  return Done{};
}

asio::awaitable<bool, Executor> Session::connect_upstream() {
  boost::system::error_code ec;
  if (passing_->to != Relay::Way::To::there) co_return false;
  upstream_ = loop_->take_upstream(passing_->address);
  if (upstream_) co_return true;
  const auto endpoint = endpoint_of(passing_->address);
  if (!endpoint) co_return false;
  upstream_.emplace(loop_->io);
  co_await upstream_->async_connect(*endpoint, asio::redirect_error(Token{}, ec));
  if (ec) {
    upstream_.reset();
    co_return false;
  }
  upstream_->set_option(asio::ip::tcp::no_delay(true), ec);
  upstream_->non_blocking(true, ec);
  co_return true;
}

// Nothing has been sent yet, so whoever leads in a moment may have it: this node too. Step::pass: connected.
asio::awaitable<Session::Step, Executor> Session::find_leader() {
  constexpr std::chrono::milliseconds kAgain{50};
  const auto& relay = *loop_->shared->options.relay;
  boost::system::error_code ec;
  const auto until = monotonic_ns() + loop_->shared->options.leader_wait_ms * 1'000'000;
  for (;;) {
    const bool connected = co_await connect_upstream();
    if (connected) co_return Step::pass;
    if (aborted_) co_return Step::close;
    if (expired_ || loop_->shared->stopping || monotonic_ns() >= until) break;
    Timer again(loop_->io);
    again.expires_after(kAgain);
    co_await again.async_wait(asio::redirect_error(Token{}, ec));
    if (aborted_) co_return Step::close;
    passing_ = relay.way();
    if (passing_->to != Relay::Way::To::here) continue;
    passing_.reset();
    deadline_ms_ = 0;
    // As in judge_head, but the body is here already.
    auto admitted = admit_in(loop_->shared->router, loop_->shared->gatekeeper, reader_.request(), admission_);
    if (!admitted) co_return refuse(admitted.error(), false);
    co_return dispatch();
  }
  expired_ = false;
  co_return refuse(no_leader(), false);
}

asio::awaitable<Session::Step, Executor> Session::pass_on(bool last) {
  auto& request = reader_.request();
  const bool upload = admission_.door->upload.any();
  boost::system::error_code ec;
  arm(loop_->shared->options.passed_on_ms);
  if (upload_begun_) {
    if (upstream_->available(ec) > 0) {  // it has answered already: it does not want the rest
      auto early = co_await leaders_reply();
      co_return passed(std::move(early), last);
    }
  } else if (upload) {
    const bool connected = co_await connect_upstream();
    expired_ = false;
    if (!connected) co_return aborted_ ? Step::close : refuse(no_leader(), !last);
  } else {
    const auto found = co_await find_leader();
    if (found != Step::pass) co_return found;
  }
  // Connected: sending has its time, and so has the answer. One that ran out while the connection was made counts for nothing.
  expired_ = false;
  arm(loop_->shared->options.passed_on_ms);
  with_leader_ = true;
  out_.clear();
  if (!std::exchange(upload_begun_, upload))
    write_request(out_, reader_.head(), request, loop_->shared->options.relay->prove(request.address, reader_.head().method, reader_.head().target), upload);
  if (upload) {
    append_chunk(out_, request.body);
    if (last) out_ += kLastChunk;
    request.body.clear();
    co_await asio::async_write(*upstream_, asio::buffer(out_), asio::redirect_error(Token{}, ec));
  } else {
    const std::array<asio::const_buffer, 2> parts{asio::buffer(out_), asio::buffer(request.body)};
    co_await asio::async_write(*upstream_, parts, asio::redirect_error(Token{}, ec));
  }
  if (!last && !ec) {
    with_leader_ = false;
    arm(loop_->shared->options.request_ms);
    co_return Step::parse;
  }
  if (!expired_) arm(loop_->shared->options.passed_on_ms);
  auto reply = co_await leaders_reply();
  co_return passed(std::move(reply), last);
}

// Nothing: it ended, spoke nonsense, or its time is over; also when that was so before a word of the answer was asked for.

asio::awaitable<std::optional<ReplyReader::Reply>, Executor> Session::leaders_reply() {
  boost::system::error_code ec;
  ReplyReader reader;
  piece_.resize(16 * 1024);
  for (auto state = ReplyReader::State::more;;) {
    if (expired_) co_return std::nullopt;  // a cancelled write ends here: no deadline would end this reading
    const auto n = co_await upstream_->async_read_some(asio::buffer(piece_), asio::redirect_error(Token{}, ec));
    state = ec ? reader.end() : reader.feed({piece_.data(), n});
    if (state == ReplyReader::State::done) break;
    if (ec || state == ReplyReader::State::bad) co_return std::nullopt;
  }
  piece_.clear();
  co_return std::move(reader.reply());
}

// Who was asked hangs, or leads no more, and what it has not stored by now it cannot store. An answer that is on its way still comes in.
void Session::look_who_leads() {
  const auto way = loop_->shared->options.relay->way();
  const bool another = way.to == Relay::Way::To::here || (way.to == Relay::Way::To::there && way.address != passing_->address);
  if (another) deadline_ms_ = std::min(deadline_ms_, loop_->now_ms + 2 * loop_->shared->options.tick_ms);
}

Session::Step Session::passed(std::optional<ReplyReader::Reply> reply, bool whole_request) {
  with_leader_ = false;
  if (aborted_) return Step::close;
  deadline_ms_ = 0;
  expired_ = false;
  if (!reply) {
    upstream_.reset();
    return refuse(leader_lost(), !whole_request);
  }
  if (reply->position > 0) loop_->shared->options.relay->heard(reply->position);
  if (reply->keep_alive && whole_request) loop_->keep_upstream(passing_->address, std::move(*upstream_));
  upstream_.reset();
  reply_ = std::move(reply->response);
  if (!whole_request) close_ = linger_ = true;
  return send();
}

}  // namespace yi::http
