#pragma once
// A node of a centre on a server: a thread that holds the lease while the node leads, and hears of the leader while it does not
// (docs/decisions/0020).
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "engine/engine.h"
#include "engine/progress.h"
#include "store/lease.h"

namespace yi::engine {

// The views in the database against those of this program: a program of another version may have led last.
enum class Views { same, earlier, later };

// What stands between a node and its engine. Called from threads of the node, one at a time.
struct NodeCalls {
  // Makes a term's lane and starts it; an earlier one has ended. Refused or thrown: the lease is given back, and tried for again later.
  std::function<Checked(std::int64_t epoch)> begin;
  std::function<void()> end;                 // no lane any more when it returns; also where there was none
  std::function<bool()> overtaken;           // the lane has found a later term in the ledger
  std::function<std::int64_t()> followed;    // how far the reports are, asked of the database
  std::function<Views()> views;              // whose views are there; of an earlier program: this one's are prepared from now on
  std::function<bool()> prepared;            // they are built
};

class Node {
 public:
  // `listens`: false gives up notifications (a pooler that loses them); all goes on by looking, later.
  Node(store::Place place, CentreCode centre, store::NodeName name, bool listens, Progress& progress, NodeCalls calls);
  ~Node();  // retire(), and the thread ends

  // Takes the lease: the epoch of this node's first term, whose lane the caller begins; says begun() then. Nothing: somebody else
  // has it. Throws store::Failure. Before start().
  std::optional<std::int64_t> open();
  void start();
  void begun(bool good);
  void set_clock(Clock& clock) { clock_ = &clock; }
  // Leads no more: its lane ends in order, the lease goes back, and it only follows from then on.
  void retire();

  Role role() const;
  store::NodeName leader() const;     // of which it was heard last; empty: of nobody
  store::NodeName name() const;
  void reached_at(std::string address);
  bool database_answers() const { return !unreachable_; }
  bool prepared() const { return prepared_ || role() == Role::leading; }
  bool beginning() const { return term() == Term::beginning; }  // it has the lead, and is getting ready for it
  bool views_fit() const { return views_ == Views::same || role() == Role::leading; }
  void look_soon();                   // any thread: asks the database now instead of at the next turn

 private:
  void loop();
  void lead();
  void follow();
  bool begin_term(std::int64_t epoch);
  void step_down(bool give_back);
  void note(const store::LeaseSeen& seen);
  void lost(const std::string& why) noexcept;
  enum class Term { none, beginning, begun, failed };
  Term term() const;
  store::LeaseDesk& desk();
  void wait(std::chrono::milliseconds at_most);
  bool stopping() const;
  bool retiring() const;

  const store::Place place_;
  const CentreCode centre_;
  const bool listens_;
  Progress& progress_;
  NodeCalls calls_;
  std::atomic<Clock*> clock_ = nullptr;
  const int bell_;                    // an eventfd: look_soon() and the end ring it

  // The thread's own; before start(), the caller's.
  std::unique_ptr<store::LeaseDesk> desk_;
  std::int64_t epoch_ = 0;            // of the term it holds; 0: none
  std::int64_t not_before_ns_ = 0;    // no term is begun earlier: the last one could not be
  std::int64_t renew_at_ns_ = 0;
  std::int64_t free_since_ns_ = 0;    // nobody leads
  std::atomic<bool> renew_now_{false};  // the others are to know a new address
  std::int64_t told_ = 0;             // followed, as the others were told
  std::atomic<bool> unreachable_{false};
  std::atomic<Views> views_{Views::same};
  std::atomic<bool> prepared_{false};
  std::thread beginner_;

  mutable std::mutex m_;              // of what follows
  std::condition_variable changed_;
  store::NodeName name_;
  Term term_ = Term::none;
  bool given_up_ = false;             // the term: its lane may still be beginning
  Role role_ = Role::between;
  store::NodeName leader_;
  bool stopping_ = false, retiring_ = false;
  std::thread thread_;
};

}  // namespace yi::engine
