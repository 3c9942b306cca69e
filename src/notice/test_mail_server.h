#pragma once
// For tests: test_mail_server.py as a child of the system's own Python, which has aiosmtpd; its letters as files.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace yi::notice::test {

class TestMailServer {
 public:
  // `words`: what stands behind the folder on its command line.
  explicit TestMailServer(std::string folder, std::vector<std::string> words = {}) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    int out[2];
    if (::pipe2(out, O_CLOEXEC) != 0) return;
    std::vector<std::string> all{"/usr/bin/python3", std::string(YI_SOURCE_DIR) + "/src/notice/test_mail_server.py", folder_};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> argv;
    for (auto& w : all) argv.push_back(w.data());
    argv.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(out[1], 1);
      ::execv("/usr/bin/python3", argv.data());
      ::_exit(127);
    }
    ::close(out[1]);
    std::string line;
    for (char c; ::read(out[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(out[0]);
    for (const char c : line) port_ = c >= '0' && c <= '9' ? port_ * 10 + (c - '0') : port_;
  }
  ~TestMailServer() {
    if (child_ <= 0) return;
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
  }
  TestMailServer(const TestMailServer&) = delete;
  TestMailServer& operator=(const TestMailServer&) = delete;
  int port() const { return port_; }  // 0: it did not start
  // The n-th letter that it took, from 1; "" when there is none.
  std::string letter(int n) const {
    std::ifstream in(folder_ + "/" + std::to_string(n) + ".eml", std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
  }

 private:
  std::string folder_;
  pid_t child_ = -1;
  int port_ = 0;
};

}  // namespace yi::notice::test
