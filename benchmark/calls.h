#pragma once
// A hall of many windows, all of which press "next" at once.
#include <string>
#include <vector>

#include "benchmark/desk.h"

namespace yi::bench {

// `windows` windows over lines of ten, 4,000 calls a second for half of `seconds`, then each calling again when the call before was answered, on an engine of the
// hall's room in `directory`; every answer comes after its sync. No HTTP. Throws.
std::vector<Figure> measure_calls(const std::string& directory, int windows, double seconds);

}  // namespace yi::bench
