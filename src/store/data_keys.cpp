#include "store/data_keys.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>

#include "base/text.h"
#include "crypto/cipher.h"
#include "crypto/encoding.h"
#include "crypto/private_file.h"
#include "crypto/random.h"

namespace yi::store {

Refusal keys_unusable(const std::string& where) {
  return {"store.keys_unusable", "无法读写个人信息的密钥。", "请检查密钥文件和数据目录的权限与磁盘空间；用数据库时请检查数据库。", 503, where};
}
Refusal keys_damaged(const std::string& where) {
  return {"store.keys_damaged", "个人信息的密钥已损坏。", "请从密钥备份恢复（备份见 docs/decisions/0010、0021）；账本没有被改动。", 500, where};
}
Refusal key_file_exposed(const std::string& file) {
  return {"store.key_file_exposed", "个人信息的密钥文件可被其他用户读取。",
          "请执行 chmod 600；若密钥可能已泄露，随后运行 yichuang keys rotate 更换主密钥。", 500, file};
}

namespace {

constexpr std::string_view kMagic = "YIKEYS1\n", kMasterWord = "yichuang-master/1 ";
constexpr std::size_t kKeyBytes = 48;  // 16 for SM4, 32 for HMAC-SM3

Refusal missing(const std::string& where) {
  return {"store.keys_missing", "找不到个人信息的密钥。", "请从密钥备份恢复；没有它，账本完好，但其中的个人信息无法读取。", 500, where};
}
Refusal no_master(const std::string& file) {
  return {"store.master_key_missing", "找不到主密钥文件，个人信息无法读取。", "请把主密钥文件放回原处，或用 --master-key 指明它的位置；程序不会另造一把。", 500, file};
}
Refusal wrong_master(const std::string& file) {
  return {"store.master_key_wrong", "主密钥与这个中心的数据不符，个人信息无法读取。",
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
  out.resize(static_cast<std::size_t>(kKeyHeaderBytes), '\0');
  return out;
}

// Of a slot's plain bytes, which are wiped.
crypto::SivKey key_in(std::string& plain) {
  crypto::SivKey out{crypto::Secret(std::string_view(plain).substr(0, 16)), crypto::Secret(std::string_view(plain).substr(16))};
  crypto::wipe(plain);
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
    case crypto::PrivateFile::foreign:
    case crypto::PrivateFile::unreadable: return keys_unusable(file);
    case crypto::PrivateFile::exposed: return key_file_exposed(file);
    case crypto::PrivateFile::good: break;
  }
  auto rest = trim(text.reveal());
  if (!rest.starts_with(kMasterWord)) return wrong_master(file);
  auto bytes = crypto::from_hex(rest.substr(kMasterWord.size()));
  if (!bytes || bytes->size() != 32) return wrong_master(file);
  return crypto::Secret(std::move(*bytes));
}

struct Master {
  std::string file;
  Master(const std::string& directory, const KeyOptions& o) : file(o.master_key_file.empty() ? directory + "/keys/master" : o.master_key_file) {}
  std::string folder() const {
    const auto slash = file.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : file.substr(0, slash);
  }
  std::string name() const { return file.substr(file.rfind('/') + 1); }
  std::string fresh() const { return file + ".new"; }  // of a rotation under way
};

bool there(const std::string& file) {
  struct stat st {};
  return ::lstat(file.c_str(), &st) == 0;
}

std::string index_context(std::string_view header) { return "yichuang.index-key/1" + std::string(header.substr(0, 32)); }

// The key that the header was written with, of `master` and `master`.new. A rotation exchanges the header first: from then on the new
// master is the one, before it the old.
Result<crypto::Secret> matching_master(const Master& m, std::string_view header, bool& is_new) {
  is_new = false;
  auto old = read_master(m.file);
  const auto fits = [&](const Result<crypto::Secret>& k) {
    return k.ok() && crypto::siv_open(siv_of(*k), index_context(header), header.substr(32, 48)).has_value();
  };
  if (fits(old)) return old;
  if (there(m.fresh())) {
    auto fresh = read_master(m.fresh());
    if (fits(fresh)) {
      is_new = true;
      return fresh;
    }
  }
  if (!old) return old;
  return wrong_master(m.file);
}

// A service may read its master key and not write beside it: then the new one is used under the name that it has, and whoever may write
// there (keys rotate, given again) settles it. Until then nobody takes it away.
Checked take_its_name(const Master& m) {
  if (::rename(m.fresh().c_str(), m.file.c_str()) != 0) {
    if (errno == EROFS || errno == EACCES || errno == EPERM) return Done{};
    return keys_unusable(m.file);
  }
  if (!crypto::sync_directory(m.folder())) return keys_unusable(m.file);
  return Done{};
}

// First start: master key, where none was laid ready, and a header.
Checked make_first(KeySlots& slots, const Master& m, CentreCode centre) {
  if (!there(m.file)) {
    if (::mkdir(m.folder().c_str(), 0700) != 0 && errno != EEXIST) return keys_unusable(m.folder());
    crypto::sync_directory(m.folder() + "/..");
    const crypto::Secret fresh(crypto::random_bytes(32));
    if (!crypto::put_once(m.folder(), m.name(), master_text(fresh), 0600)) return keys_unusable(m.file);
  }
  YI_TRY(const auto master, read_master(m.file));
  const crypto::Secret index_key(crypto::random_bytes(32));
  return slots.make(header_of(siv_of(master), centre, 1, crypto::random_bytes(8), index_key));
}

Result<std::unique_ptr<KeySlots>> slots_of(const Place& place, CentreCode centre, KeyAccess access) {
  if (place.on_server()) return key_slots_on_server(place, centre);
  return key_slots_in_file(place.directory, access);
}

}  // namespace

struct DataKeys::Impl {
  Impl(std::unique_ptr<KeySlots> s, Master file, CentreCode c) : slots(std::move(s)), master_file(std::move(file)), centre(c) {}
  Checked take(const std::string& fresh, bool& is_new);
  bool renew();  // the header is another by now, and so is the master key
  std::string wrap(const crypto::SivKey& under, std::int64_t subject, std::string_view key) const {
    return crypto::siv_seal(under, slot_context(centre, id, subject), key);
  }
  std::optional<std::string> unwrap(std::int64_t subject, std::string_view slot) const {
    return crypto::siv_open(*present_master(), slot_context(centre, id, subject), slot);
  }
  std::shared_ptr<const crypto::SivKey> present_master() const {
    std::lock_guard lock(m);
    return master;
  }
  std::string present_header() const {
    std::lock_guard lock(m);
    return header;
  }

