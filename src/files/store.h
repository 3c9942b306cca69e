#pragma once
// Content-addressed files beside the ledger (README.md of the room).
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/limits.h"
#include "base/time.h"
#include "crypto/sm3.h"
#include "files/kind.h"
#include "files/ports.h"

namespace yi::files {

using FileId = Code<struct FileTag>;  // 64 hex digits: the SM3 of the stored bytes
bool is_file_id(std::string_view text);
Refusal not_found(const FileId& id);  // "files.not_found" (404); also for who may not know that there is one

struct Description {
  Kind kind = Kind::text;
  bool scanned = false;
  std::int64_t size = 0;   // bytes of the plain content
  crypto::Digest plain{};  // its SM3
  std::string name;        // safe_name of what was claimed
};
struct Stored {
  FileId id;
  SubjectId subject;
  Description about;
};

// What the sender says of a file.
struct Claim {
  std::string media_type;
  std::string name;
  SubjectId subject;  // whose it is; 0: nobody's
};

enum class Unscanned { refuse, mark };  // when there is no scanner, or it does not answer

// Where the files of a centre lie: DIR/files of its data directory, or the centre's own folder in one that is configured, which the
// nodes share. (Each centre's sweep knows only what its own facts name.)
struct Folder {
  Folder(const std::string& data_directory) : path(data_directory + "/files") {}  // NOLINT: a data directory alone is a place
  Folder(const char* data_directory) : Folder(std::string(data_directory)) {}     // NOLINT
  Folder(const std::string& data_directory, const std::string& configured, CentreCode centre)
      : path(configured.empty() ? data_directory + "/files" : configured + "/" + std::to_string(centre.value)) {}
  std::string path;
};

struct StoreOptions {
  std::int64_t file_bytes = limits::kUploadBytes.value;
  Unscanned unscanned = Unscanned::mark;
  std::shared_ptr<Scanner> scanner;  // null: none
  std::shared_ptr<Cipher> cipher;    // null: stored plain
  bool shared = false;               // other processes have the folder open too
};

class FileStore;

// A file on its way in. Destroyed before finish() has succeeded, it leaves nothing. Refusals of write and finish: those
// of KindDetector and the ports, "files.too_large" (413), "files.virus" (422), "files.unscanned" (503),
// "files.storage_unavailable" (507). After a refusal it is good for nothing.
class Incoming {
 public:
  ~Incoming();
  Checked write(std::string_view piece);
  // The file, its name and its folder are on the disk when this returns.
  Result<Stored> finish();

 private:
  friend class FileStore;
  struct Impl;
  explicit Incoming(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A stored file being read.
class Outgoing {
 public:
  ~Outgoing();
  const Stored& stored() const;
  // Appends the next piece, at most kSegmentBytes; false when the file has ended. At its end the SM3 of all that was read
  // is compared. Refusals: "files.damaged", those of the cipher.
  Result<bool> read(std::string& piece);

 private:
  friend class FileStore;
  struct Impl;
  explicit Outgoing(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct Swept {
  std::int64_t orphans = 0, erased = 0;
  std::int64_t files = 0, bytes = 0;  // what is left, as stored
};

struct FileCheck {
  std::int64_t files = 0, bytes = 0;
  std::optional<std::string> broken;  // the first file whose bytes are not its name's
};

class FileStore {
 public:
  // Made where it is missing (0700). What a broken upload left in its folder `incoming` goes: at once where the caller holds the data
  // directory's lock, by a sweep when it is a day old where the folder is shared. Refusal "files.storage_unavailable".
  static Result<std::unique_ptr<FileStore>> open(const Folder& folder, StoreOptions options);
  Result<std::unique_ptr<Incoming>> begin(const Claim& claim);
  // Refusals: "files.not_found" (404), "files.damaged", those of the cipher.
  Result<std::unique_ptr<Outgoing>> read(const FileId& id) const;
  // True when it was there. What was removed stays away after a power cut.
  bool remove(const FileId& id);
  // Whose data key seals it; told by its head, without any key. Refusals: "files.not_found", "files.damaged".
  Result<SubjectId> subject_of(const FileId& id) const;
  // For who is about to name it in a fact: that its bytes are those of its name, and that no sweep takes it within
  // kOrphanMs from now. Reads the whole file, needs no key. Refusals: "files.not_found", "files.damaged".
  Checked renew(const FileId& id);
  // Removes files that no fact names and that are older than `age_ms` at `now` (by the machine's clock, as the file
  // system's times are), and at any age those whose subject is erased. `named` may answer from a moment before: what was
  // renewed since is left. Beside uploads, reads and renewals, also of other processes; one sweep at a time.
  Swept sweep(const std::function<bool(const FileId&)>& named, Instant now, std::int64_t age_ms = kOrphanMs,
              const std::function<bool(SubjectId)>& erased = {});
  static constexpr std::int64_t kOrphanMs = 24LL * 3600 * 1000;

 private:
  FileStore(std::string root, StoreOptions options) : root_(std::move(root)), options_(std::move(options)) {}
  const std::string root_;
  const StoreOptions options_;
  void sweep_incoming(Instant now, std::int64_t age_ms);
  std::mutex removing_;
};

// For reading beside a running server, and for backups: they need no key.
void each_file(const Folder& folder, const std::function<void(const FileId&, const std::string& path)>& f);
FileCheck verify(const Folder& folder);
std::string path_of(const Folder& folder, const FileId& id);

}  // namespace yi::files
