#pragma once
// Many visitors at once, each with cases of their own, and a model of what they were told: the ledger must hold exactly
// the facts that were acknowledged.
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

// One connection's visitor: chooses lawful acts for its cases by a seeded hand, and now and then an unlawful one.
class Visitor {
 public:
  Visitor(int number, unsigned seed) : number_(number), random_(seed + static_cast<unsigned>(number)) {}
  const Sent& ask();                                     // the command under way: a new one, or that of the last failure
  void answered(int status, std::string_view body);      // 200, a refusal, or 503: then the same command comes again
  const std::optional<Sent>& under_way() const { return asked_; }

  std::vector<Sent> acknowledged;
  Counts facts;                                          // acknowledged, by name
  Counts stages() const;                                 // of this visitor's cases
  std::vector<std::string> surprises;                    // answers that the model did not expect
  std::int64_t unavailable = 0;                          // answers 503 engine.storage_unavailable

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

  int number_;
  std::mt19937 random_;
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
  std::function<void()> on_reply;

  // Sends what was under way when the server went, once more and by its key.
  void settle(Server& server);
  // Sends every acknowledged command again: each must be answered as before, and as a repetition.
  void expect_all_remembered(Server& server) const;
  // The ledger's facts by name and the server's stages against the model; no surprises.
  void expect_ledger(const std::string& data_directory) const;
  void expect_stages(Server& server) const;
  std::int64_t acknowledged() const;
  std::int64_t unavailable() const;

 private:
  std::vector<std::unique_ptr<Visitor>> visitors_;
};

// Facts of casework in the ledger, by name.
Counts facts_of_ledger(const std::string& data_directory);
// A centre without business in `directory`/data, its clock on 24 June 2024; returns the data directory.
std::string quiet_centre(const std::string& directory);
void expect_whole_and_same(const std::string& data_directory);

}  // namespace yi::story
