#pragma once
// A ledger of any size, as fast as the machine allows and in constant memory: lawful lives go through the rooms' rules in this
// process, without HTTP and without a lane, and what they give is written straight through the store's port: records, marks,
// groups, roots and the head, as a lane writes them. The views follow by a rebuild, which the large benchmark measures anyway.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/rooms.h"
#include "store/place.h"

namespace yi::bench {

struct BulkOptions {
  std::int64_t events = 0;          // about so many in the end
  std::int64_t a_fortnight = 300'000;  // at most, of ten working days: 7.8 million a year, a large city's hall
  int group_commands = 64;          // what forms behind 64 connections
  std::function<void(std::int64_t done)> progress = {};
};

struct BulkLoaded {
  std::int64_t events = 0, groups = 0, record_bytes = 0, refused = 0;
  std::string first_refusal;
  double seconds = 0;               // of the loading, with the plans, the rules and the hashes
  double writing_seconds = 0;       // of which the writing thread was at work
  std::vector<CivilDay> weeks;      // with a period of their own: a bulletin can be asked of each
  Instant last{};                   // where the centre's clock stands
};

// Makes a centre at `place` (an empty directory; on a server also an empty database): the demonstration week with its bulletin,
// and after it fortnights of casework. `scratch` is an empty directory for the states that the rules read. Throws
// std::runtime_error with the refusal's sentence, store::Failure.
BulkLoaded bulk_ledger(const store::Place& place, const std::string& scratch, const std::string& data_root, const app::Common& common,
                       const BulkOptions& options);

}  // namespace yi::bench
