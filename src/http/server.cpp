#include "http/server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <algorithm>
#include <thread>

#include "http/session.h"

namespace yi::http {
namespace {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
constexpr int kLingering = 64;  // refused connections that are told so; beyond them a connection closes at once

Refusal bad_address(const std::string& address) {
  return {"http.address", "监听地址 " + address + " 不能使用：目前只允许本机地址。", "请改用 127.0.0.1 或 ::1。", 500, address};
}

// Raises the process's soft limit of descriptors as far as this server can use it, and has no more connections than
// fit: a store that finds no descriptor would refuse those who are inside.
void fit_descriptors(ServerOptions& options) {
  constexpr rlim_t kWanted = 4'096;        // limits::kConnections, and room
  constexpr std::int64_t kOthers = 200;    // database readers, files, refused connections that are told so
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto reachable = std::min<rlim_t>(limit.rlim_max, kWanted);
  if (limit.rlim_cur < reachable) {
    rlimit more = limit;
    more.rlim_cur = reachable;
    if (::setrlimit(RLIMIT_NOFILE, &more) == 0) limit = more;
  }
  if (limit.rlim_cur > kWanted) return;
  const auto fit = std::max<std::int64_t>(16, static_cast<std::int64_t>(limit.rlim_cur) - kOthers);
  if (fit >= options.connections) return;
  spdlog::warn("http: {} file descriptors are room for {} connections, not {}", limit.rlim_cur, fit, options.connections);
  options.connections = fit;
}

ServerOptions fitted(ServerOptions options) {
  fit_descriptors(options);
  return options;
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, const Router& router, const Gatekeeper& gatekeeper)
      : shared(std::make_shared<Shared>(fitted(std::move(options)), router, gatekeeper)) {}

  std::shared_ptr<Shared> shared;
  std::vector<std::shared_ptr<Loop>> loops;
  std::vector<asio::executor_work_guard<Executor>> guards;
  std::vector<std::thread> threads;
  std::unique_ptr<Acceptor> acceptor;
  std::unique_ptr<Timer> pause;  // after an accept that failed
  std::uint16_t port = 0;

  Checked listen();
  Task accept();
  void stop(int seconds);
};

Checked Server::Impl::listen() {
  const auto& options = shared->options;
  boost::system::error_code ec;
  const auto name = options.address == "localhost" ? std::string("127.0.0.1") : options.address;
  const auto address = asio::ip::make_address(name, ec);
  if (ec || !address.is_loopback()) return bad_address(options.address);
  const asio::ip::tcp::endpoint endpoint(address, options.port);
  acceptor = std::make_unique<Acceptor>(loops[0]->io);
  acceptor->open(endpoint.protocol(), ec);
  // Only skips TIME_WAIT on Linux: a port that somebody listens on stays refused.
  if (!ec) acceptor->set_option(Acceptor::reuse_address(true), ec);
  if (!ec) acceptor->bind(endpoint, ec);
  if (!ec) acceptor->listen(1'024, ec);
  if (ec == asio::error::address_in_use || ec == asio::error::access_denied)
    return Refusal{"http.port_in_use", fmt::format("端口 {} 已被别的程序占用，或没有权限使用。", options.port),
                   fmt::format("请用 --port 换一个端口，例如 --port {}；或先停止占用它的程序。",
                               options.port < 60'000 ? options.port + 1 : 8'080),
                   500, std::to_string(options.port)};
  if (ec) return bad_address(options.address);
  port = acceptor->local_endpoint(ec).port();
  return Done{};
}

Task Server::Impl::accept() {
  boost::system::error_code ec;
  const Token token;
  const auto limit = shared->options.connections;
  for (std::size_t next = 0; !shared->stopping; next = (next + 1) % loops.size()) {
    const auto& loop = loops[next];
    auto socket = co_await acceptor->async_accept(loop->io, asio::redirect_error(token, ec));
    if (ec == asio::error::operation_aborted || shared->stopping) co_return;
    if (ec) {  // out of file descriptors: wait until some connection has ended
      spdlog::warn("http: accept: {}", ec.message());
      pause->expires_after(std::chrono::milliseconds(shared->options.tick_ms));
      co_await pause->async_wait(asio::redirect_error(token, ec));
      continue;
    }
    const auto open = shared->open();
    if (open >= limit) ++shared->connections_refused;
    if (open >= limit + kLingering) continue;
    shared->connected();
    // Plain pointers: what is posted dies with the loop, so it must not keep it.
    asio::post(loop->io, [to = loop.get(), refused = open >= limit, s = std::move(socket)]() mutable {
      to->add(Socket(std::move(s)), refused);
    });
  }
}

void Server::Impl::stop(int seconds) {
  if (threads.empty()) return;
  shared->stopping = true;
  asio::post(loops[0]->io, [this] {
    boost::system::error_code ec;
    acceptor->close(ec);
    pause->cancel();
  });
  for (const auto& loop : loops) asio::post(loop->io, [to = loop.get()] { to->stop_gently(); });
  shared->wait_until_none(seconds);
  for (const auto& loop : loops) asio::post(loop->io, [to = loop.get()] { to->abort(); });
  guards.clear();
  for (auto& t : threads) t.join();
  threads.clear();
  shared->workers.stop();
  shared->strangers.stop();
}

Server::Server(ServerOptions options, const Router& router, const Gatekeeper& gatekeeper)
    : impl_(std::make_unique<Impl>(std::move(options), router, gatekeeper)) {}

Server::~Server() { stop(); }

Checked Server::start() {
  auto& i = *impl_;
  for (int n = 0; n < std::max(1, i.shared->options.connection_threads); ++n)
    i.loops.push_back(std::make_shared<Loop>(i.shared));
  if (auto listening = i.listen(); !listening) {
    i.acceptor.reset();
    i.loops.clear();
    return listening;
  }
  i.pause = std::make_unique<Timer>(i.loops[0]->io);
  for (const auto& loop : i.loops) {
    i.guards.emplace_back(loop->io.get_executor());
    loop->start();
  }
  asio::co_spawn(i.loops[0]->io, i.accept(), asio::detached);
  for (const auto& loop : i.loops) i.threads.emplace_back([loop] { loop->io.run(); });
  return Done{};
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::stop(int seconds) { impl_->stop(seconds); }

TrafficFigures Server::traffic() const {
  TrafficFigures f;
  for (const auto& loop : impl_->loops) loop->traffic.add_to(f);
  auto& shared = *impl_->shared;
  f.connections = shared.open();
  f.connections_limit = shared.options.connections;
  f.connections_refused = shared.connections_refused;
  f.event_streams = shared.event_streams;
  f.uploads = shared.uploads;
  f.workers_waiting = shared.workers.waiting();
  f.strangers_waiting = shared.strangers.waiting();
  return f;
}

}  // namespace yi::http
