#pragma once
// Ledgers of a wanted size, filled through the real engine with lawful casework.
#include <functional>
#include <string>

#include "app/rooms.h"

namespace yi::bench {

// The real week (replayed, with its bulletin) and after it, day by day, further cases until about `events` facts;
// the directory must be empty. Throws std::runtime_error with the refusal's sentence.
void make_ledger(const std::string& directory, const std::string& data_root, const app::Common& common, std::int64_t events,
                 const std::function<void(std::int64_t done)>& progress);

}  // namespace yi::bench
