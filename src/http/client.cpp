#include "http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cctype>
#include <charconv>

#include "base/text.h"

namespace yi::http {
namespace {

struct Url {
  std::string authority, path;
  std::uint16_t port = 80;
};

Refusal address_refused(const std::string& url) {
  return {"http.client_address", "只能访问本机的服务。", "请将地址写成 http://127.0.0.1:端口/路径，由本机的代理转接。", 422, url};
}
Refusal unreachable(const std::string& url) { return {"http.client_unreachable", "连接不上所需的服务。", "请确认该服务正在运行，再试一次。", 503, url}; }
Refusal bad_reply(const std::string& url) { return {"http.client_bad_reply", "所需的服务答复不正常。", "请联系该服务的管理员。", 502, url}; }

Result<Url> parse(const std::string& url) {
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) return address_refused(url);
  const auto slash = url.find('/', scheme.size());
  Url u;
  u.authority = url.substr(scheme.size(), slash == url.npos ? url.npos : slash - scheme.size());
  u.path = slash == url.npos ? "/" : url.substr(slash);
  const auto colon = u.authority.rfind(':');
  const auto host = u.authority.substr(0, colon);
  if (host != "127.0.0.1" && host != "localhost") return address_refused(url);
  if (colon != u.authority.npos) {
    const auto* end = u.authority.data() + u.authority.size();
    const auto r = std::from_chars(u.authority.data() + colon + 1, end, u.port);
    if (r.ec != std::errc{} || r.ptr != end || u.port == 0) return address_refused(url);
  }
  for (const char c : u.path)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f) return address_refused(url);
  return u;
}

class Connection {
 public:
  Connection() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Connection() {
    if (fd_ >= 0) ::close(fd_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  bool open(std::uint16_t port, std::int64_t timeout_ms) {
    const timeval patience{timeout_ms / 1000, timeout_ms % 1000 * 1000};
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return fd_ >= 0 && ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0 &&
           ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) == 0 && ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  // Until the other side closes, as it was asked to.
  bool receive_all(std::string& out, std::size_t most) {
    char block[16 * 1024];
    for (;;) {
      const auto n = ::recv(fd_, block, sizeof block, 0);
      if (n == 0) return true;
      if (n < 0 || out.size() + static_cast<std::size_t>(n) > most) return false;
      out.append(block, static_cast<std::size_t>(n));
    }
  }

 private:
  int fd_;
};

bool read_reply(const std::string& bytes, ClientReply& out) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == bytes.npos || !bytes.starts_with("HTTP/1.") || bytes.size() < 12) return false;
  const auto r = std::from_chars(bytes.data() + 9, bytes.data() + 12, out.status);
  if (r.ec != std::errc{} || out.status < 100) return false;
  auto at = bytes.find("\r\n") + 2;
  while (at < end + 2) {
    const auto stop = bytes.find("\r\n", at);
    const auto colon = bytes.find(':', at);
    if (colon == bytes.npos || colon > stop) return false;
    std::string name = bytes.substr(at, colon - at);
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    out.headers[name] = std::string(trim(std::string_view(bytes).substr(colon + 1, stop - colon - 1)));
    at = stop + 2;
  }
  out.body = bytes.substr(end + 4);
  const auto length = out.headers.find("content-length");
  // HTTP/1.0 was asked for: a reply is not chunked, and one that ends early is noticed here.
  return !out.headers.contains("transfer-encoding") && (length == out.headers.end() || length->second == std::to_string(out.body.size()));
}

}  // namespace

Result<ClientReply> fetch(const ClientRequest& q) {
  YI_TRY(const auto url, parse(q.url));
  std::string text = q.method + " " + url.path + " HTTP/1.0\r\nHost: " + url.authority + "\r\nConnection: close\r\n";
  for (const auto& [name, value] : q.headers) text += name + ": " + value + "\r\n";
  if (!q.body.empty() || q.method == "POST") text += "Content-Length: " + std::to_string(q.body.size()) + "\r\n";
  Connection connection;
  if (!connection.open(url.port, q.timeout_ms) || !connection.send(text + "\r\n" + q.body)) return unreachable(q.url);
  std::string bytes;
  ClientReply reply;
  if (!connection.receive_all(bytes, q.most_bytes) || !read_reply(bytes, reply)) return bad_reply(q.url);
  return reply;
}

}  // namespace yi::http
