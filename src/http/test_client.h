#pragma once
// For tests: a raw socket that sends exactly the bytes it is given and reads one reply after the other.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cctype>
#include <charconv>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace yi::http::test {

struct Reply {
  int status = 0;  // 0: the connection ended before a whole reply
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
  }
};

class Client {
 public:
  // Reads give up after 10 s: a test that waits so long has failed.
  // `small_window`: the kernel keeps little for a reader that does not read.
  explicit Client(std::uint16_t port, bool small_window = false) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int one = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const int little = 4'096;
    if (small_window) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  // A reply's status and headers; what follows stays to be read.
  Reply receive_head() {
    Reply r;
    std::size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == buffer_.npos)
      if (!more()) return {};
    std::size_t at = buffer_.find("\r\n") + 2;
    std::from_chars(buffer_.data() + 9, buffer_.data() + 12, r.status);
    while (at < end + 2) {
      const auto stop = buffer_.find("\r\n", at);
      const auto colon = buffer_.find(": ", at);
      auto name = buffer_.substr(at, colon - at);
      for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      r.headers[name] = buffer_.substr(colon + 2, stop - colon - 2);
      at = stop + 2;
    }
    buffer_.erase(0, end + 4);
    return r;
  }
  // One reply. `to_head`: it has no body whatever Content-Length says. A chunked body that is not whole gives status 0.
  Reply receive(bool to_head = false) {
    Reply r = receive_head();
    if (to_head || r.status == 304 || r.status == 100) return r;
    if (r.header("transfer-encoding") == "chunked") {
      std::string piece;
      while (receive_chunk(piece)) {
        if (piece.empty()) return r;
        r.body += piece;
      }
      return {};
    }
    std::size_t length = 0;
    const auto text = r.header("content-length");
    std::from_chars(text.data(), text.data() + text.size(), length);
    while (buffer_.size() < length)
      if (!more()) return {};
    r.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return r;
  }
  // The next chunk, empty for the last; false when the connection ends before it.
  bool receive_chunk(std::string& piece) {
    std::size_t line;
    while ((line = buffer_.find("\r\n")) == buffer_.npos)
      if (!more()) return false;
    std::size_t size = 0;
    std::from_chars(buffer_.data(), buffer_.data() + line, size, 16);
    while (buffer_.size() < line + 2 + size + 2)
      if (!more()) return false;
    piece = buffer_.substr(line + 2, size);
    buffer_.erase(0, line + 2 + size + 2);
    return true;
  }
  // All until the other side closes.
  std::string receive_rest() {
    while (more()) {}
    return std::move(buffer_);
  }
  Reply ask(std::string_view bytes) { return send(bytes) ? receive() : Reply{}; }
  // True when the other side has closed and nothing was left to read.
  bool at_end() { return buffer_.empty() && !more(); }
  bool readable(int ms) {
    pollfd p{fd_, POLLIN, 0};
    return ::poll(&p, 1, ms) > 0;
  }
  void finish_sending() { ::shutdown(fd_, SHUT_WR); }

 private:
  bool more() {
    char block[16 * 1024];
    const auto n = ::recv(fd_, block, sizeof block, 0);
    if (n <= 0) return false;
    buffer_.append(block, static_cast<std::size_t>(n));
    return true;
  }
  int fd_;
  bool connected_ = false;
  std::string buffer_;
};

inline std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) + "\r\n";
}
inline std::string post(std::string_view target, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: application/json\r\n" +
         std::string(more) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace yi::http::test
