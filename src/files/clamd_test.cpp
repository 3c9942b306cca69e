// The scanner's client against a double that speaks clamd's protocol on a Unix socket.
#include "files/clamd.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "files/test_files.h"

namespace yi::files {
namespace {

class Double {
 public:
  // Answers `sessions` connections: what it read of a stream decides, unless `fixed` says all.
  Double(const std::string& path, int sessions, std::string fixed = "") : fd_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un a{};
    a.sun_family = AF_UNIX;
    std::memcpy(a.sun_path, path.c_str(), path.size() + 1);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&a), sizeof a), 0);
    EXPECT_EQ(::listen(fd_, 8), 0);
    thread_ = std::thread([this, sessions, fixed] {
      for (int i = 0; i < sessions; ++i) serve(::accept(fd_, nullptr, nullptr), fixed);
    });
  }
  ~Double() {
    thread_.join();
    ::close(fd_);
  }
  std::string seen;

 private:
  static std::string read(int fd, std::size_t n) {
    std::string s(n, '\0');
    std::size_t have = 0;
    while (have < n) {
      const auto got = ::recv(fd, s.data() + have, n - have, 0);
      if (got <= 0) return "";
      have += static_cast<std::size_t>(got);
    }
    return s;
  }
  void serve(int fd, const std::string& fixed) {
    EXPECT_EQ(read(fd, 10), std::string("zINSTREAM\0", 10));
    seen.clear();
    for (;;) {
      const auto length = read(fd, 4);
      std::uint32_t n = 0;
      if (length.size() == 4) std::memcpy(&n, length.data(), 4);
      if (n == 0) break;
      seen += read(fd, ntohl(n));
    }
    auto line = fixed.empty() ? std::string(seen.find("EICAR") == seen.npos ? "stream: OK" : "stream: Eicar-Test-Signature FOUND") : fixed;
    line += '\0';
    ::send(fd, line.data(), line.size(), MSG_NOSIGNAL);
    ::close(fd);
  }
  int fd_;
  std::thread thread_;
};

TEST(Clamd, SendsTheStreamAndReadsTheAnswer) {
  const test::Directory dir;
  const auto path = dir.path() + "/clamd.sock";
  Double clamd(path, 2);
  ClamdScanner scanner(path, 5);
  auto clean = scanner.begin();
  ASSERT_TRUE(clean);
  ASSERT_TRUE((*clean)->add("one "));
  ASSERT_TRUE((*clean)->add(""));
  ASSERT_TRUE((*clean)->add("two"));
  EXPECT_EQ((*clean)->finish().value(), "");
  EXPECT_EQ(clamd.seen, "one two");
  auto bad = scanner.begin();
  ASSERT_TRUE((*bad)->add("X5O EICAR"));
  EXPECT_EQ((*bad)->finish().value(), "Eicar-Test-Signature");
}

TEST(Clamd, AnythingElseIsNoAnswer) {
  const test::Directory dir;
  const auto path = dir.path() + "/clamd.sock";
  EXPECT_EQ(ClamdScanner(path).begin().error().code, "files.scanner_unavailable");
  for (const char* away : {"8.8.8.8:3310", "127.0.0.1", "127.0.0.1:x", "example.org:3310"})
    EXPECT_EQ(ClamdScanner(away).begin().error().code, "files.scanner_unavailable") << away;
  for (const char* line : {"INSTREAM size limit exceeded. ERROR", "stream:  FOUND", "OK"}) {
    {
      Double clamd(path, 1, line);
      auto scan = ClamdScanner(path, 5).begin();
      ASSERT_TRUE(scan);
      ASSERT_TRUE((*scan)->add("x"));
      EXPECT_EQ((*scan)->finish().error().code, "files.scanner_unavailable") << line;
    }
    ::unlink(path.c_str());
  }
}

}  // namespace
}  // namespace yi::files
