#pragma once
// Sends the bulletins' letters in the background, and has the ledger record what came of each.
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "bulletin/routes.h"
#include "engine/engine.h"
#include "notice/mail.h"

namespace yi::app {

// Looks every kLookMs, on the node that leads, and sends what waits. A letter that was taken by the server and whose fact could not be
// stored is sent again under the same Message-ID: twice rather than never.
class MailRunner {
 public:
  static constexpr int kLookMs = 2'000;
  // What it is given outlives it.
  MailRunner(engine::Engine& engine, const bulletin::BulletinContext& context, notice::MailServer server);
  ~MailRunner();
  MailRunner(const MailRunner&) = delete;
  MailRunner& operator=(const MailRunner&) = delete;

 private:
  void loop();
  void pass();
  engine::Engine& engine_;
  const bulletin::BulletinContext& context_;
  const notice::MailServer server_;
  std::map<std::string, std::int64_t> not_before_;  // monotonic ns, by entry; only the thread's
  std::mutex m_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace yi::app
