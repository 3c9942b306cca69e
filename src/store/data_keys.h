#pragma once
// Data keys (docs/decisions/0010, 0021): a master key, which wraps, and one wrapped key a subject, in a data directory's files or in
// a centre's rows on a server. The key vault is the only caller; this is the only reader and writer of the formats.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "crypto/siv.h"
#include "store/key_slots.h"

namespace yi::store {

struct KeyOptions {
  std::string master_key_file = {};  // empty: <data directory>/keys/master
};

// All files are 0600, their folder 0700.
class DataKeys {
 public:
  // Refusals: "store.keys_missing", "store.master_key_missing", "store.master_key_wrong", "store.key_file_exposed",
  // "store.keys_damaged", "store.keys_other_centre", "store.keys_unusable"; on a server those of open_beside too.
  static Result<DataKeys> open(const Place& place, CentreCode centre, const KeyOptions& options, KeyAccess access);
  DataKeys(DataKeys&& other) noexcept;
  DataKeys& operator=(DataKeys&&) = delete;
  ~DataKeys();

  const std::string& id() const;            // 8 bytes, given when they were begun; a rotation and a move keep it
  std::int64_t generation() const;          // of the master key, from 1
  const crypto::Secret& index_key() const;  // 32 bytes
  CentreCode centre() const;
  std::int64_t count();                     // slots that are durable
  // All subjects whose key was destroyed, then those since the last call (on a server by other nodes too).
  std::vector<std::int64_t> newly_destroyed();

  enum class Slot { good, destroyed, damaged, missing };
  // Any thread. On a server a master key that was exchanged since is read again from its file.
  Slot read(std::int64_t subject, crypto::SivKey& out) const;
  // The keys of `first` and of those behind it that are good, at most `n`, until one is not.
  std::vector<crypto::SivKey> read_on(std::int64_t first, std::int64_t n) const;
  // `n` further keys, durable when it returns. False for an error: then there is none of them.
  bool append(std::int64_t n);
  // The slots of subjects that have one are overwritten, durable when it returns. False for an error of the disk.
  bool destroy(const std::vector<SubjectId>& subjects);

  struct Impl;

 private:
  explicit DataKeys(std::unique_ptr<Impl> impl);
  friend Result<std::int64_t> rotate_master_key(const Place&, CentreCode, const KeyOptions&, const std::function<void()>&);
  std::unique_ptr<Impl> impl_;
};

// A new master key, and every slot wrapped again under it; the old ones are gone when it returns. On SQLite whoever holds the
// directory's lock may call it. Interrupted at any moment, the next opening has either all old or all new. Returns the new
// generation. `after_step` is called after every change on the disk: a test ends there.
Result<std::int64_t> rotate_master_key(const Place& place, CentreCode centre, const KeyOptions& options, const std::function<void()>& after_step = {});

// The wrapped keys of one place in another that has none, under the same master key and id. Refusal "store.keys_not_empty". On SQLite
// whoever calls holds the directory's lock.
Checked copy_keys(const Place& from, const Place& to, CentreCode centre, const KeyOptions& options);
// Those that a move left behind are overwritten and gone; true where there are none.
bool destroy_keys(const Place& place, CentreCode centre);
// The id of the keys that the place has of this centre, 16 hex digits; "": none.
Result<std::string> keys_there(const Place& place, CentreCode centre);

}  // namespace yi::store
