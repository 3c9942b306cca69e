#pragma once
// 长任务: what takes longer than somebody wants to look at a page. It is begun, goes on without them, tells how far it is, and what came of
// it is found again for a day. Kept in memory: a job is no fact, and ends with the process (docs/decisions/0029).
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "http/event_stream.h"
#include "identity/sessions.h"
#include "jobs/spool.h"

namespace yi::jobs {

enum class JobState { waiting, running, done, stopped, failed };
BOOST_DESCRIBE_ENUM(JobState, waiting, running, done, stopped, failed)
enum class JobUnit { bytes, cases, facts, lines };
BOOST_DESCRIBE_ENUM(JobUnit, bytes, cases, facts, lines)

// As its owner sees it.
struct JobView {
  std::string job_id;               // 32 hexadecimal digits
  std::string kind;                 // name of the door that began it, or of the door that it asks: "casework.export_cases"
  std::string about;                // what it was asked: "2024-06-17 至 2024-06-21"
  JobState state = JobState::waiting;
  std::int64_t done = 0, all = 0;   // of `unit`; all is 0 where nobody can know
  JobUnit unit = JobUnit::bytes;
  Instant asked_at;                 // of the machine's clock
  std::optional<Instant> ended_at, kept_until;
  std::string summary;              // what came of it, or why nothing did
  std::string next_step;            // of one that failed
  std::string code;                 // of one that failed
  bool good = true;                 // of one that is done: nothing was found wrong
  std::vector<std::string> lines;   // what was found, one by one; at most limits::kJobLines
  std::int64_t lines_left_out = 0;
  std::string file_name;            // "": there is no file
  std::int64_t file_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(JobView, (), (job_id, kind, about, state, done, all, unit, asked_at, ended_at, kept_until, summary, next_step, code, good, lines, lines_left_out, file_name, file_bytes))

struct JobList {
  std::vector<JobView> jobs;  // the newest first
};
BOOST_DESCRIBE_STRUCT(JobList, (), (jobs))

// What a job's work has of its desk. The job's own thread.
class Progress {
 public:
  virtual ~Progress() = default;
  // Throws Stopped where the job is to end: between two of its steps, so that none is done by half.
  virtual void at(std::int64_t done, std::int64_t all) = 0;
  virtual void line(std::string text) = 0;
};
struct Stopped {};

struct Ended {
  std::string summary;
  bool good = true;
  std::string file_name = {}, media_type = {};
  std::shared_ptr<const Spool> file = {};
};
// Why it could not: the job has failed.
using Work = std::function<Result<Ended>(Progress&)>;

struct Wish {
  std::string account, kind, about;
  JobUnit unit = JobUnit::bytes;
  Work work;
  std::shared_ptr<const Spool> input = {};  // what the job was given, for one that goes on from it
};

struct JobFile {
  std::string name, media_type;
  std::shared_ptr<const Spool> content;
};

// Any thread. One job at a time, in the order in which they were asked for.
class Desk {
 public:
  explicit Desk(identity::Now now);
  ~Desk();  // what runs is stopped, what waits is not begun

  // Refusal "jobs.too_many" (409).
  Result<JobView> begin(Wish wish);
  // One's own, the newest first.
  std::vector<JobView> list(const std::string& account);
  // Refusals "jobs.unknown_job" (404, also for another's) and as named.
  Result<JobView> find(const std::string& account, const std::string& job_id);
  Result<JobView> stop(const std::string& account, const std::string& job_id);
  Checked remove(const std::string& account, const std::string& job_id);            // "jobs.still_running"
  Result<JobFile> file(const std::string& account, const std::string& job_id);      // "jobs.no_file"
  // What a job of this kind was given, when it is done. "jobs.not_checked".
  Result<std::shared_ptr<const Spool>> input(const std::string& account, const std::string& job_id, const std::string& kind);
  // Somebody was erased: files that may name them go, of all accounts.
  void forget_files();

  // Tells `stream` the account's jobs ("ready") and every change of one ("job"), while `admitted` says yes.
  void listen(const std::string& account, std::shared_ptr<http::EventStream> stream, std::function<bool()> admitted);

 private:
  struct Job;
  class Teller;
  struct Listener {
    std::string account;
    std::shared_ptr<http::EventStream> stream;
    std::function<bool()> admitted;
  };
  std::vector<JobView> list_locked(const std::string& account);
  Job* find_locked(const std::string& account, const std::string& job_id);
  void tell_locked(const Job& job);
  void expire_locked();
  void keep_locked(Job& job);  // it is over from now on
  void end(Job& job, JobState state, Result<Ended> with);
  void run();
  const identity::Now now_;
  std::mutex m_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Job>> jobs_;  // in the order in which they were asked for
  std::vector<Listener> listeners_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace yi::jobs
