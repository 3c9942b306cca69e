#pragma once
// Takes away in the background what has no place any more: files of erased subjects, and files that no fact names.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "files/store.h"

namespace yi::files {

// What the keeper asks of the rooms above; on its own thread.
struct KeeperAsks {
  // Whether this process sweeps now: of several nodes on one folder one does. Empty: it does. A pass that is not its turn is none.
  std::function<bool()> mine = {};
  // Answers for one pass whether a fact names a file. Throws where that cannot be said now: then nothing is taken, and it
  // is tried again within kRetryMs.
  std::function<std::function<bool(const FileId&)>()> named;
  // Whose key is destroyed, as of this pass; an empty function: nobody's.
  std::function<std::function<bool(SubjectId)>()> erased;
  std::function<void(const Swept&)> swept;              // a pass has ended
  std::function<void(const std::string& why)> failed;   // or could not be made
  // How old a file must be that no fact names, in ms: as long as a draft may live that shows it. Less than kOrphanMs, or empty: kOrphanMs.
  std::function<std::int64_t()> orphan_ms = {};
};

// Since the start; `files` and `bytes` as of the last pass that came to its end. A pass that could not ask which files facts name
// takes away what was erased, and counts as failed.
struct KeeperFigures {
  std::int64_t passes = 0, failed = 0, orphans = 0, erased = 0, files = 0, bytes = 0;
};

// A pass at the start, every FileStore::kOrphanMs, and after each ring(). Destroyed, it ends after the file at hand.
class Keeper {
 public:
  static constexpr std::int64_t kRetryMs = 10LL * 60 * 1000;
  // `store` and whatever `asks` reads outlive it.
  Keeper(FileStore& store, KeeperAsks asks);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  // Somebody was erased. Never blocks.
  void ring();
  // Waits until every pass that was asked for before has ended.
  void wait();
  KeeperFigures figures() const;

 private:
  void loop();
  bool pass();
  FileStore& store_;
  const KeeperAsks asks_;
  mutable std::mutex m_;
  std::condition_variable wake_, done_;
  KeeperFigures figures_;  // under m_
  std::int64_t asked_ = 1, made_ = 0;  // passes
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace yi::files
