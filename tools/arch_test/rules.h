#pragma once
// Sentences of the house that a scan of the sources can hold: clocks, which library belongs to which room, headers,
// lengths of files, words that are never committed.
#include <functional>
#include <vector>

#include "source.h"

namespace yi::arch {

// Nothing outside src/base/clock.cpp reads a clock: a pinned installation would mix two times.
Findings check_clocks(const std::vector<Source>& tree);

// A library that another may replace one day is included in one place only (Beast, simdjson, SQLite, OpenSSL, …).
Findings check_libraries(const std::vector<Source>& tree);

// Headers begin with #pragma once and hold no `using namespace`.
Findings check_headers(const std::vector<Source>& tree);

// Source files stay under 700 lines.
Findings check_lengths(const std::vector<Source>& tree);

// No paths of one machine, no notes to self, no tests that are switched off.
Findings check_words(const std::vector<Source>& tree);

// Relative links and pictures of the documents lead to a file or folder; `exists` is asked with a path from the root.
Findings check_links(const std::vector<Source>& tree, const std::function<bool(const std::string&)>& exists);

}  // namespace yi::arch