  const std::unique_ptr<KeySlots> slots;
  const Master master_file;
  const CentreCode centre;
  std::string id;
  crypto::Secret index_key;
  std::int64_t count = 0;
  mutable std::mutex m;  // of what a rotation exchanges
  std::string header;
  std::int64_t generation = 1;
  std::shared_ptr<const crypto::SivKey> master;
};

Checked DataKeys::Impl::take(const std::string& fresh, bool& is_new) {
  if (static_cast<std::int64_t>(fresh.size()) != kKeyHeaderBytes || !fresh.starts_with(kMagic)) return keys_damaged(slots->where());
  if (static_cast<std::int32_t>(yi::store::take(fresh, 8, 4)) != centre.value)
    return Refusal{"store.keys_other_centre", "个人信息的密钥属于另一个中心。", "请检查 --data、--store 或中心设置。", 409, slots->where()};
  YI_TRY(const auto secret, matching_master(master_file, fresh, is_new));
  auto key = std::make_shared<const crypto::SivKey>(siv_of(secret));
  id = fresh.substr(24, 8);
  index_key = crypto::Secret(crypto::siv_open(*key, index_context(fresh), std::string_view(fresh).substr(32, 48)).value());
  std::lock_guard lock(m);
  header = fresh;
  generation = static_cast<std::int64_t>(yi::store::take(fresh, 16, 8));
  master = std::move(key);
  return Done{};
}

bool DataKeys::Impl::renew() {
  const auto fresh = slots->header();
  if (!fresh || !*fresh || **fresh == present_header() || (*fresh)->substr(24, 8) != id) return false;
  bool is_new = false;
  const auto secret = matching_master(master_file, **fresh, is_new);
  if (!secret) return false;
  std::lock_guard lock(m);
  header = **fresh;
  generation = static_cast<std::int64_t>(yi::store::take(header, 16, 8));
  master = std::make_shared<const crypto::SivKey>(siv_of(*secret));
  return true;
}

DataKeys::DataKeys(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DataKeys::DataKeys(DataKeys&&) noexcept = default;
DataKeys::~DataKeys() = default;

Result<DataKeys> DataKeys::open(const Place& place, CentreCode centre, const KeyOptions& options, KeyAccess access) {
  YI_TRY(auto slots, slots_of(place, centre, access));
  const Master m(place.directory, options);
  YI_TRY(auto header, slots->header());
  if (!header) {
    if (access == KeyAccess::read) return missing(slots->where());
    YI_CHECK(make_first(*slots, m, centre));
    YI_TRY(header, slots->header());
    if (!header) return keys_unusable(slots->where());
  }
  auto impl = std::make_unique<Impl>(std::move(slots), m, centre);
  bool is_new = false;
  YI_CHECK(impl->take(*header, is_new));
  // What an interrupted rotation left: the new master takes its name, or was never used. On a server the new one may have been laid
  // ready for a rotation that is still to come.
  if (access == KeyAccess::make) {
    if (is_new) {
      YI_CHECK(take_its_name(m));
    } else if (!place.on_server()) {
      ::unlink(m.fresh().c_str());
    }
  }
  DataKeys keys(std::move(impl));
  auto& i = *keys.impl_;
  YI_TRY(i.count, i.slots->settle([&keys](std::int64_t subject) {
    crypto::SivKey key;
    const auto s = keys.read(subject, key);
    return s == Slot::good || s == Slot::destroyed;
  }));
  return keys;
}

const std::string& DataKeys::id() const { return impl_->id; }
std::int64_t DataKeys::generation() const {
  std::lock_guard lock(impl_->m);
  return impl_->generation;
}
const crypto::Secret& DataKeys::index_key() const { return impl_->index_key; }
CentreCode DataKeys::centre() const { return impl_->centre; }
std::int64_t DataKeys::count() { return impl_->slots->count(); }
std::vector<std::int64_t> DataKeys::newly_destroyed() { return impl_->slots->newly_destroyed(); }

DataKeys::Slot DataKeys::read(std::int64_t subject, crypto::SivKey& out) const {
  auto slot = impl_->slots->read(subject);
  if (!slot) return Slot::missing;
  if (slot->starts_with(kDestroyedSlot)) return Slot::destroyed;
  auto key = impl_->unwrap(subject, *slot);
  if (!key && impl_->renew()) key = impl_->unwrap(subject, *slot);
  if (!key) return Slot::damaged;
  out = key_in(*key);
  return Slot::good;
}

std::vector<crypto::SivKey> DataKeys::read_on(std::int64_t first, std::int64_t n) const {
  std::vector<crypto::SivKey> out;
  for (const auto& slot : impl_->slots->read_on(first, n)) {
    auto key = impl_->unwrap(first + static_cast<std::int64_t>(out.size()), slot);
    if (!key) break;
    out.push_back(key_in(*key));
  }
  return out;
}

bool DataKeys::append(std::int64_t n) {
  auto random = crypto::random_bytes(static_cast<std::size_t>(n) * kKeyBytes);
  const auto attempt = [&] {
    const auto master = impl_->present_master();
    return impl_->slots->append(n, impl_->present_header(), [&](std::int64_t first) {
      std::string slots;
      slots.reserve(static_cast<std::size_t>(n * kKeySlotBytes));
      for (std::int64_t i = 0; i < n; ++i)
        slots += impl_->wrap(*master, first + i, std::string_view(random).substr(static_cast<std::size_t>(i) * kKeyBytes, kKeyBytes));
      return slots;
    });
  };
  auto count = attempt();
  if (!count && impl_->renew()) count = attempt();
  crypto::wipe(random);
  return count.has_value();
}

bool DataKeys::destroy(const std::vector<SubjectId>& subjects) { return impl_->slots->destroy(subjects); }

Result<std::int64_t> rotate_master_key(const Place& place, CentreCode centre, const KeyOptions& options, const std::function<void()>& after_step) {
  const auto done = [&] {
    if (after_step) after_step();
  };
  {
    YI_TRY(const auto there_are, keys_there(place, centre));
    if (there_are.empty()) return missing(place.on_server() ? label_of(place) : place.directory + "/keys/data-keys");
  }
  YI_TRY(auto old, DataKeys::open(place, centre, options, KeyAccess::make));
  const Master m(place.directory, options);
  const crypto::Secret secret(crypto::random_bytes(32));
  const auto master = siv_of(secret);
  if (!crypto::write_synced(m.fresh(), master_text(secret), 0600) || !crypto::sync_directory(m.folder())) return keys_unusable(m.fresh());
  done();
  const auto generation = old.generation() + 1;
  auto& i = *old.impl_;
  YI_CHECK(i.slots->exchange(i.header, header_of(master, centre, generation, i.id, i.index_key), [&](std::int64_t subject, std::string_view slot) -> Result<std::string> {
    auto key = i.unwrap(subject, slot);
    if (!key) return keys_damaged(i.slots->where());
    auto fresh = i.wrap(master, subject, *key);
    crypto::wipe(*key);
    return fresh;
  }, done));
  if (::rename(m.fresh().c_str(), m.file.c_str()) != 0 || !crypto::sync_directory(m.folder())) return keys_unusable(m.file);
  done();
  return generation;
}

Result<std::string> keys_there(const Place& place, CentreCode centre) {
  auto slots = slots_of(place, centre, KeyAccess::read);
  if (!slots && slots.error().code == "store.missing") return std::string();
  if (!slots) return slots.error();
  YI_TRY(const auto header, (*slots)->header());
  return header ? hex(std::string_view(*header).substr(24, 8)) : std::string();
}

Checked copy_keys(const Place& from, const Place& to, CentreCode centre, const KeyOptions& options) {
  {
    YI_TRY(const auto there_are, keys_there(to, centre));
    if (!there_are.empty()) return Refusal{"store.keys_not_empty", "目标处已有这个中心的密钥。", "请指定另一个数据库或目录。", 409, to.on_server() ? label_of(to) : to.directory};
  }
  YI_TRY(auto source, slots_of(from, centre, KeyAccess::read));
  YI_TRY(const auto header, source->header());
  if (!header) return missing(source->where());
  Master m(from.directory, options);
  bool is_new = false;
  YI_TRY(const auto master, matching_master(m, *header, is_new));  // who cannot open them does not take them along
  YI_TRY(auto target, slots_of(to, centre, KeyAccess::make));
  YI_CHECK(target->make(*header));
  YI_TRY(const auto made, target->header());
  if (made != header) return keys_unusable(target->where());
  YI_TRY(const auto none, target->settle([](std::int64_t) { return true; }));
  if (none != 0) return keys_unusable(target->where());
  try {
    const auto count = source->count();
    std::vector<SubjectId> gone;
    for (std::int64_t first = 1; first <= count; first += kKeyBatch) {
      const auto n = std::min(kKeyBatch, count - first + 1);
      std::string bytes;
      for (std::int64_t s = first; s < first + n; ++s) {
        const auto slot = source->read(s);
        if (!slot) return keys_damaged(source->where());
        if (slot->starts_with(kDestroyedSlot)) gone.push_back({s});
        bytes += *slot;
      }
      if (!target->append(n, *header, [&](std::int64_t) { return bytes; })) return keys_unusable(target->where());
    }
    if (!gone.empty() && !target->destroy(gone)) return keys_unusable(target->where());
  } catch (const Failure&) {
    return keys_unusable(source->where());
  }
  return Done{};
}

bool destroy_keys(const Place& place, CentreCode centre) {
  try {
    auto slots = slots_of(place, centre, KeyAccess::make);
    if (!slots) return slots.error().code == "store.missing";
    const auto header = (*slots)->header();
    if (!header) return false;
    if (!*header) return true;
    return (*slots)->settle([](std::int64_t) { return true; }).ok() && (*slots)->destroy_all();
  } catch (const Failure&) {
    return false;
  }
}

}  // namespace yi::store
