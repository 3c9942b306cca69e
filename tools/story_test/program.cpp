#include "program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/json.h"

namespace yi::story {
namespace {

[[noreturn]] void become(char* const* arguments, const int out[2], const int err[2], const Limits& limits, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);
  if (limits.file_bytes != RLIM_INFINITY) {
    const rlimit l{limits.file_bytes, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &l);
  }
  const int full = limits.full_output ? ::open("/dev/full", O_WRONLY) : -1;
  ::dup2(full >= 0 ? full : out[1], 1);
  ::dup2(err[1], 2);
  ::dup2(::open("/dev/null", O_RDONLY), 0);
  for (const auto& e : limits.environment) ::putenv(const_cast<char*>(e.c_str()));
  ::execvp(arguments[0], arguments);
  ::_exit(127);
}

std::vector<std::string> ours(const std::vector<std::string>& arguments, const std::string& catalogue = "") {
  std::vector<std::string> all{YI_PROGRAM, "--catalogue", catalogue.empty() ? YI_SOURCE_DIR "/data" : catalogue};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const Limits& limits) {
  std::vector<char*> raw;
  for (const auto& a : arguments) raw.push_back(const_cast<char*>(a.c_str()));
  raw.push_back(nullptr);
  int out[2], err[2];
  if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const pid_t self = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) become(raw.data(), out, err, limits, self);
  ::close(out[1]);
  ::close(err[1]);
  fds_[0] = out[0];
  fds_[1] = err[0];
  reader_ = std::thread([this] { read_on(); });
}

Process::~Process() {
  if (!reaped_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, &status_, 0);
  }
  reader_.join();
  ::close(fds_[0]);
  ::close(fds_[1]);
}

void Process::read_on() {
  bool open[2] = {true, true};
  char block[16 * 1024];
  while (open[0] || open[1]) {
    pollfd p[2] = {{open[0] ? fds_[0] : -1, POLLIN, 0}, {open[1] ? fds_[1] : -1, POLLIN, 0}};
    ::poll(p, 2, -1);
    for (int i = 0; i < 2; ++i) {
      if (p[i].revents == 0) continue;
      const auto n = ::read(fds_[i], block, sizeof block);
      if (n <= 0) open[i] = false;
      std::lock_guard lock(m_);
      if (n > 0) text_[i].append(block, static_cast<std::size_t>(n));
      more_.notify_all();
    }
  }
  std::lock_guard lock(m_);
  closed_ = true;
  more_.notify_all();
}

bool Process::wait_for(const std::function<bool(const std::string&)>& enough, int seconds) {
  std::unique_lock lock(m_);
  more_.wait_for(lock, std::chrono::seconds(seconds), [&] { return closed_ || enough(text_[0]); });
  return enough(text_[0]);
}

bool Process::ended() {
  if (!reaped_ && ::waitpid(pid_, &status_, WNOHANG) == pid_) reaped_ = true;
  return reaped_;
}

void Process::signal(int number) const {
  if (!reaped_) ::kill(pid_, number);
}

Ended Process::wait(int seconds) {
  {
    // Both pipes close when the child ends: nothing else holds their other ends.
    std::unique_lock lock(m_);
    if (!more_.wait_for(lock, std::chrono::seconds(seconds), [&] { return closed_; })) {
      ADD_FAILURE() << "no end within " << seconds << " s: " << text_[0] << text_[1];
      ::kill(pid_, SIGKILL);
    }
  }
  if (!reaped_) ::waitpid(pid_, &status_, 0);
  reaped_ = true;
  Ended e;
  e.code = WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
  e.signal = WIFSIGNALED(status_) ? WTERMSIG(status_) : 0;
  std::lock_guard lock(m_);
  e.out = text_[0];
  e.err = text_[1];
  return e;
}

void Process::limit_file_bytes(rlim_t soft) const {
  const rlimit l{soft, RLIM_INFINITY};
  ASSERT_EQ(::prlimit(pid_, RLIMIT_FSIZE, &l, nullptr), 0);
}

std::string Process::out() {
  std::lock_guard lock(m_);
  return text_[0];
}

Ended run(const std::vector<std::string>& arguments, const Limits& limits, const std::string& catalogue) {
  Process p(ours(arguments, catalogue), limits);
  return p.wait();
}

std::vector<std::string> words_of(const store::Place& place) {
  std::vector<std::string> words{"--data", place.directory};
  if (place.on_server()) words.insert(words.end(), {"--store", place.url});
  return words;
}

