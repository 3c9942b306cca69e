#pragma once
// The views of a program of another version, made beside those that its centre still uses and kept up with the ledger, until this
// node leads and takes them in (docs/decisions/0020).
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/rebuild.h"
#include "store/lease.h"

namespace yi::engine {

// A rebuild that goes on: its copies follow the ledger. One thread at a time, on a writer that nobody else uses meanwhile. Throws
// store::Failure.
class ViewCopies {
 public:
  ViewCopies(store::Writer& writer, const RegistryFactory& rooms, CentreCode centre, const store::KeyVault* keys);
  ~ViewCopies();  // the copies go, unless they were taken in
  std::int64_t fold_on();  // what the ledger has more than they; how many facts that was
  void take_in();          // folds the rest, and they are the centre's views. In a term of this node

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class PreparedViews {
 public:
  PreparedViews(const store::Place& place, store::Writer& writer, RegistryFactory rooms, CentreCode centre, const store::KeyVault* keys);
  ~PreparedViews();
  // They have what the ledger had a moment ago: to take them in will be quick.
  bool caught_up() const { return caught_up_; }
  void stop();  // the following; behind it the writer is free
  // True: they are the centre's views now; false: there are none, because another node is making them or it went
  // wrong. Behind stop().
  bool take_in();

 private:
  void loop(const RegistryFactory& rooms, const store::KeyVault* keys);
  bool wait(std::chrono::milliseconds at_most);
  const store::Place place_;
  store::Writer& writer_;
  const CentreCode centre_;
  std::atomic<bool> caught_up_{false};
  std::mutex m_;
  std::condition_variable stop_;
  bool stopping_ = false;
  // The thread's, and after it the owner's.
  std::optional<store::WordHeld> word_;
  std::unique_ptr<ViewCopies> copies_;
  std::thread thread_;
};

// One node of a centre makes views at a time.
inline constexpr const char* kViewsWord = "yichuang views";

}  // namespace yi::engine
