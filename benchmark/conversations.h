#pragma once
// What the load driver's connections say to the real API.
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "app/rooms.h"
#include "benchmark/load_driver.h"

namespace yi::bench {

// A promised permit of the catalogue, its department and the windows for it.
struct Subject {
  std::string matter, department, reception, issue;
  std::string materials = {};  // the papers it requires, as a JSON list
  static Subject of(const catalog::Catalog& catalog);
  // The body of casework.receive for the n-th invented person: name, number, phone.
  std::string receive_body(std::int64_t person) const;
};
// Numbers with a right check character and a region that does not exist (990000 and on), so that nobody has them.
std::string invented_citizen(std::int64_t person);
std::string invented_phone(std::int64_t person);

// Who speaks: the header lines of each role's session, each ended by "\r\n". Each act is done by the role that does it in a
// hall, so that rights, reach, masking and audit are those of the real work.
struct Staff {
  std::string operator_, clerk, runner, chief_representative, issue_clerk;
};
struct Door {
  Staff staff;
  Subject subject;
};

// Creates: a new case of a new person each time.
std::unique_ptr<Conversation> create_conversation(const Door& door, int connection);
// Steps: a signed hand-over of a random open case of this connection's share, to the department and back.
std::unique_ptr<Conversation> step_conversation(const Door& door, int connection, std::vector<std::string> cases);
// Whole cases: receive, accept, transfer, decide, transfer of the result, issue; each depends on the reply before.
// `finished` counts them.
std::unique_ptr<Conversation> whole_case_conversation(const Door& door, int connection, std::int64_t* finished);
// The pages of the list one after the other, from the first again; `headers` say who asks.
std::unique_ptr<Conversation> get_conversation(std::string headers, std::vector<std::string> paths);
// Limit B: the door with a fixed reply.
std::unique_ptr<Conversation> fixed_conversation();

}  // namespace yi::bench
