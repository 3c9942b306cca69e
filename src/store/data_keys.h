#pragma once
// The files of data keys in a data directory (docs/decisions/0010): `keys/master`, which wraps, and `keys/data-keys`, one
// slot of 64 bytes a subject. The key vault is the only caller; this is the only reader and writer of the two formats.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "crypto/siv.h"

namespace yi::store {

// At most so many keys are made at a time; 0.26 MB and about 20 ms of another core.
inline constexpr std::int64_t kKeyBatch = 4'096;

struct KeyOptions {
  std::string master_key_file = {};  // empty: <data directory>/keys/master
};

enum class KeyAccess {
  make,   // the writing process: makes what is missing, finishes a rotation that was interrupted
  read,   // beside a running server: nothing is changed
};

// The header's state. All files are 0600, their folder 0700.
class DataKeys {
 public:
  // Refusals: "store.keys_missing", "store.master_key_missing", "store.master_key_wrong", "store.key_file_exposed",
  // "store.keys_damaged", "store.keys_other_centre", "store.keys_unusable".
  static Result<DataKeys> open(const std::string& directory, CentreCode centre, const KeyOptions& options, KeyAccess access);
  DataKeys(DataKeys&& other) noexcept;
  DataKeys& operator=(DataKeys&&) = delete;
  ~DataKeys();

  const std::string& id() const { return id_; }            // 8 bytes, given when the file was made; a rotation keeps it
  std::int64_t generation() const { return generation_; }  // of the master key, from 1
  const crypto::Secret& index_key() const { return index_key_; }  // 32 bytes
  CentreCode centre() const { return centre_; }
  std::int64_t count();                                    // slots that are durable
  const std::vector<std::int64_t>& destroyed_at_open() const { return destroyed_; }

  enum class Slot { good, destroyed, damaged, missing };
  Slot read(std::int64_t subject, crypto::SivKey& out) const;
  // `n` further keys, durable when it returns. False for an error of the disk: then there is none of them.
  bool append(std::int64_t n);
  // The slots of subjects that have one are overwritten, durable when it returns. False for an error of the disk.
  bool destroy(const std::vector<SubjectId>& subjects);

 private:
  DataKeys() = default;
  Checked load(const std::string& file);
  Checked scan();
  std::string wrap(std::int64_t subject, std::string_view key) const;
  std::optional<std::string> unwrap(std::int64_t subject, std::string_view slot) const;

  int fd_ = -1;
  KeyAccess access_ = KeyAccess::read;
  CentreCode centre_;
  std::string id_, file_;
  std::int64_t generation_ = 1, count_ = 0;
  crypto::SivKey master_;
  crypto::Secret index_key_;
  std::vector<std::int64_t> destroyed_;
  friend struct Rotation;
};

// A new master key, and every slot wrapped again under it in a new file; the old ones are gone when it returns. Whoever
// holds the directory's lock may call it. Interrupted at any moment, the next opening has either all old or all new.
// Returns the new generation. `after_step` is called after every change on the disk: a test ends there.
Result<std::int64_t> rotate_master_key(const std::string& directory, CentreCode centre, const KeyOptions& options,
                                       const std::function<void()>& after_step = {});

}  // namespace yi::store
