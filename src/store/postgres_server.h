#pragma once
// For tests and benchmarks: a PostgreSQL 15 of one's own, in a temporary directory, on the loopback and a socket beside its
// data, under an account without rights. It ends with its owner, and its directory with it.
#include <fcntl.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "store/temporary_directory.h"

namespace yi::store {

class PostgresServer {
 public:
  // `settings`: further "-c name=value" words; its directory lies in `parent`. Throws std::runtime_error with the server's words.
  explicit PostgresServer(std::vector<std::string> settings = {},
                          const std::filesystem::path& parent = std::filesystem::temp_directory_path())
      : dir_(parent, "yichuang-"), settings_(std::move(settings)) {
    prepare();
    const auto word = dir_.path() + "/word";
    std::ofstream(word) << admin_word_;
    const int pid = spawn({program("initdb"), "-D", data(), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "scram-sha-256",
        "--pwfile=" + word});
    if (wait(pid) != 0) throw std::runtime_error("initdb: " + log());
    start();
    sql("postgres", "CREATE ROLE centre LOGIN PASSWORD '" + word_ + "'");
  }
  // A standby of a server that runs, with its accounts; it is kept up to date until it is promoted or either of them ends.
  struct StandbyOf {
    const PostgresServer& primary;
  };
  explicit PostgresServer(StandbyOf s) : dir_(std::filesystem::temp_directory_path(), "yichuang-"), settings_(s.primary.settings_) {
    prepare();
    follow(s.primary);
  }
  ~PostgresServer() {
    if (pid_ > 0) kill();
    if (holder_ >= 0) ::close(holder_);
  }
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  void start() {
    std::vector<std::string> words{program("postgres"), "-D", data(), "-k", dir_.path(), "-p", std::to_string(port_), "-c", "listen_addresses=127.0.0.1"};
    // A test's server holds few sessions; nothing here may weaken what a commit promises.
    for (const auto& s : {std::string("max_connections=60"), std::string("shared_buffers=64MB"), std::string("lc_messages=C"),
        std::string("recovery_init_sync_method=syncfs")}) words.insert(words.end(), {"-c", s});
    for (const auto& s : settings_) words.insert(words.end(), {"-c", s});
    pid_ = spawn(words);
    for (;;) {
      const auto at = PQping(url("postgres").c_str());
      if (at == PQPING_OK) return;
      int status = 0;
      if (::waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = -1;
        throw std::runtime_error("the server ended: " + log());
      }
      ::poll(nullptr, 0, 5);
    }
  }
  void stop() { end(SIGINT); }  // fast: sessions are cut off, the last checkpoint is written
  // As the power cut would: the server and each of its processes, at once.
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGSTOP);  // no new ones
    while (std::string_view("TXZ").find(state_of(std::to_string(pid_))) == std::string_view::npos) ::poll(nullptr, 0, 1);
    const auto children = children_of(pid_);
    for (const auto p : children) ::kill(p, SIGKILL);
    end(SIGKILL);
    // Gone, or, where a pid was given anew meanwhile, of somebody else: ours lie in nobody's other directory.
    for (const auto p : children)
      while (parent_of(std::to_string(p)) >= 0 && works_here(p)) ::poll(nullptr, 0, 1);
  }
  void restart() {
    stop();
    start();
  }
  // What this server had goes, and it begins as a standby of another, at its own port.
  void follow(const PostgresServer& primary) {
    if (pid_ > 0) kill();
    std::filesystem::remove_all(data());
    admin_word_ = primary.admin_word_;
    word_ = primary.word_;
    databases_ = primary.databases_;
    const auto source = "host=127.0.0.1 port=" + std::to_string(primary.port_) + " user=postgres password=" + admin_word_ + " application_name=standby";
    const int pid = spawn({program("pg_basebackup"), "-D", data(), "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync"});
    if (wait(pid) != 0) throw std::runtime_error("pg_basebackup: " + log());
    start();
  }
  // From now on a commit is answered when the standby has it too; it must follow, or commits wait.
  void wait_for_standby() const {
    sql("postgres", "ALTER SYSTEM SET synchronous_standby_names='standby'");
    sql("postgres", "SELECT pg_reload_conf()");
    while (sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state='sync' AND state='streaming'") != "1") ::poll(nullptr, 0, 5);
  }
  // A standby becomes a server that takes commits, and waits for no standby of its own.
  void promote() const {
    sql("postgres", "ALTER SYSTEM SET synchronous_standby_names=''");
    sql("postgres", "SELECT pg_reload_conf()");
    sql("postgres", "SELECT pg_promote(true, 30)");
  }
  // Gives a file or directory to the account that the server runs under.
  void own(const std::string& path) const {
    if (user_ && ::chown(path.c_str(), *user_, *group_) != 0) throw std::runtime_error("chown of " + path);
  }
  bool running() const { return pid_ > 0; }
  int port() const { return port_; }
  std::string log() const {
    std::ifstream f(dir_.path() + "/log");
    return {std::istreambuf_iterator<char>(f), {}};
  }

  // As the account that owns databases but is no superuser, with its password, over TCP.
  std::string url(const std::string& database) const { return url(database, "centre", word_); }
  std::string url(const std::string& database, const std::string& user, const std::string& password) const {
    return "postgresql://" + user + ":" + password + "@127.0.0.1:" + std::to_string(port_) + "/" + database;
  }
  std::string admin_url(const std::string& database) const { return url(database, "postgres", admin_word_); }
  // A new empty database of that account's; its URL. It orders text as a Chinese dictionary does, as many a server's databases do:
  // whoever needs the bytes' order says so.
  std::string new_database() {
    const auto name = "d" + std::to_string(++databases_);
    sql("postgres", "CREATE DATABASE " + name + " OWNER centre TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN'");
    return url(name);
  }
  // One statement as the superuser; the first column of its first row, or "".
  std::string sql(const std::string& database, const std::string& text) const {
    std::unique_ptr<PGconn, void (*)(PGconn*)> c(PQconnectdb(admin_url(database).c_str()), &PQfinish);
    std::unique_ptr<PGresult, void (*)(PGresult*)> r(PQexec(c.get(), text.c_str()), &PQclear);
    const auto status = PQresultStatus(r.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error(text + ": " + PQerrorMessage(c.get()));
    return PQntuples(r.get()) > 0 ? PQgetvalue(r.get(), 0, 0) : "";
  }

 private:
  static std::string program(const std::string& name) { return "/usr/lib/postgresql/15/bin/" + name; }
  std::string data() const { return dir_.path() + "/data"; }
  static const passwd* unprivileged() {
    const auto* p = ::getpwnam("postgres");
    return p ? p : ::getpwnam("nobody");
  }
  void prepare() {
    hold_port();
    if (const auto* p = ::geteuid() == 0 ? unprivileged() : nullptr) {
      user_ = p->pw_uid;
      group_ = p->pw_gid;
      if (::chown(dir_.path().c_str(), *user_, *group_) != 0) throw std::runtime_error("chown of a temporary directory");
    }
  }
  // The server may listen beside a socket that does not; nobody who connects somewhere is given the port as its own while the server
  // is down, not even a client of it (which would then be connected to itself).
  void hold_port() {
    holder_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(holder_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t n = sizeof a;
    if (::bind(holder_, reinterpret_cast<sockaddr*>(&a), n) != 0 || ::getsockname(holder_, reinterpret_cast<sockaddr*>(&a), &n) != 0)
      throw std::runtime_error("no port on the loopback");
    port_ = ntohs(a.sin_port);
  }
  int spawn(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
    argv.push_back(nullptr);
    const auto log_file = dir_.path() + "/log";
    const int pid = ::fork();
    if (pid == 0) {
      const int log = ::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      ::dup2(::open("/dev/null", O_RDONLY), 0);
      ::dup2(log, 1);
      ::dup2(log, 2);
      if (user_ && (::setgid(*group_) != 0 || ::setuid(*user_) != 0)) ::_exit(126);
      ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after the change of user, which takes it away
      if (::chdir(dir_.path().c_str()) != 0) ::_exit(126);
      ::execv(argv[0], argv.data());
      ::_exit(127);
    }
    if (pid < 0) throw std::runtime_error("fork");
    return pid;
  }
  static int wait(int pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }
  void end(int signal) {
    if (pid_ <= 0) return;
    ::kill(pid_, signal);
    wait(pid_);
    pid_ = -1;
  }
  static std::vector<int> children_of(int parent) {
    std::vector<int> out;
    for (const auto& e : std::filesystem::directory_iterator("/proc")) {
      const auto name = e.path().filename().string();
      if (name.find_first_not_of("0123456789") != std::string::npos) continue;
      if (parent_of(name) == parent) out.push_back(std::stoi(name));
    }
    return out;
  }
  bool works_here(int pid) const {
    std::error_code error;
    const auto at = std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/cwd", error);
    return !error && at.string().starts_with(dir_.path());
  }
  // What /proc says of a process from its state on; "" when it is gone.
  static std::string stat_of(const std::string& pid) {
    std::ifstream f("/proc/" + pid + "/stat");
    std::string line;
    std::getline(f, line);
    const auto at = line.rfind(") ");
    return at == std::string::npos ? "" : line.substr(at + 2);
  }
  static char state_of(const std::string& pid) {
    const auto stat = stat_of(pid);
    return stat.empty() ? 'X' : stat[0];
  }
  // -1: gone, or dead and waiting to be noticed.
  static int parent_of(const std::string& pid) {
    const auto stat = stat_of(pid);
    return stat.empty() || stat[0] == 'Z' || stat[0] == 'X' ? -1 : std::stoi(stat.substr(2));
  }

  TemporaryDirectory dir_;
  std::vector<std::string> settings_;
  std::optional<uid_t> user_;
  std::optional<gid_t> group_;
  std::string admin_word_ = hex(crypto::random_bytes(8)), word_ = hex(crypto::random_bytes(8));
  int port_ = 0, holder_ = -1;
  int pid_ = -1;
  int databases_ = 0;
};

}  // namespace yi::store
