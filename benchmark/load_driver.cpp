#include "load_driver.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#include "base/clock.h"

namespace yi::bench {
namespace {

double cpu_seconds(int who) {
  rusage u{};
  ::getrusage(who, &u);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(u.ru_utime) + seconds(u.ru_stime);
}

// A reply at the front of some bytes.
struct Parsed {
  enum class State { incomplete, whole, bad } state = State::incomplete;
  int status = 0;
  std::string_view body;
  std::size_t size = 0;  // of head and body
  bool retry_after = false;
};

Parsed parse_reply(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == bytes.npos) return {};
  Parsed p;
  p.state = Parsed::State::bad;
  if (bytes.size() < 12 || !bytes.starts_with("HTTP/1.1 ")) return p;
  std::from_chars(bytes.data() + 9, bytes.data() + 12, p.status);
  static constexpr std::string_view kLength = "\r\ncontent-length:", kRetry = "\r\nretry-after:";
  std::size_t length = 0;
  bool known = p.status == 304 || p.status == 204;
  const auto is = [&](std::size_t at, std::string_view name) { return end - at >= name.size() && ::strncasecmp(bytes.data() + at, name.data(), name.size()) == 0; };
  for (auto at = bytes.find("\r\n"); at < end; at = bytes.find("\r\n", at + 2)) {
    p.retry_after |= is(at, kRetry);
    if (!is(at, kLength)) continue;
    auto from = at + kLength.size();
    while (bytes[from] == ' ') ++from;
    known = std::from_chars(bytes.data() + from, bytes.data() + end, length).ec == std::errc();
    if (p.status < 400) break;  // on the hot path nothing else is asked for
  }
  if (!known) return p;
  p.size = end + 4 + length;
  p.state = bytes.size() < p.size ? Parsed::State::incomplete : Parsed::State::whole;
  if (p.state == Parsed::State::whole) p.body = bytes.substr(end + 4, length);
  return p;
}

struct Line {
  int fd = -1, number = 0;
  std::unique_ptr<Conversation> conversation;
  std::string out, in;
  std::size_t sent = 0;
  std::int64_t asked_ns = 0;
  bool waiting = false, wants_write = false;
};

class Driver {
 public:
  Driver(const LoadOptions& options, const std::function<std::unique_ptr<Conversation>(int)>& make)
      : options_(options), block_(256 * 1024), lines_(static_cast<std::size_t>(std::max(0, options.connections))) {
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      lines_[i].number = static_cast<int>(i);
      lines_[i].conversation = make(static_cast<int>(i));
      if (!open(lines_[i], options_.port_of ? options_.port_of(lines_[i].number) : options_.port)) broke(lines_[i], std::string("connect: ") + std::strerror(errno));
    }
  }
  ~Driver() {
    for (auto& line : lines_)
      if (line.fd >= 0) ::close(line.fd);
    ::close(epoll_);
  }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  LoadResult run();

 private:
  bool open(Line& line, std::uint16_t port);
  void lost(Line& line, const std::string& how);
  void ask(Line& line, std::int64_t now);
  void push(Line& line);
  void pull(Line& line);
  void take(Line& line, const Parsed& p);
  void watch(Line& line, bool write);
  void end(Line& line);
  void broke(Line& line, const std::string& how);
  bool may_ask(std::int64_t now) const {
    return (options_.requests == 0 || asked_ < options_.requests) && (stop_ns_ == 0 || now < stop_ns_);
  }

  const LoadOptions options_;
  LoadResult result_;
  std::vector<char> block_;
  std::vector<Line> lines_;
  int epoll_ = -1;
  std::int64_t asked_ = 0, stop_ns_ = 0;
  std::size_t waiting_ = 0;
};

void Driver::broke(Line& line, const std::string& how) {
  ++result_.broken;
  if (result_.first_error.empty()) result_.first_error = how;
  end(line);
}

