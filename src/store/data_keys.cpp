#include "store/data_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "crypto/cipher.h"
#include "crypto/encoding.h"
#include "crypto/private_file.h"
#include "crypto/random.h"

namespace yi::store {
namespace {

constexpr std::string_view kMagic = "YIKEYS1\n", kMasterWord = "yichuang-master/1 ", kDestroyed = "YIERASED";
constexpr std::int64_t kHeaderBytes = 128, kSlotBytes = 64;
constexpr std::size_t kKeyBytes = 48;  // 16 for SM4, 32 for HMAC-SM3

Refusal unusable(const std::string& file) {
  return {"store.keys_unusable", "无法读写个人信息的密钥文件。", "请检查该文件和数据目录的权限与磁盘空间。", 503, file};
}
Refusal damaged(const std::string& file) {
  return {"store.keys_damaged", "个人信息的密钥文件已损坏。", "请从密钥备份恢复该文件（备份见 docs/decisions/0010）；账本没有被改动。", 500, file};
}
Refusal exposed(const std::string& file) {
  return {"store.key_file_exposed", "个人信息的密钥文件可被其他用户读取。",
          "请执行 chmod 600；若密钥可能已泄露，随后运行 yichuang keys rotate 更换主密钥。", 500, file};
}
Refusal missing(const std::string& file) {
  return {"store.keys_missing", "找不到个人信息的密钥文件。", "请从密钥备份恢复该文件；没有它，账本完好，但其中的个人信息无法读取。", 500, file};
}
Refusal no_master(const std::string& file) {
  return {"store.master_key_missing", "找不到主密钥文件，个人信息无法读取。", "请把主密钥文件放回原处，或用 --master-key 指明它的位置；程序不会另造一把。", 500, file};
}
Refusal wrong_master(const std::string& file) {
  return {"store.master_key_wrong", "主密钥与这个数据目录不符，个人信息无法读取。",
          "请检查主密钥文件（--master-key 或 keys/master）是否属于本中心、是否为更换后的新密钥。", 500, file};
}

void put(std::string& out, std::uint64_t v, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(v >> (8 * i));
}
std::uint64_t take(std::string_view s, std::size_t at, std::size_t n) {
  std::uint64_t v = 0;
  for (std::size_t i = 0; i < n; ++i) v = v << 8 | static_cast<unsigned char>(s[at + i]);
  return v;
}

crypto::SivKey siv_of(const crypto::Secret& master) {
  return {crypto::Secret(crypto::bytes(crypto::hmac_sm3(master, "yichuang.wrap.encryption")).substr(0, 16)),
          crypto::Secret(crypto::bytes(crypto::hmac_sm3(master, "yichuang.wrap.mac")))};
}

// The first 32 bytes; the wrapped index key behind them is bound to them, so it vouches for the header and shows whether
// the master key is the right one.
std::string header_words(CentreCode centre, std::int64_t generation, const std::string& id) {
  std::string out(kMagic);
  put(out, static_cast<std::uint64_t>(centre.value), 4);
  put(out, 0, 4);
  put(out, static_cast<std::uint64_t>(generation), 8);
  return out + id;
}
std::string header_of(const crypto::SivKey& master, CentreCode centre, std::int64_t generation, const std::string& id,
                      const crypto::Secret& index_key) {
  auto out = header_words(centre, generation, id);
  out += crypto::siv_seal(master, "yichuang.index-key/1" + out, index_key.reveal());
  out.resize(kHeaderBytes, '\0');
  return out;
}

std::string slot_context(CentreCode centre, const std::string& id, std::int64_t subject) {
  std::string out = "yichuang.data-key/1";
  put(out, static_cast<std::uint64_t>(centre.value), 4);
  out += id;
  put(out, static_cast<std::uint64_t>(subject), 8);
  return out;
}

std::string master_text(const crypto::Secret& master) { return std::string(kMasterWord) + hex(master.reveal()) + "\n"; }

Result<crypto::Secret> read_master(const std::string& file) {
  crypto::Secret text;
  switch (crypto::read_private(file, text)) {
    case crypto::PrivateFile::missing: return no_master(file);
    case crypto::PrivateFile::unreadable: return unusable(file);
    case crypto::PrivateFile::exposed: return exposed(file);
    case crypto::PrivateFile::good: break;
  }
  auto rest = trim(text.reveal());
  if (!rest.starts_with(kMasterWord)) return wrong_master(file);
  auto bytes = crypto::from_hex(rest.substr(kMasterWord.size()));
  if (!bytes || bytes->size() != 32) return wrong_master(file);
  return crypto::Secret(std::move(*bytes));
}

struct Places {
  std::string folder, data, master;
  Places(const std::string& directory, const KeyOptions& o)
      : folder(directory + "/keys"), data(folder + "/data-keys"), master(o.master_key_file.empty() ? folder + "/master" : o.master_key_file) {}
  std::string master_folder() const {
    const auto slash = master.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : master.substr(0, slash);
  }
  std::string master_name() const { return master.substr(master.rfind('/') + 1); }
};

bool there(const std::string& file) {
  struct stat st {};
  return ::lstat(file.c_str(), &st) == 0;
}

// The key that the header was written with, of `master` and `master`.new. A rotation renames data-keys first: from then on
// the new master is the one, before it the old.
Result<crypto::Secret> matching_master(const Places& p, std::string_view header, bool& is_new) {
  is_new = false;
  auto old = read_master(p.master);
  const auto fits = [&](const Result<crypto::Secret>& m) {
    return m.ok() && crypto::siv_open(siv_of(*m), "yichuang.index-key/1" + std::string(header.substr(0, 32)), header.substr(32, 48)).has_value();
  };
  if (fits(old)) return old;
  if (there(p.master + ".new")) {
    auto fresh = read_master(p.master + ".new");
    if (fits(fresh)) {
      is_new = true;
      return fresh;
    }
  }
  if (!old) return old;
  return wrong_master(p.master);
}

// First start: master key and an empty file of data keys.
Checked make_first(const Places& p, CentreCode centre) {
  if (::mkdir(p.folder.c_str(), 0700) != 0 && errno != EEXIST) return unusable(p.folder);
  crypto::sync_directory(p.folder + "/..");
  if (!there(p.master)) {
    const crypto::Secret fresh(crypto::random_bytes(32));
    if (!crypto::put_once(p.master_folder(), p.master_name(), master_text(fresh), 0600)) return unusable(p.master);
  }
  YI_TRY(const auto master, read_master(p.master));
  const crypto::Secret index_key(crypto::random_bytes(32));
  if (!crypto::put_once(p.folder, "data-keys", header_of(siv_of(master), centre, 1, crypto::random_bytes(8), index_key), 0600))
    return unusable(p.data);
  return Done{};
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

std::int64_t slot_at(std::int64_t subject) { return kHeaderBytes + (subject - 1) * kSlotBytes; }

}  // namespace

DataKeys::DataKeys(DataKeys&& o) noexcept
    : fd_(std::exchange(o.fd_, -1)), access_(o.access_), centre_(o.centre_), id_(std::move(o.id_)), file_(std::move(o.file_)),
      generation_(o.generation_), count_(o.count_), master_(std::move(o.master_)), index_key_(std::move(o.index_key_)),
      destroyed_(std::move(o.destroyed_)) {}
DataKeys::~DataKeys() {
  if (fd_ >= 0) ::close(fd_);
}

Result<DataKeys> DataKeys::open(const std::string& directory, CentreCode centre, const KeyOptions& options, KeyAccess access) {
  const Places p(directory, options);
  if (!there(p.data)) {
    if (access == KeyAccess::read) return missing(p.data);
    YI_CHECK(make_first(p, centre));
  }
  DataKeys k;
  k.access_ = access;
  k.centre_ = centre;
  YI_CHECK(k.load(p.data));
  std::string header(kHeaderBytes, '\0');
  if (::pread(k.fd_, header.data(), header.size(), 0) != kHeaderBytes || !header.starts_with(kMagic)) return damaged(p.data);
  if (static_cast<std::int32_t>(take(header, 8, 4)) != centre.value)
    return Refusal{"store.keys_other_centre", "个人信息的密钥文件属于另一个中心。", "请检查 --data 或中心设置。", 409, p.data};
  k.generation_ = static_cast<std::int64_t>(take(header, 16, 8));
  k.id_ = header.substr(24, 8);
  bool is_new = false;
  YI_TRY(const auto master, matching_master(p, header, is_new));
  k.master_ = siv_of(master);
  k.index_key_ = crypto::Secret(crypto::siv_open(k.master_, "yichuang.index-key/1" + header.substr(0, 32), std::string_view(header).substr(32, 48)).value());
  if (access == KeyAccess::make) {
    // What an interrupted rotation left: the new master takes its name, or was never used.
    if (is_new && (::rename((p.master + ".new").c_str(), p.master.c_str()) != 0 || !crypto::sync_directory(p.master_folder()))) return unusable(p.master);
    ::unlink((p.master + ".new").c_str());
    ::unlink((p.data + ".new").c_str());
  }
  YI_CHECK(k.scan());
  return k;
}

Checked DataKeys::load(const std::string& file) {
  file_ = file;
  fd_ = ::open(file.c_str(), (access_ == KeyAccess::make ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW);
  struct stat st {};
  if (fd_ < 0 || ::fstat(fd_, &st) != 0 || !S_ISREG(st.st_mode)) return unusable(file);
  if (st.st_mode & 077) return exposed(file);
  return Done{};
}

// Which slots are destroyed, and where the file ends: a power cut may leave a batch that was never given out half
// written. Its slots do not open; more than one batch of them is no power cut.
Checked DataKeys::scan() {
  struct stat st {};
  if (::fstat(fd_, &st) != 0) return unusable(file_);
  count_ = std::max<std::int64_t>(0, (st.st_size - kHeaderBytes) / kSlotBytes);
  crypto::SivKey key;
  std::int64_t last = count_;
  while (last > 0 && count_ - last <= kKeyBatch) {
    const auto s = read(last, key);
    if (s == Slot::good || s == Slot::destroyed) break;
    --last;
  }
  if (count_ - last > kKeyBatch) return damaged(file_);
  count_ = last;
  if (access_ == KeyAccess::make && st.st_size != slot_at(count_ + 1) && ::ftruncate(fd_, slot_at(count_ + 1)) != 0) return unusable(file_);
  std::string chunk;
  for (std::int64_t first = 1; first <= count_;) {
    chunk.resize(1 << 20);
    const auto n = ::pread(fd_, chunk.data(), chunk.size(), slot_at(first));
    if (n < kSlotBytes) return unusable(file_);
    for (std::int64_t i = 0; i < n / kSlotBytes && first <= count_; ++i, ++first)
      if (std::memcmp(chunk.data() + i * kSlotBytes, kDestroyed.data(), kDestroyed.size()) == 0) destroyed_.push_back(first);
  }
  return Done{};
}

std::int64_t DataKeys::count() {
  struct stat st {};  // the writing process may have made more meanwhile
  if (access_ == KeyAccess::read && ::fstat(fd_, &st) == 0) count_ = std::max<std::int64_t>(0, (st.st_size - kHeaderBytes) / kSlotBytes);
  return count_;
}

std::string DataKeys::wrap(std::int64_t subject, std::string_view key) const {
  return crypto::siv_seal(master_, slot_context(centre_, id_, subject), key);
}
std::optional<std::string> DataKeys::unwrap(std::int64_t subject, std::string_view slot) const {
  return crypto::siv_open(master_, slot_context(centre_, id_, subject), slot);
}

DataKeys::Slot DataKeys::read(std::int64_t subject, crypto::SivKey& out) const {
  std::string slot(kSlotBytes, '\0');
  if (subject < 1 || ::pread(fd_, slot.data(), slot.size(), slot_at(subject)) != kSlotBytes) return Slot::missing;
  if (slot.starts_with(kDestroyed)) return Slot::destroyed;
  auto key = unwrap(subject, slot);
  if (!key) return Slot::damaged;
  out.encryption = crypto::Secret(std::string_view(*key).substr(0, 16));
  out.mac = crypto::Secret(std::string_view(*key).substr(16));
  crypto::wipe(*key);
  return Slot::good;
}

bool DataKeys::append(std::int64_t n) {
  auto random = crypto::random_bytes(static_cast<std::size_t>(n) * kKeyBytes);
  std::string slots;
  slots.reserve(static_cast<std::size_t>(n * kSlotBytes));
  for (std::int64_t i = 0; i < n; ++i)
    slots += wrap(count_ + 1 + i, std::string_view(random).substr(static_cast<std::size_t>(i) * kKeyBytes, kKeyBytes));
  crypto::wipe(random);
  // The file's length is part of what fdatasync makes durable. After an error the next batch overwrites this one.
  if (!write_at(fd_, slots, slot_at(count_ + 1)) || ::fdatasync(fd_) != 0) return false;
  count_ += n;
  return true;
}

bool DataKeys::destroy(const std::vector<SubjectId>& subjects) {
  std::string blank(kDestroyed);
  blank.resize(kSlotBytes, '\0');
  bool good = true;
  for (const auto s : subjects)
    if (s.value >= 1 && s.value <= count_) good = write_at(fd_, blank, slot_at(s.value)) && good;
  return ::fdatasync(fd_) == 0 && good;
}

// A friend that sees the slots as they are.
struct Rotation {
  static Result<std::string> rewrapped(const DataKeys& old, const crypto::SivKey& master) {
    auto out = header_of(master, old.centre_, old.generation_ + 1, old.id_, old.index_key_);
    std::string slot(kSlotBytes, '\0');
    for (std::int64_t s = 1; s <= old.count_; ++s) {
      if (::pread(old.fd_, slot.data(), slot.size(), slot_at(s)) != kSlotBytes) return unusable(old.file_);
      if (!slot.starts_with(kDestroyed)) {
        auto key = old.unwrap(s, slot);
        if (!key) return damaged(old.file_);
        slot = crypto::siv_seal(master, slot_context(old.centre_, old.id_, s), *key);
        crypto::wipe(*key);
      }
      out += slot;
    }
    return out;
  }
};

Result<std::int64_t> rotate_master_key(const std::string& directory, CentreCode centre, const KeyOptions& options,
                                       const std::function<void()>& after_step) {
  const auto done = [&] {
    if (after_step) after_step();
  };
  const Places p(directory, options);
  if (!there(p.data)) return missing(p.data);
  YI_TRY(const auto old, DataKeys::open(directory, centre, options, KeyAccess::make));
  const crypto::Secret master(crypto::random_bytes(32));
  YI_TRY(const auto bytes, Rotation::rewrapped(old, siv_of(master)));
  if (!crypto::write_synced(p.master + ".new", master_text(master), 0600) || !crypto::sync_directory(p.master_folder())) return unusable(p.master + ".new");
  done();
  if (!crypto::write_synced(p.data + ".new", bytes, 0600)) return unusable(p.data + ".new");
  done();
  if (::rename((p.data + ".new").c_str(), p.data.c_str()) != 0 || !crypto::sync_directory(p.folder)) return unusable(p.data);
  done();
  if (::rename((p.master + ".new").c_str(), p.master.c_str()) != 0 || !crypto::sync_directory(p.master_folder())) return unusable(p.master);
  done();
  return old.generation() + 1;
}

}  // namespace yi::store
