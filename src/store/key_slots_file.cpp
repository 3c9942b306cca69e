// Data keys as a file: a header, then one slot a subject.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "crypto/private_file.h"
#include "store/key_slots.h"

namespace yi::store {
namespace {


bool there(const std::string& file) {
  struct stat st {};
  return ::lstat(file.c_str(), &st) == 0;
}

bool write_at(int fd, std::string_view bytes, std::int64_t at) {
  while (!bytes.empty()) {
    const auto n = ::pwrite(fd, bytes.data(), bytes.size(), at);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
    at += n;
  }
  return true;
}

std::int64_t slot_at(std::int64_t subject) { return kKeyHeaderBytes + (subject - 1) * kKeySlotBytes; }

std::string destroyed_slot() {
  std::string blank(kDestroyedSlot);
  blank.resize(kKeySlotBytes, '\0');
  return blank;
}

class FileSlots : public KeySlots {
 public:
  FileSlots(const std::string& directory, KeyAccess access) : folder_(directory + "/keys"), file_(folder_ + "/data-keys"), access_(access) {}
  ~FileSlots() override {
    if (fd_ >= 0) ::close(fd_);
  }
  std::string where() const override { return file_; }

  Result<std::optional<std::string>> header() override {
    if (fd_ < 0) {
      if (!there(file_)) return std::optional<std::string>{};
      fd_ = ::open(file_.c_str(), (access_ == KeyAccess::make ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW);
      struct stat st {};
      if (fd_ < 0 || ::fstat(fd_, &st) != 0 || !S_ISREG(st.st_mode)) return keys_unusable(file_);
      if (st.st_mode & 077) return key_file_exposed(file_);
      if (access_ == KeyAccess::make) ::unlink((file_ + ".new").c_str());  // of a rotation that did not come so far
    }
    std::string bytes(kKeyHeaderBytes, '\0');
    if (::pread(fd_, bytes.data(), bytes.size(), 0) != kKeyHeaderBytes) return keys_damaged(file_);
    return std::optional(std::move(bytes));
  }

  Checked make(std::string_view header) override {
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return keys_unusable(folder_);
    crypto::sync_directory(folder_ + "/..");
    if (!crypto::put_once(folder_, "data-keys", header, 0600)) return keys_unusable(file_);
    return Done{};
  }

  // A power cut may leave a batch that was never given out half written. Its slots do not open; more than one batch of them is no
  // power cut.
  Result<std::int64_t> settle(const std::function<bool(std::int64_t)>& good) override {
    struct stat st {};
    if (::fstat(fd_, &st) != 0) return keys_unusable(file_);
    count_ = std::max<std::int64_t>(0, (st.st_size - kKeyHeaderBytes) / kKeySlotBytes);
    std::int64_t last = count_;
    while (last > 0 && count_ - last <= kKeyBatch && !good(last)) --last;
    if (count_ - last > kKeyBatch) return keys_damaged(file_);
    count_ = last;
    if (access_ == KeyAccess::make && st.st_size != slot_at(count_ + 1) && ::ftruncate(fd_, slot_at(count_ + 1)) != 0) return keys_unusable(file_);
    return count_;
  }

  std::int64_t count() override {
    struct stat st {};  // the writing process may have made more meanwhile
    if (access_ == KeyAccess::read && ::fstat(fd_, &st) == 0) return std::max<std::int64_t>(0, (st.st_size - kKeyHeaderBytes) / kKeySlotBytes);
    return count_;
  }

  std::optional<std::string> read(std::int64_t subject) override {
    std::string slot(kKeySlotBytes, '\0');
    if (subject < 1 || ::pread(fd_, slot.data(), slot.size(), slot_at(subject)) != kKeySlotBytes) return std::nullopt;
    return slot;
  }

  std::optional<std::int64_t> append(std::int64_t n, std::string_view, const std::function<std::string(std::int64_t)>& slots) override {
    // The file's length is part of what fdatasync makes durable. After an error the next batch overwrites this one.
    if (!write_at(fd_, slots(count_ + 1), slot_at(count_ + 1)) || ::fdatasync(fd_) != 0) return std::nullopt;
    return count_ += n;
  }

  bool destroy(const std::vector<SubjectId>& subjects) override {
    bool good = true;
    for (const auto s : subjects)
      if (s.value >= 1 && s.value <= count_) good = write_at(fd_, destroyed_slot(), slot_at(s.value)) && good;
    return ::fdatasync(fd_) == 0 && good;
  }

  std::vector<std::int64_t> newly_destroyed() override {
    std::vector<std::int64_t> out;
    if (told_) return out;
    told_ = true;
    std::string chunk;
    for (std::int64_t first = 1; first <= count_;) {
      chunk.resize(1 << 20);
      const auto n = ::pread(fd_, chunk.data(), chunk.size(), slot_at(first));
      if (n < kKeySlotBytes) throw Failure(FailureKind::io, "the file of data keys does not read");
      for (std::int64_t i = 0; i < n / kKeySlotBytes && first <= count_; ++i, ++first)
        if (std::string_view(chunk).substr(static_cast<std::size_t>(i * kKeySlotBytes)).starts_with(kDestroyedSlot)) out.push_back(first);
    }
    return out;
  }

  Checked exchange(std::string_view, std::string_view header, const std::function<Result<std::string>(std::int64_t, std::string_view)>& wrapped,
                   const std::function<void()>& step) override {
    std::string bytes(header);
    for (std::int64_t s = 1; s <= count_; ++s) {
      auto slot = read(s);
      if (!slot) return keys_unusable(file_);
      if (!slot->starts_with(kDestroyedSlot)) {
        YI_TRY(slot, wrapped(s, *slot));
      }
      bytes += *slot;
    }
    if (!crypto::write_synced(file_ + ".new", bytes, 0600)) return keys_unusable(file_ + ".new");
    step();
    if (::rename((file_ + ".new").c_str(), file_.c_str()) != 0 || !crypto::sync_directory(folder_)) return keys_unusable(file_);
    step();
    return Done{};
  }

  bool destroy_all() override {
    std::string blank;
    for (std::int64_t s = 1; s <= count_; ++s) blank += destroyed_slot();
    return write_at(fd_, blank, kKeyHeaderBytes) && ::fdatasync(fd_) == 0 && ::unlink(file_.c_str()) == 0 && crypto::sync_directory(folder_);
  }

 private:
  const std::string folder_, file_;
  const KeyAccess access_;
  int fd_ = -1;
  std::int64_t count_ = 0;
  bool told_ = false;
};

}  // namespace

std::unique_ptr<KeySlots> key_slots_in_file(const std::string& directory, KeyAccess access) { return std::make_unique<FileSlots>(directory, access); }

}  // namespace yi::store
