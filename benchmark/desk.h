#pragma once
// What the people at the desks wait for: pages of the queue, a case, a search, and the clock.
#include <string>
#include <vector>

namespace yi::bench {

struct Figure {
  std::string what, figure, beside;
};

// Fills a new centre in `directory` with `cases` open cases of one department and asks over HTTP, one question after the other,
// as each role that may read them. Throws.
std::vector<Figure> measure_desk(const std::string& directory, const std::string& data_root, int cases);

}  // namespace yi::bench
