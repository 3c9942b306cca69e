#include "jobs/desk.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/random.h"
#include "jobs/limits.h"
#include "jobs/refusals.h"

namespace yi::jobs {
namespace {

constexpr std::int64_t kTellNs = 200'000'000;  // five times a second is as much as an eye follows

bool is_over(JobState s) { return s == JobState::done || s == JobState::stopped || s == JobState::failed; }

}  // namespace

struct Desk::Job {
  JobView view;
  std::string account;
  Work work;
  std::shared_ptr<const Spool> input, file;
  std::string media_type;
  std::atomic<bool> stop = false;
  bool stale = false;  // somebody was erased while it ran
};

class Desk::Teller : public Progress {
 public:
  Teller(Desk& desk, Job& job) : desk_(desk), job_(job) {}
  void at(std::int64_t done, std::int64_t all) override {
    if (job_.stop) throw Stopped{};
    std::lock_guard lock(desk_.m_);
    job_.view.done = done;
    job_.view.all = all;
    const auto now = monotonic_ns();
    if (now - told_ < kTellNs) return;
    told_ = now;
    desk_.tell_locked(job_);
  }
  void line(std::string text) override {
    std::lock_guard lock(desk_.m_);
    if (static_cast<std::int64_t>(job_.view.lines.size()) < limits::kJobLines.value) job_.view.lines.push_back(std::move(text));
    else ++job_.view.lines_left_out;
  }

