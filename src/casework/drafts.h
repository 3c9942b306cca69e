#pragma once
// 网上暂存: what somebody has begun to fill in and not yet handed over. Not a case and no fact: it stands beside the ledger (drafts.db, or
// a table on a server), sealed under the person's key, is nobody's to see but the account's, and goes after the days that the centre sets.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "identity/sessions.h"
#include "store/key_vault.h"
#include "store/side_tables.h"

namespace yi::casework {

inline constexpr const char* kDraftsFile = "drafts";
inline constexpr std::int32_t kDraftChars = 60'000;  // a form of the longest matter is under 10 kB; one sealed segment holds it

struct DraftEntry {
  std::string draft_id;     // a UUID, chosen by the page: saving twice is one draft
  std::string matter;       // code as the page knows it; "" for what is no application
  std::string title;        // as the page shows it in a list; at most 120 characters
  std::int64_t version = 0; // 1 for the first save
  Instant saved_at, kept_until;
};
BOOST_DESCRIBE_STRUCT(DraftEntry, (), (draft_id, matter, title, version, saved_at, kept_until))
struct Draft : DraftEntry {
  std::string content;      // the page's own text, JSON as a rule
};
BOOST_DESCRIBE_STRUCT(Draft, (DraftEntry), (content))

struct SaveDraft {
  Text<36> draft_id;
  std::optional<std::int64_t> version;  // of the save that the page knows; none: a new draft
  std::optional<MatterCode> matter;
  Text<120> title;
  Text<kDraftChars> content;
};
BOOST_DESCRIBE_STRUCT(SaveDraft, (), (draft_id, version, matter, title, content))

// Whom an account is bound to by now; none: nobody yet.
using SubjectOfAccount = std::function<SubjectId(const std::string& account)>;

// Any thread. Times are the machine's: a draft is no fact and ages while a demonstration's clock stands.
class Drafts {
 public:
  // On SQLite whoever calls holds the directory's lock; `keys` outlives it. `days`: how long one is kept after its last save, from 1.
  // Refusals of store::open_beside.
  static Result<std::unique_ptr<Drafts>> open(const store::Place& place, CentreCode centre, store::KeyVault& keys, std::function<int()> days, SubjectOfAccount subject_of, identity::Now now);

  // The newest first.
  std::vector<DraftEntry> list(const std::string& account);
  // Refusal "casework.unknown_draft" (404), also for another's, an erased person's, and one whose days are over.
  Result<Draft> get(const std::string& account, const std::string& draft_id);
  // Durable when it returns. `subject`: whose key seals it (0: the installation's own, before an account is bound to a person).
  // Refusals: "casework.bad_draft_id" (422), "casework.draft_changed" (409: saved elsewhere since), "casework.too_many_drafts"
  // (409), "casework.draft_too_long" (413), "casework.unknown_draft" (404: `version` is given and there is none).
  Result<DraftEntry> save(const std::string& account, SubjectId subject, const SaveDraft& wish);
  // No refusal for one that is gone already.
  void discard(const std::string& account, const std::string& draft_id);
  // The person was erased: their drafts go, also those that an account saved before it was bound to them.
  void forget(SubjectId subject);

 private:
  Drafts(std::unique_ptr<store::SideTables> tables, store::KeyVault& keys, std::function<int()> days, SubjectOfAccount subject_of, identity::Now now)
      : tables_(std::move(tables)), keys_(keys), days_(std::move(days)), subject_of_(std::move(subject_of)), now_(std::move(now)) {}
  std::optional<store::Row> row(const std::string& account, const std::string& draft_id);
  std::vector<store::Row> rows_of(const std::string& account);
  void remove_expired();
  void remove(const store::Row& row);
  std::unique_ptr<store::SideTables> tables_;
  store::KeyVault& keys_;
  std::function<int()> days_;
  SubjectOfAccount subject_of_;
  Result<Draft> open_row(const std::string& account, const std::optional<store::Row>& row);
  std::string word_of(const std::string& account) const;  // one account's drafts are looked at and written as one
  identity::Now now_;
};

const store::View& draft_view();

}  // namespace yi::casework
