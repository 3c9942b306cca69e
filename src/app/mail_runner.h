#pragma once
// Sends the bulletins' letters in the background, and has the ledger record what came of each.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bulletin/distribution.h"
#include "bulletin/routes.h"
#include "engine/engine.h"
#include "notice/mail.h"

namespace yi::app {

// The letter of an entry: the public paper as PDF, in the words of bulletin_desk.yaml. Nothing where the address or the paper was erased;
// throws where it cannot be made.
std::optional<notice::Mail> letter_of(engine::Engine& engine, const bulletin::BulletinContext& context, const std::string& from, const bulletin::ReceiverState& r);

// One look after another at what waits. What came of a letter is recorded before anything else is sent of it: while that cannot be
// stored, the letter is not sent again. Only a crash between the server's yes and the fact sends one twice, under the same Message-ID.
// A letter that cannot be made (no font, a paper that was erased) is a try like any other, and holds nobody up.
class MailRound {
 public:
  struct Hands {
    std::function<std::optional<notice::Mail>(const bulletin::ReceiverState&)> make;  // letter_of
    std::function<notice::Outcome(const notice::Mail&)> send;
    std::function<Checked(const bulletin::RecordMail&)> record;
    std::function<std::int64_t()> now;  // monotonic, ns
  };
  // What it is given outlives it.
  MailRound(engine::Engine& engine, std::vector<int> retry_minutes, Hands hands) : engine_(engine), retry_minutes_(std::move(retry_minutes)), hands_(std::move(hands)) {}
  // At most kLettersAPass letters, or fewer when `stopping` becomes true.
  void pass(const std::atomic<bool>& stopping);
  static constexpr int kLettersAPass = 20;

 private:
  notice::Outcome try_letter(const bulletin::ReceiverState& r);
  bool record(const std::string& key, const bulletin::RecordMail& what);
  void record_what_came();
  engine::Engine& engine_;
  const std::vector<int> retry_minutes_;
  const Hands hands_;
  std::map<std::string, std::int64_t> not_before_;            // by entry
  std::map<std::string, bulletin::RecordMail> unrecorded_;    // what came of letters and could not be stored
};

// Looks every kLookMs, on the node that leads.
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
  engine::Engine& engine_;
  const notice::MailServer server_;
  MailRound round_;  // only the thread's
  std::mutex m_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace yi::app
