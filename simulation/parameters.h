#pragma once
// How long and by which seed the faults are tried. ./test takes what stands here, ./sim says more by the environment; the tests are the same.
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace yi::simulation {

// A whole number of the environment, at least 1; `usual` where it is not set.
inline int number_of(const char* name, int usual) {
  const char* text = std::getenv(name);
  if (!text || !*text) return usual;
  char* end = nullptr;
  const long n = std::strtol(text, &end, 10);
  if (*end || n < 1 || n > 100'000'000) throw std::runtime_error(std::string(name) + " is a number from 1, not '" + text + "'");
  return static_cast<int>(n);
}

inline unsigned seed() { return static_cast<unsigned>(number_of("YI_SIM_SEED", 20'240'624)); }
// Of a process or a server, in one test; where each takes long, ./test is content with fewer.
inline int kills(int usual = 2) { return number_of("YI_SIM_KILLS", usual); }
// Power cuts of one run.
inline int cuts() { return number_of("YI_SIM_CUTS", 40); }
// Replies before something is killed, on average.
inline int replies() { return number_of("YI_SIM_REPLIES", 3'000); }

}  // namespace yi::simulation
