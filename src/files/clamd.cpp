#include "files/clamd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/host_port.h"

namespace yi::files {
namespace {

Refusal unavailable() {
  return {"files.scanner_unavailable", "病毒扫描程序没有应答。", "请稍后重新上传；如仍有问题，请联系系统管理员。", 503, ""};
}

class ClamdScan : public Scan {
 public:
  explicit ClamdScan(int fd) : fd_(fd) {}
  ~ClamdScan() override { ::close(fd_); }

  bool say(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  Checked add(std::string_view piece) override {
    if (piece.empty()) return Done{};  // an empty one would end the stream
    const std::uint32_t size = htonl(static_cast<std::uint32_t>(piece.size()));
    if (say({reinterpret_cast<const char*>(&size), sizeof size}) && say(piece)) return Done{};
    return unavailable();  // clamd closes when its own limit (StreamMaxLength) is passed
  }
  Result<std::string> finish() override {
    if (!say(std::string_view("\0\0\0\0", 4))) return unavailable();
    std::string line;
    std::array<char, 512> block{};
    while (line.size() < 4'096 && line.find('\0') == line.npos) {
      const auto n = ::recv(fd_, block.data(), block.size(), 0);
      if (n <= 0) break;
      line.append(block.data(), static_cast<std::size_t>(n));
    }
    line.resize(std::min(line.find('\0'), line.size()));
    constexpr std::string_view kFrom = "stream: ", kFound = " FOUND";
    if (line == "stream: OK") return std::string();
    if (line.starts_with(kFrom) && line.ends_with(kFound) && line.size() > kFrom.size() + kFound.size())
      return line.substr(kFrom.size(), line.size() - kFrom.size() - kFound.size());
    return unavailable();
  }

 private:
  const int fd_;
};

int connect_unix(const std::string& path) {
  sockaddr_un to{};
  if (path.size() >= sizeof to.sun_path) return -1;
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path.c_str(), path.size() + 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

int connect_loopback(const std::string& address) {
  const auto place = host_port_of(address);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  if (!place || !is_loopback(*place) || ::inet_pton(AF_INET, place->host.c_str(), &to.sin_addr) != 1) return -1;
  to.sin_port = htons(place->port);
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

}  // namespace

Result<std::unique_ptr<Scan>> ClamdScanner::begin() {
  const int fd = address_.starts_with('/') ? connect_unix(address_) : connect_loopback(address_);
  if (fd < 0) return unavailable();
  const timeval patience{patience_s_, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  auto scan = std::make_unique<ClamdScan>(fd);
  if (!scan->say(std::string_view("zINSTREAM\0", 10))) return unavailable();
  return std::unique_ptr<Scan>(std::move(scan));
}

}  // namespace yi::files
