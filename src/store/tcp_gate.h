#pragma once
// For tests: a gate on the way to a server on the loopback, which can be shut, slow, or cut in the middle of a word.
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace yi::store {

class TcpGate {
 public:
  enum class Way {
    open,
    slow,     // what comes stays for a while before it goes on
    sliced,   // a few bytes at a time
    held,     // connections stand, and nothing passes
    cut,      // what stands is cut off, new ones are cut at once
    refused,  // nobody listens
  };
  explicit TcpGate(int target_port) : target_(target_port), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    holder_ = bound();
    listen();
    thread_ = std::thread([this] { run(); });
  }
  ~TcpGate() {
    stop_ = true;
    ring();
    thread_.join();
    ::close(bell_);
    ::close(holder_);
  }
  TcpGate(const TcpGate&) = delete;
  TcpGate& operator=(const TcpGate&) = delete;
  int port() const { return port_; }
  void set(Way w) {
    way_ = w;
    ring();
    while (seen_ != w) std::this_thread::yield();
  }

 private:
  static constexpr int kSlowMs = 20;
  struct Side {
    int fd;
    std::string waiting;  // to be written to fd
    bool ended = false;   // its bytes end
  };
  struct Pair {
    Side client, server;
  };
  static sockaddr_in loopback(int port) {
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(static_cast<std::uint16_t>(port));
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
  }
  void ring() {
    const std::uint64_t one = 1;
    if (::write(bell_, &one, sizeof one) < 0) return;
  }
  // A socket on our port, which is chosen by the first.
  int bound() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    auto a = loopback(port_);
    socklen_t n = sizeof a;
    if (::bind(fd, reinterpret_cast<sockaddr*>(&a), n) != 0 || ::getsockname(fd, reinterpret_cast<sockaddr*>(&a), &n) != 0)
      throw std::runtime_error("a gate on the loopback");
    port_ = ntohs(a.sin_port);
    return fd;
  }
  void listen() {
    listener_ = bound();
    if (::listen(listener_, 64) != 0) throw std::runtime_error("a gate on the loopback");
  }
  void take_one(Way way) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    const int server = way == Way::cut ? -1 : ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto a = loopback(target_);
    if (server < 0 || ::connect(server, reinterpret_cast<const sockaddr*>(&a), sizeof a) != 0) {
      ::close(client);
      if (server >= 0) ::close(server);
      return;
    }
    pairs_.push_back({{client, {}}, {server, {}}});
  }
  // Reads from one side for the other, and writes what waits; false when the pair is over.
  static bool pass(Side& from, Side& to, short revents, std::size_t most) {
    if (revents & (POLLIN | POLLHUP | POLLERR)) {
      char bytes[16384];
      const auto n = ::recv(from.fd, bytes, std::min(most, sizeof bytes), MSG_DONTWAIT);
      if (n == 0 || (n < 0 && errno != EAGAIN)) from.ended = true;
      if (n > 0) to.waiting.append(bytes, static_cast<std::size_t>(n));
    }
    if (!to.waiting.empty()) {
      const auto n = ::send(to.fd, to.waiting.data(), std::min(most, to.waiting.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (n > 0) to.waiting.erase(0, static_cast<std::size_t>(n));
      else if (n < 0 && errno != EAGAIN) return false;
    }
    return !(from.ended && to.waiting.empty());
  }
  void end(const Pair& p) {
    ::close(p.client.fd);
    ::close(p.server.fd);
  }
  void run() {
    while (!stop_) {
      const Way way = way_;
      if (way == Way::refused && listener_ >= 0) {
        ::close(listener_);
        listener_ = -1;
      } else if (way != Way::refused && listener_ < 0) {
        listen();
      }
      if (way == Way::cut || way == Way::refused) {
        for (const auto& p : pairs_) end(p);
        pairs_.clear();
      }
      seen_ = way;
      const bool passes = way == Way::open || way == Way::slow || way == Way::sliced;
      std::vector<pollfd> polled{{bell_, POLLIN, 0}, {listener_, POLLIN, 0}};
      for (const auto& p : pairs_)
        for (const Side* s : {&p.client, &p.server})
          polled.push_back({passes && !s->ended ? s->fd : -1, static_cast<short>(POLLIN | (s->waiting.empty() ? 0 : POLLOUT)), 0});
      if (::poll(polled.data(), polled.size(), -1) < 0) continue;
      std::uint64_t rung;
      if (polled[0].revents && ::read(bell_, &rung, sizeof rung) < 0) continue;
      if (way_ != way) continue;
      if (way == Way::slow) ::poll(polled.data(), 1, kSlowMs);
      std::size_t i = 2;
      const std::size_t most = way == Way::sliced ? 7 : 16384;
      for (auto p = pairs_.begin(); p != pairs_.end(); i += 2) {
        const bool on = !passes || (pass(p->client, p->server, polled[i].revents, most) && pass(p->server, p->client, polled[i + 1].revents, most));
        if (!on) end(*p);
        p = on ? std::next(p) : pairs_.erase(p);
      }
      if (polled[1].revents & POLLIN) take_one(way);
    }
    for (const auto& p : pairs_) end(p);
    if (listener_ >= 0) ::close(listener_);
  }

  int target_, port_ = 0, bell_;
  int holder_ = -1;    // never listens: while nobody does, the port stays ours, and no caller is given it as its own
  int listener_ = -1;
  std::list<Pair> pairs_;
  std::atomic<Way> way_ = Way::open, seen_ = Way::open;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace yi::store