 private:
  Desk& desk_;
  Job& job_;
  std::int64_t told_ = 0;
};

Desk::Desk(identity::Now now) : now_(std::move(now)), thread_([this] { run(); }) {}

Desk::~Desk() {
  {
    std::lock_guard lock(m_);
    ending_ = true;
    for (auto& j : jobs_) j->stop = true;
    for (auto& l : listeners_) l.stream->end();
    listeners_.clear();
  }
  wake_.notify_all();
  thread_.join();
}

void Desk::expire_locked() {
  const auto now = now_();
  std::erase_if(jobs_, [&](const auto& j) { return j->view.kept_until && *j->view.kept_until < now; });
}

Desk::Job* Desk::find_locked(const std::string& account, const std::string& job_id) {
  expire_locked();
  for (auto& j : jobs_)
    if (j->view.job_id == job_id && j->account == account) return j.get();
  return nullptr;
}

void Desk::tell_locked(const Job& job) {
  const auto body = json::write(job.view);
  std::erase_if(listeners_, [&](const Listener& l) {
    if (l.account != job.account) return l.stream->over();
    if (l.admitted()) return !l.stream->send("", "job", body);
    l.stream->end();
    return true;
  });
}

Result<JobView> Desk::begin(Wish wish) {
  std::lock_guard lock(m_);
  expire_locked();
  std::int64_t open = 0, own = 0;
  for (const auto& j : jobs_)
    if (!is_over(j->view.state)) {
      ++open;
      own += j->account == wish.account;
    }
  if (own >= limits::kJobsOfAccount.value || open >= limits::kJobs.value) return refuse(Reason::too_many);
  auto job = std::make_shared<Job>();
  job->account = std::move(wish.account);
  job->work = std::move(wish.work);
  job->input = std::move(wish.input);
  auto& v = job->view;
  v.job_id = hex(crypto::random_bytes(16));
  v.kind = std::move(wish.kind);
  v.about = std::move(wish.about);
  v.unit = wish.unit;
  v.asked_at = now_();
  jobs_.push_back(job);
  tell_locked(*job);
  wake_.notify_all();
  return v;
}

std::vector<JobView> Desk::list(const std::string& account) {
  std::lock_guard lock(m_);
  return list_locked(account);
}

std::vector<JobView> Desk::list_locked(const std::string& account) {
  expire_locked();
  std::vector<JobView> out;
  for (auto j = jobs_.rbegin(); j != jobs_.rend(); ++j)
    if ((*j)->account == account) out.push_back((*j)->view);
  return out;
}

Result<JobView> Desk::find(const std::string& account, const std::string& job_id) {
  std::lock_guard lock(m_);
  const auto* j = find_locked(account, job_id);
  if (!j) return refuse(Reason::unknown_job);
  return j->view;
}

Result<JobView> Desk::stop(const std::string& account, const std::string& job_id) {
  std::lock_guard lock(m_);
  auto* j = find_locked(account, job_id);
  if (!j) return refuse(Reason::unknown_job);
  j->stop = true;
  if (j->view.state == JobState::waiting) {
    j->view.state = JobState::stopped;
    j->work = {};
    keep_locked(*j);
    tell_locked(*j);
  }
  return j->view;
}

Checked Desk::remove(const std::string& account, const std::string& job_id) {
  std::lock_guard lock(m_);
  const auto* j = find_locked(account, job_id);
  if (!j) return refuse(Reason::unknown_job);
  if (!is_over(j->view.state)) return refuse(Reason::still_running);
  std::erase_if(jobs_, [&](const auto& x) { return x.get() == j; });
  return Done{};
}

Result<JobFile> Desk::file(const std::string& account, const std::string& job_id) {
  std::lock_guard lock(m_);
  const auto* j = find_locked(account, job_id);
  if (!j) return refuse(Reason::unknown_job);
  if (!j->file) return refuse(Reason::no_file);
  return JobFile{j->view.file_name, j->media_type, j->file};
}

Result<std::shared_ptr<const Spool>> Desk::input(const std::string& account, const std::string& job_id, const std::string& kind) {
  std::lock_guard lock(m_);
  const auto* j = find_locked(account, job_id);
  if (!j) return refuse(Reason::unknown_job);
  if (j->view.kind != kind || j->view.state != JobState::done || !j->input) return refuse(Reason::not_checked);
  return j->input;
}

void Desk::forget_files() {
  std::lock_guard lock(m_);
  for (auto& j : jobs_) {
    if (!is_over(j->view.state)) {
      j->stale = j->view.state == JobState::running;
      continue;
    }
    j->file.reset();
    j->input.reset();
    j->view.file_name.clear();
    j->view.file_bytes = 0;
    tell_locked(*j);
  }
}

void Desk::listen(const std::string& account, std::shared_ptr<http::EventStream> stream, std::function<bool()> admitted) {
  std::lock_guard lock(m_);
  std::erase_if(listeners_, [](const Listener& l) { return l.stream->over(); });
  if (ending_) return stream->end();
  stream->send("", "ready", json::write(JobList{list_locked(account)}));
  listeners_.push_back({account, std::move(stream), std::move(admitted)});
}

void Desk::keep_locked(Job& job) {
  job.view.ended_at = now_();
  job.view.kept_until = *job.view.ended_at + limits::kJobHours.value * 3'600'000;
}

void Desk::end(Job& job, JobState state, Result<Ended> with) {
  std::lock_guard lock(m_);
  auto& v = job.view;
  if (with && with->file && job.stale) {
    with = refuse(Reason::no_file);
    state = JobState::failed;
  }
  v.state = state;
  keep_locked(job);
  job.work = {};
  if (with) {
    v.summary = std::move(with->summary);
    v.good = with->good;
    v.file_name = std::move(with->file_name);
    job.media_type = std::move(with->media_type);
    job.file = std::move(with->file);
    if (job.file) v.file_bytes = job.file->size();
  } else {
    v.summary = std::move(with.error().sentence);
    v.next_step = std::move(with.error().next_step);
    v.code = std::move(with.error().code);
    v.good = false;
  }
  // The oldest go when somebody has many: their files are on the disk.
  std::int64_t own = 0;
  for (const auto& j : jobs_) own += j->account == job.account;
  for (auto j = jobs_.begin(); own > limits::kJobsKept.value && j != jobs_.end();)
    if ((*j)->account == job.account && is_over((*j)->view.state) && j->get() != &job) {
      j = jobs_.erase(j);
      --own;
    } else {
      ++j;
    }
  tell_locked(job);
}

void Desk::run() {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(m_);
      const auto next = [&] { return std::find_if(jobs_.begin(), jobs_.end(), [](const auto& j) { return j->view.state == JobState::waiting; }); };
      wake_.wait(lock, [&] { return ending_ || next() != jobs_.end(); });
      if (ending_) return;
      job = *next();
      job->view.state = JobState::running;
      tell_locked(*job);
    }
    Result<Ended> ended = refuse(Reason::broken_off);
    auto state = JobState::failed;
    try {
      Teller teller(*this, *job);
      teller.at(0, 0);
      ended = job->work(teller);
      if (ended) state = JobState::done;
    } catch (const Stopped&) {
      state = JobState::stopped;
      ended = Ended{};
    } catch (const std::exception& e) {
      spdlog::error("job {} ({}) broke off: {}", job->view.job_id, job->view.kind, e.what());
    }
    if (ending_ && state == JobState::failed) ended = refuse(Reason::ended_here);
    end(*job, state, std::move(ended));
  }
}

}  // namespace yi::jobs
