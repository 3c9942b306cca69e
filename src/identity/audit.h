#pragma once
// The access audit (访问审计): who read personal data and who was refused what, beside the ledger (audit.db, or a table on a server,
// where the nodes write one chain). Append-only, each entry chained to the one before by SM3, written by one thread in groups: personal data leaves when its entry is durable,
// and readers at the same time share a sync.
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "identity/sessions.h"
#include "identity/viewer.h"
#include "store/place.h"

namespace yi::identity {

inline constexpr const char* kAuditFile = "audit";

enum class Outcome {
  read,       // personal data left the server
  refused,    // 401 or 403
  unmasked,   // what is masked was shown, with a reason
  signed_in,
  signed_out,
  sign_in_failed,
  link_made,  // a one-time link was given out for an account
  secret_changed,
};
BOOST_DESCRIBE_ENUM(Outcome, read, refused, unmasked, signed_in, signed_out, sign_in_failed, link_made, secret_changed)

struct AuditEntry {
  std::string account;      // "" for the public; "operator" for the installation's token
  Outcome outcome = Outcome::read;
  std::string act;          // the door's name: "casework.get_case"
  std::string object;       // what the path names (a case's id, a ledger number), or the account it is about
  std::int64_t subject = 0;  // SubjectId whose data it was; 0: not one person's
  std::string code;         // of a refusal
  std::string reason;       // given by the person, for unmasking
  std::string address;
  std::int64_t repeats = 1;  // more than 1: refusals of one account, or of strangers, within one minute, counted together
};

struct WrittenEntry : AuditEntry {
  std::int64_t number = 0;  // dense from 1
  Instant at;               // the machine's clock
  Instant engine_at;        // the installation's, which may be pinned
};

class AuditLog {
 public:
  // On SQLite whoever calls holds the directory's lock. Refusals of store::open_beside.
  static Result<std::unique_ptr<AuditLog>> open(const store::Place& place, CentreCode centre, Now now, Now engine_now);
  ~AuditLog();  // writes what waits

  using Durable = std::function<void(bool written)>;
  // Never blocks. `durable` is called once: with true after the sync, on the log's thread; with false when the entry could not
  // be written (disk full, too many waiting), and then the data must not leave.
  void record(AuditEntry entry, Durable durable);
  // Waits for it; for worker threads. Refusal "identity.audit_unavailable" (503).
  Checked record_and_wait(AuditEntry entry);
  // For what has been refused anyway: nobody waits. One account's, and those of all strangers, are counted together past a limit a
  // minute, so that no flood of refusals fills the disk.
  void note(AuditEntry entry);

  struct Figures {
    std::int64_t waiting = 0, written = 0, failed = 0;  // entries; the last two since the start
  };
  Figures figures() const;
  std::unique_ptr<store::Reader> open_reader() { return store_->open_reader(); }
  CentreCode centre() const { return centre_; }

 private:
  AuditLog(std::unique_ptr<store::Store> s, CentreCode centre, Now now, Now engine_now);
  struct Item {
    AuditEntry entry;
    Instant at, engine_at;
    Durable durable;
  };
  void loop();
  bool write(std::vector<Item>& group) noexcept;
  void push(AuditEntry entry, Durable durable);
  std::unique_ptr<store::Store> store_;
  CentreCode centre_;
  Now now_, engine_now_;
  mutable std::mutex m_;
  std::condition_variable wake_;
  std::vector<Item> queue_;
  Figures figures_;  // under m_
  bool stopping_ = false;
  Instant minute_{};
  struct Refused {
    std::int64_t written = 0, untold = 0;  // in this minute one by one, and only counted
  };
  std::map<std::string, Refused> refused_;  // by account; "": nobody's
  void tell_counted();                      // under m_
  std::thread thread_;
};

struct AuditQuestion {
  std::optional<std::string> account, object;
  std::optional<Instant> from, to;  // by the machine's clock, [from, to)
  std::int64_t before = 0;          // entries below this number; 0: from the newest
  int limit = 50;
};
// Newest first. Refusal "identity.not_allowed" without the right.
Result<std::vector<WrittenEntry>> search_audit(store::Reader& reader, CentreCode centre, const Viewer& viewer, const AuditQuestion& q);

struct VerifiedAudit {
  std::int64_t entries = 0;
  std::string head;                   // hex: the chain's value at its end
  std::optional<std::string> broken;  // names the first entry that differs, in Chinese
};
VerifiedAudit verify_audit(store::Reader& reader, CentreCode centre);

const store::View& audit_view();

}  // namespace yi::identity
