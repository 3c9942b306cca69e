#pragma once
// Many visitors at once, each with cases of their own, and a model of what they were told: the ledger must hold exactly
// the facts that were acknowledged.
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "benchmark/load_driver.h"
#include "program.h"

namespace yi::story {

using Counts = std::map<std::string, std::int64_t>;

struct Sent {
  std::string path, body, key;
  int status = 0;
  std::string answer;
};

// What a visitor was told of a command: where in the ledger its last fact stands; and Hall::stamp, taken as it was told.
struct Told {
  std::int64_t command = 0, position = 0, stamp = 0;
};

// One connection's visitor: chooses lawful acts for its cases by a seeded hand, and now and then an unlawful one.
class Visitor {
 public:
  Visitor(int number, unsigned seed) : number_(number), random_(seed + static_cast<unsigned>(number)), sample_(random_()) {}
  const Sent& ask();                                     // the command under way: a new one, or that of the last failure
  void answered(int status, std::string_view body);      // 200, a refusal, or 503: then the same command comes again
  const std::optional<Sent>& under_way() const { return asked_; }
  std::int64_t last_command() const { return keys_; }    // the number of the last one that was given

  std::vector<Told> told;                                // of every acknowledged command
  std::vector<Sent> acknowledged;                        // whole: all of them, or a sample when they are many
  Counts facts;                                          // acknowledged, by name
  Counts stages() const;                                 // of this visitor's cases
  std::vector<std::string> surprises;                    // answers that the model did not expect
  Counts unavailable;                                    // answers 503, by code

 private:
  struct Case {
    std::string id, stage = "received", holder = "reception_window";
  };
  struct Wish {
    std::size_t about = 0;      // index of the case; cases_.size() opens a new one
    bool lawful = true;
    std::string fact, stage, holder;
  };
  void choose();
  void command(const char* door, std::string body);
  void open_new();
  void step(std::size_t about);
  void end(std::size_t about);

  void remember(Sent s);
  int number_;
  std::mt19937 random_, sample_;
  std::int64_t keys_ = 0, numbers_ = 0;
  std::vector<Case> cases_;
  Wish wish_;
  std::optional<Sent> asked_;
};

class Hall {
 public:
  Hall(int visitors, unsigned seed);
  // Requests in all, 0: until `enough` says so; `on_reply` is called after every reply. The result is the driver's.
  bench::LoadResult visit(Server& server, std::int64_t requests, const std::function<bool()>& enough = {});
  // At several nodes; who finds the own one gone goes on at the next that runs.
  bench::LoadResult visit(const std::vector<Server*>& nodes, std::int64_t requests, const std::function<bool()>& enough = {});
  std::function<void()> on_reply;
  std::function<std::int64_t()> stamp;
  std::atomic<std::int64_t> answered = 0, put_off = 0;  // acknowledged, and answered 503, so far: for who watches

  // Sends what was under way when the server went, once more and by its key, until it is answered.
  void settle(Server& server);
  // Sends every acknowledged command again: each must be answered as before, and as a repetition.
  void expect_all_remembered(Server& server) const;
  // Every acknowledged command stands in the ledger once, where its visitor was told; beside them nothing but what is under way.
  void expect_kept(const store::Place& place) const;
  // Of a ledger as it may have been left at a moment: the same for what was told with a stamp up to `until`; of the rest, any.
  void expect_kept_of(const store::Place& place, std::int64_t until) const;
  // The same with nothing under way, and the facts by name as the model has them; no surprises.
  void expect_ledger(const store::Place& place) const;
  void expect_stages(Server& server) const;
  std::int64_t acknowledged() const;
  std::int64_t unavailable() const;
  Counts unavailable_by_code() const;

 private:
  std::vector<std::unique_ptr<Visitor>> visitors_;
};

// Facts of casework in the ledger, by name.
Counts facts_of_ledger(const store::Place& place);
// A centre without business in `directory`/data, its clock on 24 June 2024; returns the data directory.
std::string quiet_centre(const std::string& directory);
// The same with its ledger in a database, when `url` names one.
store::Place quiet_centre(const std::string& directory, const std::string& url);
void expect_whole_and_same(const store::Place& place);

}  // namespace yi::story
