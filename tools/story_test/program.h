#pragma once
// The real program as a child process: started, read with a deadline, stopped, killed. No child outlives its owner.
#include <sys/resource.h>
#include <sys/types.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/test_client.h"
#include "store/place.h"

namespace yi::story {

struct Ended {
  int code = -1;    // exit code; -1 when a signal ended it
  int signal = 0;
  std::string out, err;
  std::string all() const { return out + err; }
};

struct Limits {
  rlim_t file_bytes = RLIM_INFINITY;  // soft RLIMIT_FSIZE: the disk seems full beyond it; may be raised later
  bool full_output = false;           // standard output is /dev/full
  std::vector<std::string> environment = {};  // "NAME=value", beside what we have ourselves
};

// Not thread safe; made and destroyed on one thread that lives longer (the child dies with the thread that made it).
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments, const Limits& limits = {});
  ~Process();  // kill -9, if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Waits until the output so far satisfies `enough` or the process has ended; false in the latter case and when the
  // deadline passes.
  bool wait_for(const std::function<bool(const std::string& out)>& enough, int seconds = 60);
  bool ended();                                 // does not wait
  void signal(int number) const;
  Ended wait(int seconds = 120);                // kills it and fails the test when the deadline passes
  void limit_file_bytes(rlim_t soft) const;     // of the running process
  std::string out();

 private:
  void read_on();
  pid_t pid_ = -1;
  int fds_[2] = {-1, -1};
  bool reaped_ = false;
  int status_ = 0;
  std::mutex m_;
  std::condition_variable more_;
  std::string text_[2];   // under m_: standard output and standard error
  bool closed_ = false;   // under m_
  std::thread reader_;
};

// yichuang <arguments>, to its end.
Ended run(const std::vector<std::string>& arguments, const Limits& limits = {}, const std::string& catalogue = "");

// The words that name a place on the command line.
std::vector<std::string> words_of(const store::Place& place);
// yichuang COMMAND --data … [--store …] <more>, to its end.
Ended run_at(const std::string& command, const store::Place& place, const std::vector<std::string>& more = {}, const std::string& catalogue = "");
// The centre's master key, as an administrator lays it on each machine: all that a second node needs (`to.directory` is made).
void share_master_key(const store::Place& from, const store::Place& to);

// A command that is not ours: pdftotext. `input` is its standard input.
std::string filter(const std::vector<std::string>& command, const std::string& input_file);

// `yichuang serve` on a port that the system chooses.
class Server {
 public:
  // `catalogue`: the directory of catalogue and calendar; "" is the repository's data.
  explicit Server(const store::Place& place, const Limits& limits = {}, int threads = 1, const std::string& catalogue = "");
  explicit Server(const std::string& data_directory, const Limits& limits = {}, int threads = 1, const std::string& catalogue = "")
      : Server(store::Place(data_directory), limits, threads, catalogue) {}
  bool runs() const { return port_ != 0; }      // false: read process().wait()
  std::uint16_t port() const { return port_; }
  const std::string& token() const { return token_; }
  const std::string& link() const { return link_; }  // path and query of the one-time link
  Process& process() { return *process_; }
  void crash();                                 // kill -9
  Ended stop();                                 // SIGTERM

  http::test::Reply get(const std::string& path, bool with_token = true);
  http::test::Reply post(const std::string& path, const std::string& body, const std::string& key, bool with_token = true);
  // `head` is everything before the empty line, without Content-Length.
  http::test::Reply send(const std::string& bytes);

 private:
  std::unique_ptr<Process> process_;
  std::uint16_t port_ = 0;
  std::string token_, link_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& bytes);
// Command ids that sort in the order in which they are made, the same in every run: a different `series` never meets.
std::string command_key(int series, std::int64_t n);
// The value at "a/b/0/c" of a JSON text, as text; "" when there is none. Objects and arrays come back as "[n]".
std::string json_at(const std::string& text, const std::string& path);

}  // namespace yi::story
