#pragma once
// The data keys of a centre's subjects: seals and opens personal fields, makes keys ahead of need, destroys them, and
// finds a value again by a keyed blind index. docs/decisions/0010 says why it is built so.
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/data_keys.h"
#include "store/database.h"
#include "store/record.h"
#include "store/sealed.h"

namespace yi::store {

// Thread safe.
class KeyVault {
 public:
  // Refusals of DataKeys::open. KeyAccess::make takes the place of no lock: the caller holds the directory's, or leads the centre.
  static Result<std::unique_ptr<KeyVault>> open(const Place& place, CentreCode centre, const KeyOptions& options, KeyAccess access);
  ~KeyVault();
  KeyVault(const KeyVault&) = delete;
  KeyVault& operator=(const KeyVault&) = delete;

  // On a server a node begins or ends to lead: it makes keys from here on (all that others made and destroyed is known when this
  // returns; throws Failure), or reads what others make. What another node destroyed a reading one knows within kKeyGoneMs.
  void lead();
  void follow();
  static constexpr std::int64_t kKeyGoneMs = 500;

  std::string id() const;            // 16 hex digits: which key file this is
  std::int64_t generation() const;   // of the master key
  std::int64_t size() const;         // keys that are durable

  // Seals the JSON of P. Waits for the disk only when the keys made ahead have run out (never at a hall's pace). Throws
  // std::logic_error for a subject that was erased or lies far beyond the known ones and for fields above
  // limits::kSealedBytes; Failure when a key cannot be made.
  template <class P>
  SealedText seal(const P& fields, SubjectId subject, const SealedPlace& place) {
    return seal_text(json::write(fields), subject, place);
  }
  // Nothing: the subject was erased. Throws Failure(corrupt) when the sealed bytes are damaged or belong elsewhere.
  template <class P>
  std::optional<P> open(std::string_view sealed, SubjectId subject, const SealedPlace& place) const {
    auto text = open_text(sealed, subject, place);
    if (!text) return std::nullopt;
    auto fields = json::read<P>(*text);
    crypto::wipe(*text);
    if (!fields) throw Failure(FailureKind::corrupt, "sealed fields do not read: " + fields.error().where);
    return std::move(fields).value();
  }
  SealedText seal_text(std::string text, SubjectId subject, const SealedPlace& place);
  std::optional<std::string> open_text(std::string_view sealed, SubjectId subject, const SealedPlace& place) const;

  // Bytes beside the ledger (files): at most limits::kSealedSegmentBytes at a time, and what they belong to as `context`
  // (up to 60,000 bytes, not secret). Subject 0: the installation's own key, which a rotation keeps and no erasure takes.
  // Refusals: "store.key_erased" (410), "store.key_unavailable" (503: not made, lost or damaged), "store.sealed_damaged"
  // (500: other bytes, context or subject). Throws std::logic_error for more bytes.
  Result<std::string> seal_bytes(std::string_view plain, SubjectId subject, std::string_view context);
  Result<std::string> open_bytes(std::string_view sealed, SubjectId subject, std::string_view context) const;

  // 16 bytes, the same for the same value as long as the installation lives (a rotation keeps them).
  std::string blind(BlindKind kind, std::string_view value) const;
  // 32 bytes for a purpose of the program's own: the same on every node of the centre, and of use to nobody else.
  crypto::Secret derived(std::string_view purpose) const;
  // 16 bytes that mean nothing without the subject's key; nothing when it was erased.
  std::optional<CommandDigest> bind(const CommandDigest& digest, SubjectId subject) const;

  // From `close` on the subject's fields open as erased, and nothing is sealed for it; `reopen` takes that back for a
  // group that could not be stored. `destroy` makes it final, durable when true is returned; one sync for all of them.
  void close(SubjectId subject);
  void reopen(SubjectId subject);
  bool destroy(const std::vector<SubjectId>& subjects);
  // After a doubt about what the store has: keys in memory are read again and those that there are counted, for a server that lost the
  // last of them may have others. Throws Failure.
  void look_again();
  bool erased(SubjectId subject) const;       // closed or destroyed
  bool is_destroyed(SubjectId subject) const;  // for good: what lies under the key may be taken away
  std::vector<SubjectId> destroyed() const;

 private:
  KeyVault(DataKeys keys, KeyAccess access, bool shared);
  using Key = std::shared_ptr<const crypto::SivKey>;
  Key key_of(SubjectId subject) const;        // nullptr: erased
  Result<Key> key_for_bytes(SubjectId subject) const;
  void make_ahead(SubjectId subject);         // asks for more keys, waits for this one's
  void fetch_ahead(SubjectId subject, std::unique_lock<std::mutex>& lock);  // its key and those behind it: of new subjects the next ones'
  void keep(std::int64_t subject, Key key) const;  // under m_
  void forget_cached();                       // under m_
  void make_keys();                           // the thread's loop
  void start_maker();
  void stop_maker();
  void learn() const;                         // what others have destroyed, where that is not known for kKeyGoneMs
  void take_gone(const std::vector<std::int64_t>& subjects) const;  // under m_

  mutable std::mutex m_;
  mutable DataKeys keys_;                     // takes care of itself
  std::atomic<KeyAccess> access_;
  const bool shared_;                         // others may destroy
  mutable std::atomic<std::int64_t> learned_ns_{0};
  Key own_;                                   // the installation's
  std::unordered_set<std::int64_t> closed_;
  mutable std::unordered_set<std::int64_t> destroyed_;
  struct Cached {
    Key key;
    std::list<std::int64_t>::iterator place;
  };
  mutable std::unordered_map<std::int64_t, Cached> cache_;
  mutable std::list<std::int64_t> order_;     // most recently used first
  std::int64_t size_ = 0, wanted_ = 0;
  std::int64_t fetched_ = 0, forgotten_ = 0;  // the last subject whose key was fetched ahead; how often all were forgotten
  bool stopping_ = false, failed_ = false;
  std::condition_variable wake_, made_;
  std::mutex files_;                          // one change of the file at a time; taken before m_
  std::thread maker_;
};

}  // namespace yi::store
