#pragma once
// Where wrapped data keys lie: a file of a data directory, or a centre's rows on a server. Bytes only; DataKeys knows what they mean.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "store/place.h"

namespace yi::store {

// At most so many keys are made at a time (0.26 MB and about 20 ms of another core), and so many slots may a power cut leave half
// written.
inline constexpr std::int64_t kKeyBatch = 4'096;

enum class KeyAccess {
  make,   // the writing process: makes what is missing, finishes a rotation that was interrupted
  read,   // beside it: nothing is changed
};

inline constexpr std::int64_t kKeyHeaderBytes = 128, kKeySlotBytes = 64;
inline constexpr std::string_view kDestroyedSlot = "YIERASED";  // how one begins whose key is gone

// Any thread; read() at the same time as all others. Errors of the disk and the database are values.
class KeySlots {
 public:
  virtual ~KeySlots() = default;
  // Nothing: there are no keys yet. Refusals of data_keys.h.
  virtual Result<std::optional<std::string>> header() = 0;
  // Writes the first header, where there is none.
  virtual Checked make(std::string_view header) = 0;
  // How many slots there are. `good` says of one whether it opens: a file may end in slots that were never given out.
  virtual Result<std::int64_t> settle(const std::function<bool(std::int64_t subject)>& good) = 0;
  virtual std::int64_t count() = 0;
  virtual std::optional<std::string> read(std::int64_t subject) = 0;
  // The slots of `first` and of those behind it, at most `n`, as many as there are.
  virtual std::vector<std::string> read_on(std::int64_t first, std::int64_t n) {
    std::vector<std::string> out;
    while (static_cast<std::int64_t>(out.size()) < n) {
      auto slot = read(first + static_cast<std::int64_t>(out.size()));
      if (!slot) break;
      out.push_back(std::move(*slot));
    }
    return out;
  }
  // `slots`: those of subject `first` and so on, made under the header as it is; nothing is written where it is another by now.
  // Durable when the new count is returned.
  virtual std::optional<std::int64_t> append(std::int64_t n, std::string_view header, const std::function<std::string(std::int64_t first)>& slots) = 0;
  virtual bool destroy(const std::vector<SubjectId>& subjects) = 0;
  // All that were destroyed so far, then those since the last call.
  virtual std::vector<std::int64_t> newly_destroyed() = 0;
  // All slots and the header anew, at one moment; `wrapped` gives each anew. `step` is called after each change of a disk.
  virtual Checked exchange(std::string_view old_header, std::string_view header, const std::function<Result<std::string>(std::int64_t subject, std::string_view slot)>& wrapped,
                           const std::function<void()>& step) = 0;
  // What is left behind by a move: everything goes, durably.
  virtual bool destroy_all() = 0;
  virtual std::string where() const = 0;
};

// DIR/keys/data-keys. `make` makes the folder.
std::unique_ptr<KeySlots> key_slots_in_file(const std::string& directory, KeyAccess access);
// Rows of the place's store, which is there. Refusals of open_beside.
Result<std::unique_ptr<KeySlots>> key_slots_on_server(const Place& place, CentreCode centre);

// Shared refusals.
Refusal keys_unusable(const std::string& where);
Refusal keys_damaged(const std::string& where);
Refusal key_file_exposed(const std::string& file);

}  // namespace yi::store
