#pragma once
// Versions of matters that a centre has made while its program runs: facts of its ledger (changes.h), beside those of the files. The
// lane's guard publishes them; any thread reads. A version that was published stays readable for as long as the book lives, because a
// running case keeps it.
#include <atomic>
#include <deque>
#include <map>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/matter.h"

namespace yi::catalog {

class MatterBook {
 public:
  // nullptr when there is none. Pointers live as long as the book.
  const Matter* find(const MatterCode& code, int version) const;
  const Matter* newest(const MatterCode& code) const;
  // Nothing where the version is there already: a rebuild publishes what the lane has.
  void put(Matter m);
  // Its group could not be stored: there never was such a version.
  void forget(const MatterCode& code, int version);

  // Versions of the ledger that do not go with the files any more, in words for people: the program does not start over them.
  void complain(std::string sentence);
  std::vector<std::string> complaints() const;

 private:
  mutable std::shared_mutex m_;
  std::atomic<bool> any_{false};  // nearly every question is asked of a centre that has changed nothing: no lock for those
  std::deque<Matter> kept_;       // never shrinks, so that pointers stay
  std::unordered_map<std::string, std::map<int, const Matter*>> versions_;
  std::vector<std::string> complaints_;
};

}  // namespace yi::catalog
