#pragma once
// Inside the room: a few threads for long answers, with a bounded queue.
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace yi::http {

// post() from any thread. Tasks do not throw.
class WorkerPool {
 public:
  WorkerPool(int threads, std::int64_t queue_limit);
  ~WorkerPool() { stop(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  // False when the queue is full or the pool has stopped; the task has not been taken then.
  bool post(std::function<void()>& task);
  std::int64_t waiting() const;  // tasks that no thread has taken yet
  // Drops what waits and ends what runs; the server has closed their connections by then.
  void stop();

 private:
  void run();
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  std::size_t limit_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace yi::http
