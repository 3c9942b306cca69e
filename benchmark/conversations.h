#pragma once
// What the load driver's connections say to the real API.
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "app/rooms.h"
#include "benchmark/load_driver.h"

namespace yi::bench {

// A promised permit of the catalogue and the windows for it.
struct Subject {
  std::string matter, reception, issue;
  std::string materials = {};  // the papers it requires, as a JSON list
  static Subject of(const catalog::Catalog& catalog);
};

struct Door {
  std::string token;  // of the operator
  Subject subject;
};

// Creates: a new case each time. The ids are kept in `made`, when given.
std::unique_ptr<Conversation> create_conversation(const Door& door, int connection, std::vector<std::string>* made);
// Steps: a signed hand-over of a random open case of this connection's share, to the department and back.
std::unique_ptr<Conversation> step_conversation(const Door& door, int connection, std::vector<std::string> cases);
// Whole cases: receive, accept, transfer, decide, transfer of the result, issue; each depends on the reply before.
// `finished` counts them.
std::unique_ptr<Conversation> whole_case_conversation(const Door& door, int connection, std::int64_t* finished);
// One page or paper, asked for by the operator.
std::unique_ptr<Conversation> get_conversation(const Door& door, std::string path);
// Limit B: the door with a fixed reply.
std::unique_ptr<Conversation> fixed_conversation();

}  // namespace yi::bench
