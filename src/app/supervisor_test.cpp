// What the service manager and the journal hear.
#include "app/supervisor.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "app/log_lines.h"
#include "store/temporary_directory.h"

namespace yi::app {
namespace {

// Somebody who listens as systemd does; a name that begins with '@' lies in the abstract namespace.
class Manager {
 public:
  explicit Manager(const std::string& name) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::memcpy(at.sun_path, name.data(), name.size());
    if (name.front() == '@') at.sun_path[0] = '\0';
    bound_ = ::bind(fd_, reinterpret_cast<sockaddr*>(&at), static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())) == 0;
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~Manager() {
    ::close(fd_);
    ::unsetenv("NOTIFY_SOCKET");
  }
  std::string heard() const {
    char text[200];
    const auto n = bound_ ? ::recv(fd_, text, sizeof text, MSG_DONTWAIT) : -1;
    return n < 0 ? "" : std::string(text, static_cast<std::size_t>(n));
  }

 private:
  int fd_;
  bool bound_ = false;
};

TEST(Supervisor, HearsHowFarTheProgramIs) {
  store::TemporaryDirectory directory;
  for (const auto& name : {directory.path() + "/notify", "@yichuang-test-" + std::to_string(::getpid())}) {
    Manager m(name);
    tell_supervisor("READY=1");
    EXPECT_EQ(m.heard(), "READY=1") << name;
    tell_supervisor("STOPPING=1");
    EXPECT_EQ(m.heard(), "STOPPING=1") << name;
  }
}

TEST(Supervisor, NobodyListensIsNoError) {
  tell_supervisor("READY=1");
  for (const auto& name : {std::string("relative"), std::string("/nowhere/notify"), "/" + std::string(300, 'x')}) {
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    tell_supervisor("READY=1");
  }
  ::unsetenv("NOTIFY_SOCKET");
}

// The default logger is the process's, so both ways are tried in one test, and its sinks are put back.
TEST(LogLines, AreCountedAndCarryTheirLevelIntoAJournal) {
  const auto logger = spdlog::default_logger();
  const auto sinks = logger->sinks();
  ::setenv("JOURNAL_STREAM", "1:1", 1);
  count_log_lines();
  ::unsetenv("JOURNAL_STREAM");
  const auto before = log_lines();
  ::testing::internal::CaptureStderr();
  spdlog::info("one");
  spdlog::warn("two");
  spdlog::error("three {}", 3);
  logger->flush();
  const auto text = ::testing::internal::GetCapturedStderr();
  const auto after = log_lines();
  logger->sinks() = sinks;
  EXPECT_EQ(text, "<6>one\n<4>two\n<3>three 3\n");
  EXPECT_EQ(after.warnings - before.warnings, 1);
  EXPECT_EQ(after.errors - before.errors, 1);
}

}  // namespace
}  // namespace yi::app