// The connection is gone; where there is another way, the conversation goes on there.
void Driver::lost(Line& line, const std::string& how) {
  broke(line, how);
  if (!options_.port_of) return;
  while (const auto port = options_.port_of(line.number)) {
    line.in.clear();
    line.wants_write = false;
    if (!open(line, port)) {
      end(line);
      continue;
    }
    return ask(line, monotonic_ns());
  }
}

void Driver::end(Line& line) {
  if (line.waiting) --waiting_;
  line.waiting = false;
  if (line.fd >= 0) ::close(line.fd);
  line.fd = -1;
}

bool Driver::open(Line& line, std::uint16_t port) {
  line.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (line.fd < 0 || ::connect(line.fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) return false;
  const int one = 1;
  ::setsockopt(line.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  ::fcntl(line.fd, F_SETFL, ::fcntl(line.fd, F_GETFL) | O_NONBLOCK);
  epoll_event e{};
  e.events = EPOLLIN;
  e.data.ptr = &line;
  return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, line.fd, &e) == 0;
}

void Driver::watch(Line& line, bool write) {
  if (line.wants_write == write) return;
  line.wants_write = write;
  epoll_event e{};
  e.events = write ? EPOLLIN | EPOLLOUT : EPOLLIN;
  e.data.ptr = &line;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, line.fd, &e);
}

void Driver::ask(Line& line, std::int64_t now) {
  line.out.clear();
  line.sent = 0;
  if (!may_ask(now) || !line.conversation->next(line.out)) return end(line);
  ++asked_;
  ++waiting_;
  line.waiting = true;
  line.asked_ns = now;
  push(line);
}

void Driver::push(Line& line) {
  while (line.sent < line.out.size()) {
    const auto n = ::send(line.fd, line.out.data() + line.sent, line.out.size() - line.sent, MSG_NOSIGNAL);
    if (n < 0 && errno == EAGAIN) return watch(line, true);
    if (n <= 0) return lost(line, std::string("send: ") + std::strerror(errno));
    line.sent += static_cast<std::size_t>(n);
  }
  watch(line, false);
}

void Driver::pull(Line& line) {
  const auto n = ::recv(line.fd, block_.data(), block_.size(), 0);
  if (n < 0 && errno == EAGAIN) return;
  if (n < 0) return lost(line, std::string("recv: ") + std::strerror(errno));
  if (n == 0) return lost(line, "the server closed the connection");
  std::string_view bytes(block_.data(), static_cast<std::size_t>(n));
  const bool pieces = !line.in.empty();
  if (pieces) {
    line.in.append(bytes);
    bytes = line.in;
  }
  const auto p = parse_reply(bytes);
  if (p.state == Parsed::State::incomplete) {
    if (!pieces) line.in.assign(bytes);
    return;
  }
  if (p.state == Parsed::State::bad || !line.waiting || p.size != bytes.size())
    return broke(line, "not the reply to one request: " + std::string(bytes.substr(0, 200)));
  take(line, p);
}

void Driver::take(Line& line, const Parsed& p) {
  const auto now = monotonic_ns();
  line.waiting = false;
  --waiting_;
  ++result_.replies;
  ++result_.statuses[p.status];
  result_.latency.add(now - line.asked_ns);
  if (p.status >= 400) {
    ++result_.refused;
    if ((p.status == 503 || p.status == 429) && !p.retry_after) ++result_.no_retry_after;
    if (result_.first_error.empty()) result_.first_error = std::to_string(p.status) + " " + std::string(p.body);
  }
  line.conversation->reply(p.status, p.body);
  line.in.clear();
  ask(line, now);
}

