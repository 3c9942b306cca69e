#pragma once
// The engine carries commands to facts: one lane a centre, group commit, idempotency, guard views in the facts'
// transaction, report views behind them.
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "engine/clock.h"
#include "engine/command_id.h"
#include "engine/registry.h"
#include "store/database.h"
#include "store/place.h"

namespace yi::engine {

// A node beside others on one database (docs/decisions/0020). No name: the engine holds the store alone, and leads.
struct NodeOptions {
  std::string name = {};
  std::string address = {};  // "host:port", by which the other nodes reach this one
  std::string program = {};
  bool listens = true;       // false: notifications do not arrive (a pooler between); what they tell is found by looking
};

struct EngineOptions {
  CentreCode centre;
  ClockSetting clock_if_new;                 // of a directory that is being created
  std::int64_t state_cache_bytes = limits::kStateCacheBytes.value;
  store::KeyOptions keys = {};               // where the master key lies
  int group_commands = static_cast<int>(limits::kGroupCommands.value);
  NodeOptions node = {};
  std::function<void()> before_term = {};    // called when this process is about to lead, before the lane decides anything
};

enum class Role { leading, following, between };  // between: nobody leads, or this node is about to

// Of a node, for whoever sends requests to it.
struct Standing {
  Role role = Role::leading;
  std::string node = {}, leader = {}, leader_address = {};  // "": not known
  bool database_answers = true;  // the lease's connection stands; of a store held alone not asked
  bool prepared = true;          // to lead without a pause: its views are there, or built beside those in use
  bool views_fit = true;         // false: a program of another version leads, whose views this one cannot be sure to read
  bool beginning = false;        // it has the lead and is getting ready: views of another version may take long. What writes waits
};

// The answer to a command whose facts are durable.
struct Answer {
  std::int64_t position = 0;  // of the last fact: a reader may wait until the reports have it
  std::string stream;         // of the first fact: "case:20240617000001"
  bool repeated = false;      // the same command had been committed before; this is its stored answer
  std::string json;           // {"position":"…","stream":"…","facts":[{"name":…,"effective_at":…,"body":{…}}]}
};

// Receives one answer, on the lane's thread, after the commit; must be quick and must not throw.
class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual void answer(Result<Answer> result) = 0;
};
template <class F>
std::unique_ptr<Waiter> waiter(F f) {
  struct W : Waiter {
    explicit W(F g) : f(std::move(g)) {}
    void answer(Result<Answer> r) override { f(std::move(r)); }
    F f;
  };
  return std::make_unique<W>(std::move(f));
}

struct Submission {
  store::CommandId id{};
  store::CommandDigest digest{};
  Actor actor;
  Act act;
  std::optional<Instant> at;  // replay only: drives the clock
  std::unique_ptr<Waiter> waiter;
  std::int64_t bytes = 256;   // about what it holds in memory while it waits
};

// Since the start, but for `followed` and what waits or is in use at this moment.
struct EngineFigures {
  std::int64_t commands = 0, refused = 0, repeated = 0, facts = 0, groups = 0, followed = 0, failures = 0;
  std::int64_t log_bytes = 0;
  std::int64_t queued = 0, queued_bytes = 0;        // commands that wait for the next group
  std::int64_t readers_idle = 0, readers_lent = 0;  // connections for reading
};

class Engine {
 public:
  // Opens the store. Whoever leads brings views of another version up to date (rebuilding them) and starts the lane.
  // Refusals are those of store::open, open_keys, ClockSetting::parse and of what rooms do at the start; "engine.not_made": a node
  // beside one that has not finished making the centre within half a minute.
  static Result<std::unique_ptr<Engine>> open(const store::Place& place, RegistryFactory rooms, EngineOptions options);
  ~Engine();  // answers what is under way, then stops

  // A command's body, read for the present term's lane. Refusals of the command's own, and "engine.not_leading" (503), which the act
  // gives too when it comes to another lane. Throws std::logic_error where there is no such command.
  Result<Act> parse(std::string_view command, std::string_view body);
  // Never blocks: past limits::kLaneQueue the waiter gets "engine.busy" (503) at once, and "engine.not_leading" where this node
  // does not lead.
  void submit(Submission s);
  // Parses and submits, and waits for the answer. For the program's own commands.
  Result<Answer> run(std::string_view command, std::string_view body, const Actor& actor,
                     std::optional<Instant> at = {});
  // For replay: waits while the lane's queue is long.
  void wait_for_room();

  // What rooms have declared. On a node that may follow its commands are not to be parsed; parse() does that.
  const Registry& registry() const;
  Standing standing() const;
  // By which address the others reach this node ("host:port"): known only when it listens.
  void reached_at(std::string address);
  // The leading node has answered with this position.
  void heard(std::int64_t position);
  // Leads no more, and will not again: for an end in order, while another node takes over.
  void retire();
  CentreCode centre() const;
  Clock& clock();
  store::KeyVault& keys();
  // A read-only connection of one's own; give it back by destroying it.
  class Lease;
  Lease reader();
  // True when the reports have the position; waits at most so long.
  bool wait_followed(std::int64_t position, std::chrono::milliseconds at_most);
  // Whether the ledger has the position. A node that follows asks before it says no; throws store::Failure when it cannot.
  bool wait_position(std::int64_t position, std::chrono::milliseconds at_most);
  std::int64_t position() const;  // last durable fact that this node knows of
  std::int64_t followed() const;  // the last fact that the reports have
  EngineFigures figures() const;

  struct Impl;

 private:
  explicit Engine(std::unique_ptr<Impl> impl);
  void make_node(const store::Place& place);
  Result<std::optional<std::int64_t>> first_look();
  template <class Wait>
  bool wait_looking(std::chrono::milliseconds at_most, Wait wait);
  std::unique_ptr<Impl> impl_;
};

// What a store says of a centre (Reader::meta): where it was moved to. Nobody goes on in what it left (refusal "engine.moved").
inline constexpr const char* kMovedTo = "moved_to";
Refusal moved(const std::string& to, const std::string& from);

// The keys of a centre, and whether they are those that its ledger was written with. `reader` is of the place's store. Further
// refusals: "engine.keys_missing", "engine.other_keys".
Result<std::unique_ptr<store::KeyVault>> open_keys(store::Reader& reader, const store::Place& place, CentreCode centre, const store::KeyOptions& options,
                                                   store::KeyAccess access);
// On a server: where the keys still lie in the data directory (a program before schema 2, a move that was interrupted), they are taken
// in, and destroyed there.
Checked take_in_keys(store::Reader& reader, const store::Place& place, CentreCode centre, const store::KeyOptions& options);

class Engine::Lease {
 public:
  Lease(Impl* pool, std::unique_ptr<store::Reader> r) : pool_(pool), reader_(std::move(r)) {}
  Lease(Lease&&) = default;
  ~Lease();
  store::Reader& operator*() { return *reader_; }
  store::Reader* operator->() { return reader_.get(); }

 private:
  Impl* pool_;
  std::unique_ptr<store::Reader> reader_;
};

// The engine's own views: which command ids are taken, how far each report has followed.
const store::View& command_view();
const store::View& followed_view();

}  // namespace yi::engine