Ended run_at(const std::string& command, const store::Place& place, const std::vector<std::string>& more, const std::string& catalogue) {
  std::vector<std::string> words{command};
  for (const auto& w : words_of(place)) words.push_back(w);
  words.insert(words.end(), more.begin(), more.end());
  return run(words, {}, catalogue);
}

void share_master_key(const store::Place& from, const store::Place& to) {
  namespace fs = std::filesystem;
  const auto file = to.directory + "/keys/master";
  fs::create_directories(to.directory + "/keys");
  for (const auto& private_directory : {to.directory, to.directory + "/keys"}) fs::permissions(private_directory, fs::perms::owner_all);
  fs::copy(from.directory + "/keys/master", file);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

std::string filter(const std::vector<std::string>& command, const std::string& input_file) {
  auto all = command;
  for (auto& word : all)
    if (word == "FILE") word = input_file;
  Process p(all);
  const auto e = p.wait();
  EXPECT_EQ(e.code, 0) << all[0] << ": " << e.err;
  return e.out;
}

Server::Server(const store::Place& place, const Limits& limits, int threads, const std::string& catalogue) {
  std::vector<std::string> words{"serve", "--port", "0", "--threads", std::to_string(threads)};
  for (const auto& w : words_of(place)) words.push_back(w);
  process_ = std::make_unique<Process>(ours(words, catalogue), limits);
  static constexpr std::string_view kAddress = "http://127.0.0.1:";
  const auto complete = [](const std::string& out) { return out.find("Ctrl+C") != out.npos; };
  if (!process_->wait_for(complete)) return;
  const auto out = process_->out();
  const auto at = out.find(kAddress) + kAddress.size();
  std::from_chars(out.data() + at, out.data() + out.size(), port_);
  if (const auto enter = out.find("/operator/enter"); enter != out.npos)
    link_ = out.substr(enter, out.find_first_of("\r\n ", enter) - enter);
  token_ = read_file(place.directory + "/operator.token").substr(0, 64);
}

void Server::crash() {
  process_->signal(SIGKILL);
  EXPECT_EQ(process_->wait().signal, SIGKILL);
  port_ = 0;
}

Ended Server::stop() {
  process_->signal(SIGTERM);
  port_ = 0;
  return process_->wait(30);
}

http::test::Reply Server::get(const std::string& path, bool with_token) {
  return send(http::test::get(path, with_token ? "Authorization: Bearer " + token_ + "\r\n" : ""));
}

http::test::Reply Server::post(const std::string& path, const std::string& body, const std::string& key, bool with_token) {
  std::string more = with_token ? "Authorization: Bearer " + token_ + "\r\n" : "";
  if (!key.empty()) more += "Idempotency-Key: " + key + "\r\n";
  return send(http::test::post(path, body, more));
}

http::test::Reply Server::send(const std::string& bytes) {
  http::test::Client client(port_);
  return client.connected() ? client.ask(bytes) : http::test::Reply{};
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream s;
  s << in.rdbuf();
  return s.str();
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.flush();
  EXPECT_TRUE(out.good()) << path;
}

std::string command_key(int series, std::int64_t n) {
  char text[40];
  std::snprintf(text, sizeof text, "01900000-%04x-7000-8000-%012llx", static_cast<unsigned>(series) & 0xFFFF,
                static_cast<unsigned long long>(n));
  return text;
}

std::string json_at(const std::string& text, const std::string& path) {
  json::Parser parser;
  auto parsed = parser.parse(text);
  if (!parsed.ok()) return {};
  json::Node node = *parsed;
  for (std::size_t from = 0; from < path.size();) {
    const auto to = std::min(path.find('/', from), path.size());
    const auto name = path.substr(from, to - from);
    std::optional<json::Node> child;
    if (node.kind() == json::Kind::object) child = node.find(name);
    if (node.kind() == json::Kind::array) {
      std::size_t index = 0, wanted = 0;
      std::from_chars(name.data(), name.data() + name.size(), wanted);
      node.each([&](std::string_view, json::Node v) {
        if (index++ == wanted) child = v;
        return !child;
      });
    }
    if (!child) return {};
    node = *child;
    from = to + 1;
  }
  switch (node.kind()) {
    case json::Kind::string: return std::string(node.string());
    case json::Kind::integer: return std::to_string(node.integer());
    case json::Kind::boolean: return node.boolean() ? "true" : "false";
    case json::Kind::object:
    case json::Kind::array: return "[" + std::to_string(node.size()) + "]";
    default: return {};
  }
}

}  // namespace yi::story