LoadResult Driver::run() {
  const auto driver_before = cpu_seconds(RUSAGE_THREAD), all_before = cpu_seconds(RUSAGE_SELF);
  const auto start = monotonic_ns();
  const auto patience = static_cast<std::int64_t>(options_.patience_seconds * 1e9);
  if (options_.seconds > 0) stop_ns_ = start + static_cast<std::int64_t>(options_.seconds * 1e9);
  else if (options_.requests == 0) stop_ns_ = start;  // no limit given: nothing is asked
  for (auto& line : lines_)
    if (line.fd >= 0) ask(line, start);
  auto last = start;  // reply
  std::array<epoll_event, 256> events{};
  while (waiting_ > 0) {
    const int n = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
    for (int i = 0; i < n; ++i) {
      const auto& e = events[static_cast<std::size_t>(i)];
      auto& line = *static_cast<Line*>(e.data.ptr);
      if (line.fd >= 0 && line.wants_write && (e.events & EPOLLOUT) != 0) push(line);
      if (line.fd >= 0 && (e.events & ~static_cast<unsigned>(EPOLLOUT)) != 0) pull(line);
    }
    const auto now = monotonic_ns();
    if (n > 0) last = now;
    if (now - last > patience || (stop_ns_ != 0 && now - stop_ns_ > patience))
      for (auto& line : lines_)
        if (line.waiting) broke(line, "no reply in time");
  }
  result_.seconds = static_cast<double>(last - start) / 1e9;
  result_.driver_cpu_seconds = cpu_seconds(RUSAGE_THREAD) - driver_before;
  result_.rest_cpu_seconds = cpu_seconds(RUSAGE_SELF) - all_before - result_.driver_cpu_seconds;
  return std::move(result_);
}

}  // namespace

void Histogram::add(std::int64_t ns) {
  ns = std::max<std::int64_t>(ns, 0);
  max_ns_ = std::max(max_ns_, ns);
  ++count_;
  // Below kParts each nanosecond has its bucket; above, the power of two and the next five bits choose it.
  const auto v = static_cast<std::uint64_t>(ns);
  const int power = v < kParts ? 0 : std::bit_width(v) - std::bit_width(static_cast<std::uint64_t>(kParts)) + 1;
  const auto part = power == 0 ? v : (v >> power) - kParts / 2;
  const auto index = static_cast<std::size_t>(power) * kParts + part;
  ++buckets_[std::min(index, buckets_.size() - 1)];
}

double Histogram::percentile_ms(double p) const {
  if (count_ == 0) return 0;
  const auto share = static_cast<double>(count_) * std::clamp(p, 0.0, 100.0) / 100;
  const auto wanted = std::max<std::int64_t>(static_cast<std::int64_t>(std::ceil(share)), 1);
  std::int64_t seen = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    seen += buckets_[i];
    if (seen < wanted) continue;
    const auto power = static_cast<int>(i / kParts);
    const auto part = static_cast<double>(i % kParts);
    const auto upper = power == 0 ? part : std::ldexp(part + kParts / 2 + 1, power) - 1;
    return std::min(upper / 1e6, max_ms());
  }
  return max_ms();
}

LoadResult run_load(const LoadOptions& options, const std::function<std::unique_ptr<Conversation>(int)>& make) {
  return Driver(options, make).run();
}

void append_get(std::string& out, std::string_view target, std::string_view more) {
  out += "GET ";
  out += target;
  out += " HTTP/1.1\r\nHost: localhost\r\n";
  out += more;
  out += "\r\n";
}

void append_post(std::string& out, std::string_view target, std::string_view json, std::string_view more) {
  out += "POST ";
  out += target;
  out += " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  out += more;
  out += "Content-Length: ";
  out += std::to_string(json.size());
  out += "\r\n\r\n";
  out += json;
}

double cpu_seconds_of(int pid) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
  std::FILE* f = std::fopen(path, "r");
  if (f == nullptr) return 0;
  char text[1024];
  const auto n = std::fread(text, 1, sizeof text - 1, f);
  std::fclose(f);
  text[n] = '\0';
  // The name in parentheses may hold anything; fields 14 and 15 count from after the last ')'.
  const char* at = std::strrchr(text, ')');
  unsigned long user = 0, system = 0;
  if (at == nullptr || std::sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
    return 0;
  return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace yi::bench
