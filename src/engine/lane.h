#pragma once
// One centre's lane: a single thread that decides and writes. Commands that arrive while a group is being synced
// form the next group, so that one sync serves many and nobody is answered before it.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "engine/engine.h"
#include "engine/followers.h"
#include "engine/progress.h"
#include "store/merkle.h"

namespace yi::engine {

// Of these nobody knows what the store has; it must be asked before anything is written again.
bool leaves_doubt(store::FailureKind k);

// Why `found`, the head of the ledger that is there, does not stand behind `answered`: a standby that had not everything was promoted, or an old
// copy was started. Whoever goes on behind it loses what was answered. Throws Failure.
std::optional<std::string> contradiction(store::Reader& reader, CentreCode centre, const store::HeadRow& answered, const store::HeadRow& found);

class Lane {
 public:
  // `head`: where the ledger is, with the epoch under which this lane writes.
  Lane(store::Writer& writer, Registry& registry, Clock& clock, const EngineOptions& options, store::KeyVault& keys, Progress& progress, store::HeadRow head);
  ~Lane();
  void start();
  void stop();
  void submit(Submission s);
  void wait_for_room();
  EngineFigures figures() const;
  bool overtaken() const { return overtaken_; }  // a later term is in the ledger: this lane stores nothing any more
  const store::HeadRow& head() const { return head_; }  // of one that was stopped: where what it answered ends
  // On a lane's thread, the registry that it decides by; nullptr elsewhere.
  static const Registry* deciding();

 private:
  struct Taken {  // a command of the group and where its facts stand in pending_
    Submission submission;
    std::size_t first = 0, count = 0;
    std::optional<Result<Answer>> early;     // refused, or answered from before
    std::optional<std::size_t> same_as;      // a repetition of another command of this group
    std::optional<Answer> ready;             // made before its commit, given after it
  };

  void loop();
  // Commands of one day at a time: the timers of a day run before any command of it is decided.
  void serve(std::vector<Submission> batch);
  void serve_group(std::vector<Submission> batch);
  static std::vector<Taken> taken(std::vector<Submission>& batch);
  // After a failure that leaves it open what the store has: the reason why it is still open, or nothing.
  std::optional<store::Failure> settle();
  void take_note(KeptRecord kept);  // of a durable fact that no group of ours was answered for
  Instant moment_of(const Submission& s);
  bool timers_due(Instant at) const;
  std::optional<store::Failure> run_timers();
  void run_timer(const DayTimer& timer);
  void decide(Taken& t, std::size_t index);
  void record(const Turn& turn, const Submission& s);
  void look_for_repeated(const std::vector<Taken>& group);
  void look_ahead(const std::vector<Taken>& group);
  std::optional<Result<Answer>> from_before(const Submission& s);
  void write_group(const store::HeadRow& before);
  void use_the_wait(std::vector<Taken>& group, std::size_t projected) noexcept;
  bool prepare_reports(std::size_t at_most, std::int64_t until_ns) noexcept;
  void rest_from_following(const char* why) noexcept;
  // After the commit there is no way back: whatever throws here ends the process, and a restart finds all in order.
  void answer_committed(std::vector<Taken>& group, std::size_t projected) noexcept;
  void answer(std::vector<Taken>& group) noexcept;
  Answer answer_of(const Taken& t) const;
  void abandon(std::vector<Taken> group, const store::Failure& why);

  void reports_written(std::size_t n) noexcept;
  void follow_alone();
  store::CommandDigest bound_digest(const Turn& turn, const Submission& s) const;
  void destroy_keys() noexcept;

  store::Writer& writer_;
  Registry& registry_;
  Clock& clock_;
  EngineOptions options_;
  store::KeyVault& keys_;
  Progress& progress_;
  std::unordered_map<std::string_view, std::vector<Guard*>> guards_of_;
  store::LedgerHash hash_;

  // The lane thread's own.
  store::HeadRow head_;
  Followers followers_;
  std::string greatest_id_;                 // time-ordered ids above it are new without a look-up
  std::vector<KeptRecord> pending_;        // facts of the group being formed
  std::vector<SubjectId> erased_;           // by the group being formed: closed, destroyed after its commit
  std::unordered_map<std::string, std::size_t> ids_of_group_;
  std::unordered_map<std::string, std::pair<std::int64_t, std::int64_t>> taken_ids_;  // of the group's ids those that are committed: first fact, how many
  std::int64_t last_follow_ns_ = 0, follow_not_before_ns_ = 0;
  bool follow_failing_ = false;
  bool in_doubt_ = false;                   // what the store has must be asked first
  std::int64_t settle_not_before_ns_ = 0, said_not_before_ns_ = 0, doubt_said_not_before_ns_ = 0;
  std::optional<store::Failure> settle_failed_;
  CivilDay timers_day_{};                   // the day whose timers have run
  std::optional<Instant> timers_again_;     // one of them threw

  mutable std::mutex m_;
  std::condition_variable wake_, room_;
  std::vector<Submission> queue_;
  std::int64_t queued_bytes_ = 0;           // of the bodies in queue_
  bool stopping_ = false;
  std::atomic<bool> overtaken_{false};
  EngineFigures figures_;                   // under m_
  std::thread thread_;
};

}  // namespace yi::engine
