#include "store/key_vault.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/cipher.h"
#include "crypto/encoding.h"

namespace yi::store {
namespace {

constexpr std::int64_t kFirstBatch = 256;      // a directory's first keys: about a millisecond
constexpr std::int64_t kFarBeyond = 1'000'000;  // an id that no registry gives out: a defect of ours
constexpr std::int64_t kFetched = 64;           // at once, of new subjects' keys on a server: each question is a way there and back
constexpr std::size_t kPadding = 32;

void put_part(std::string& out, std::string_view part) {
  out += static_cast<char>(part.size() >> 8);
  out += static_cast<char>(part.size() & 0xFF);
  out += part;
}
void put(std::string& out, std::uint64_t v, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(v >> (8 * i));
}

std::string context_of(SubjectId subject, const SealedPlace& p) {
  std::string out = "yichuang.sealed/1";
  out.reserve(48 + p.fact.size() + p.stream.size() + p.part.size());
  put(out, static_cast<std::uint64_t>(p.centre.value), 4);
  put(out, static_cast<std::uint64_t>(subject.value), 8);
  put_part(out, p.fact);
  put_part(out, p.stream);
  put_part(out, p.part);
  return out;
}

std::string bytes_context(CentreCode centre, SubjectId subject, std::string_view context) {
  std::string out = "yichuang.bytes/1";
  put(out, static_cast<std::uint64_t>(centre.value), 4);
  put(out, static_cast<std::uint64_t>(subject.value), 8);
  put_part(out, context);
  return out;
}

Refusal key_erased() {
  return {"store.key_erased", "相关个人信息已经依法删除，内容不能再读取，也不能再保存。", "不需要再做什么；确需办理的，请本人重新提出。", 410, ""};
}
Refusal key_unavailable() {
  return {"store.key_unavailable", "加密密钥暂时不能使用，内容没有保存，也不能读取。", "请稍后再试；如仍有问题，请联系系统管理员检查 keys/data-keys。", 503, ""};
}
Refusal sealed_damaged() {
  return {"store.sealed_damaged", "加密保存的内容已损坏，不能打开。", "请联系系统管理员运行 yichuang verify，并从备份恢复。", 500, ""};
}

Failure no_key(SubjectId subject, const char* why) {
  return Failure(FailureKind::corrupt, "the data key of subject " + std::to_string(subject.value) + " " + why);
}

}  // namespace

std::string normalised(BlindKind kind, std::string_view value) {
  if (kind == BlindKind::external) return std::string(value);
  std::string out;
  for (char32_t c : to_utf32(value)) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == U' ' || c == U'\t' || c == 0x3000 || c == U'-' || c == 0x2010 || c == 0x2013) continue;
    if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
    if (kind == BlindKind::phone && (c < U'0' || c > U'9')) continue;
    append_utf8(out, c);
  }
  // A Chinese mobile number has 11 digits and begins with 1.
  if (kind == BlindKind::phone) {
    if (out.size() == 15 && out.starts_with("00861")) out.erase(0, 4);
    else if (out.size() == 13 && out.starts_with("861")) out.erase(0, 2);
  }
  return out;
}

Result<std::unique_ptr<KeyVault>> KeyVault::open(const Place& place, CentreCode centre, const KeyOptions& options, KeyAccess access) {
  YI_TRY(auto keys, DataKeys::open(place, centre, options, access));
  return std::unique_ptr<KeyVault>(new KeyVault(std::move(keys), access, place.on_server()));
}

KeyVault::KeyVault(DataKeys keys, KeyAccess access, bool shared) : keys_(std::move(keys)), access_(access), shared_(shared) {
  const auto derived = [&](std::string_view what, std::size_t size) {
    return crypto::Secret(std::string(crypto::bytes(crypto::hmac_sm3(keys_.index_key(), what)).substr(0, size)));
  };
  own_ = std::make_shared<crypto::SivKey>(crypto::SivKey{derived("yichuang.installation.encryption", 16), derived("yichuang.installation.mac", 32)});
  learned_ns_ = monotonic_ns();
  take_gone(keys_.newly_destroyed());
  size_ = wanted_ = keys_.count();
  if (access == KeyAccess::make) start_maker();
}

KeyVault::~KeyVault() { stop_maker(); }

void KeyVault::start_maker() {
  if (size_ == 0) wanted_ = kFirstBatch;
  stopping_ = failed_ = false;
  maker_ = std::thread([this] { make_keys(); });
}

void KeyVault::stop_maker() {
  {
    std::lock_guard lock(m_);
    stopping_ = true;
  }
  wake_.notify_all();
  made_.notify_all();
  if (maker_.joinable()) maker_.join();
}

void KeyVault::lead() {
  if (access_ == KeyAccess::make) return;
  const auto gone = keys_.newly_destroyed();
  look_again();
  std::lock_guard lock(m_);
  take_gone(gone);
  access_ = KeyAccess::make;
  start_maker();
}

void KeyVault::follow() {
  if (access_ == KeyAccess::read) return;
  stop_maker();
  access_ = KeyAccess::read;
  std::lock_guard lock(m_);
  forget_cached();
  closed_.clear();  // of groups that were not stored; what was is destroyed by who leads now
}

void KeyVault::take_gone(const std::vector<std::int64_t>& subjects) const {
  for (const auto s : subjects) {
    destroyed_.insert(s);
    if (auto it = cache_.find(s); it != cache_.end()) {
      order_.erase(it->second.place);
      cache_.erase(it);
    }
  }
}

void KeyVault::learn() const {
  if (!shared_ || access_ == KeyAccess::make) return;  // who leads destroys, and knows
  const auto now = monotonic_ns();
  auto last = learned_ns_.load();
  if (now - last < kKeyGoneMs * 1'000'000 || !learned_ns_.compare_exchange_strong(last, now)) return;
  try {
    const auto gone = keys_.newly_destroyed();
    std::lock_guard lock(m_);
    take_gone(gone);
  } catch (...) {
    learned_ns_ = last;
    throw;
  }
}

std::string KeyVault::id() const { return hex(keys_.id()); }
std::int64_t KeyVault::generation() const { return keys_.generation(); }
std::int64_t KeyVault::size() const {
  if (access_ == KeyAccess::read) return keys_.count();
  std::lock_guard lock(m_);
  return size_;
}

void KeyVault::make_keys() {
  std::unique_lock lock(m_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || wanted_ > size_; });
    if (stopping_) return;
    const auto n = std::min(wanted_ - size_, kKeyBatch);
    auto size = size_;
    lock.unlock();
    bool good = false;
    {
      std::lock_guard files(files_);
      good = keys_.append(n);
      try {
        if (good) size = keys_.count();
      } catch (const Failure&) {
        good = false;
      }
    }
    lock.lock();
    if (good) size_ = size;
    else wanted_ = size_;  // whoever needs one asks again
    failed_ = !good;
    made_.notify_all();
  }
}

void KeyVault::make_ahead(SubjectId subject) {
  if (access_ == KeyAccess::read) return;
  std::unique_lock lock(m_);
  if (subject.value > size_ + kFarBeyond) throw std::logic_error("no such subject: " + std::to_string(subject.value));
  const auto ahead = std::clamp(subject.value, kFirstBatch, kKeyBatch);
  // A batch under way that will not reach this subject must be followed by one that does.
  if (wanted_ < subject.value || (size_ - subject.value < ahead / 2 && wanted_ <= size_)) {
    wanted_ = subject.value + ahead;
    failed_ = false;
    wake_.notify_one();
  }
  made_.wait(lock, [&] { return subject.value <= size_ || failed_ || stopping_; });
  if (subject.value > size_) throw Failure(FailureKind::full, "no data key could be made");
  if (shared_ && subject.value > fetched_ && !cache_.contains(subject.value)) fetch_ahead(subject, lock);
}

void KeyVault::fetch_ahead(SubjectId subject, std::unique_lock<std::mutex>& lock) {
  const auto n = std::min(kFetched, size_ - subject.value + 1), before = forgotten_;
  lock.unlock();
  auto keys = keys_.read_on(subject.value, n);
  lock.lock();
  if (forgotten_ != before) return;  // key_of reads it
  for (auto& key : keys) {
    const auto of = subject.value + (&key - keys.data());
    if (!closed_.contains(of) && !destroyed_.contains(of)) keep(of, std::make_shared<const crypto::SivKey>(std::move(key)));
  }
  fetched_ = std::max(fetched_, subject.value + std::max<std::int64_t>(1, static_cast<std::int64_t>(keys.size())) - 1);
}

void KeyVault::look_again() {
  const auto size = keys_.count();
  std::lock_guard lock(m_);
  forget_cached();
  size_ = wanted_ = size;
  failed_ = true;  // whoever waits for more asks again
  made_.notify_all();
}

void KeyVault::forget_cached() {
  cache_.clear();
  order_.clear();
  fetched_ = 0;
  ++forgotten_;
}

void KeyVault::keep(std::int64_t subject, Key key) const {
  auto [it, inserted] = cache_.try_emplace(subject);
  if (!inserted) return;
  order_.push_front(subject);
  it->second = {std::move(key), order_.begin()};
  if (static_cast<std::int64_t>(cache_.size()) > limits::kKeyCache.value) {
    cache_.erase(order_.back());
    order_.pop_back();
  }
}

KeyVault::Key KeyVault::key_of(SubjectId subject) const {
  learn();
  std::int64_t before = 0;
  {
    std::lock_guard lock(m_);
    if (closed_.contains(subject.value) || destroyed_.contains(subject.value)) return nullptr;
    if (auto it = cache_.find(subject.value); it != cache_.end()) {
      order_.splice(order_.begin(), order_, it->second.place);
      return it->second.key;
    }
    before = forgotten_;
  }
  auto key = std::make_shared<crypto::SivKey>();
  switch (keys_.read(subject.value, *key)) {
    case DataKeys::Slot::destroyed: return nullptr;  // by the server that we read beside
    case DataKeys::Slot::missing: throw no_key(subject, "is missing");
    case DataKeys::Slot::damaged: throw no_key(subject, "is damaged");
    case DataKeys::Slot::good: break;
  }
  std::lock_guard lock(m_);
  if (closed_.contains(subject.value) || destroyed_.contains(subject.value)) return nullptr;
  if (forgotten_ == before) keep(subject.value, key);
  return key;
}

SealedText KeyVault::seal_text(std::string text, SubjectId subject, const SealedPlace& place) {
  if (static_cast<std::int64_t>(text.size()) > limits::kSealedBytes.value - static_cast<std::int64_t>(kPadding))
    throw std::logic_error("personal fields are larger than limits::kSealedBytes");
  if (subject.value < 1) throw std::logic_error("personal fields without a subject");
  make_ahead(subject);
  const auto key = key_of(subject);
  if (!key) throw std::logic_error("sealing for an erased subject: " + std::to_string(subject.value));
  // JSON may be followed by blanks: the length of a name does not show.
  text.resize((text.size() + kPadding - 1) / kPadding * kPadding, ' ');
  auto sealed = crypto::base64(crypto::siv_seal(*key, context_of(subject, place), text));
  crypto::wipe(text);
  return SealedText(std::move(sealed));
}

std::optional<std::string> KeyVault::open_text(std::string_view sealed, SubjectId subject, const SealedPlace& place) const {
  const auto key = key_of(subject);
  if (!key) return std::nullopt;
  const auto bytes = crypto::from_base64(sealed);
  auto text = bytes ? crypto::siv_open(*key, context_of(subject, place), *bytes) : std::nullopt;
  if (!text) throw Failure(FailureKind::corrupt, "sealed fields of subject " + std::to_string(subject.value) + " in " + std::string(place.stream) + " do not open");
  text->resize(text->find_last_not_of(' ') + 1);
  return text;
}

Result<KeyVault::Key> KeyVault::key_for_bytes(SubjectId subject) const {
  if (!subject) return own_;
  try {
    auto key = key_of(subject);
    if (key) return key;
  } catch (const Failure&) {
    return key_unavailable();
  }
  return key_erased();
}

Result<std::string> KeyVault::seal_bytes(std::string_view plain, SubjectId subject, std::string_view context) {
  if (static_cast<std::int64_t>(plain.size()) > limits::kSealedSegmentBytes.value) throw std::logic_error("more bytes than limits::kSealedSegmentBytes");
  if (subject && erased(subject)) return key_erased();
  try {
    if (subject) make_ahead(subject);
  } catch (const Failure&) {
    return key_unavailable();
  }
  YI_TRY(const auto key, key_for_bytes(subject));
  return crypto::siv_seal(*key, bytes_context(keys_.centre(), subject, context), plain);
}

Result<std::string> KeyVault::open_bytes(std::string_view sealed, SubjectId subject, std::string_view context) const {
  YI_TRY(const auto key, key_for_bytes(subject));
  auto plain = crypto::siv_open(*key, bytes_context(keys_.centre(), subject, context), sealed);
  if (!plain) return sealed_damaged();
  return std::move(*plain);
}

crypto::Secret KeyVault::derived(std::string_view purpose) const {
  // No kind of blind index begins so.
  const auto mac = crypto::hmac_sm3(keys_.index_key(), "derived " + std::string(purpose));
  return crypto::Secret(crypto::bytes(mac));
}

std::string KeyVault::blind(BlindKind kind, std::string_view value) const {
  std::string input(json::enum_name(kind));
  input += '\0';
  input += normalised(kind, value);
  const auto mac = crypto::hmac_sm3(keys_.index_key(), input);
  crypto::wipe(input);
  return std::string(crypto::bytes(mac).substr(0, 16));
}

std::optional<CommandDigest> KeyVault::bind(const CommandDigest& digest, SubjectId subject) const {
  const auto key = key_of(subject);
  if (!key) return std::nullopt;
  std::string input = "yichuang.digest/1";
  put(input, static_cast<std::uint64_t>(subject.value), 8);
  input += bytes(digest);
  const auto mac = crypto::hmac_sm3(key->mac, input);
  CommandDigest out;
  std::memcpy(out.data(), mac.data(), out.size());
  return out;
}

void KeyVault::close(SubjectId subject) {
  std::lock_guard lock(m_);
  closed_.insert(subject.value);
}
void KeyVault::reopen(SubjectId subject) {
  std::lock_guard lock(m_);
  closed_.erase(subject.value);
}

bool KeyVault::destroy(const std::vector<SubjectId>& subjects) {
  std::lock_guard files(files_);
  {
    std::lock_guard lock(m_);
    for (const auto s : subjects) {
      closed_.insert(s.value);
      if (auto it = cache_.find(s.value); it != cache_.end()) {
        order_.erase(it->second.place);
        cache_.erase(it);
      }
    }
  }
  if (access_ == KeyAccess::read || !keys_.destroy(subjects)) return false;
  std::lock_guard lock(m_);
  for (const auto s : subjects) destroyed_.insert(s.value);
  return true;
}

bool KeyVault::erased(SubjectId subject) const {
  learn();
  std::lock_guard lock(m_);
  return closed_.contains(subject.value) || destroyed_.contains(subject.value);
}

bool KeyVault::is_destroyed(SubjectId subject) const {
  learn();
  std::lock_guard lock(m_);
  return destroyed_.contains(subject.value);
}

std::vector<SubjectId> KeyVault::destroyed() const {
  learn();
  std::lock_guard lock(m_);
  std::vector<SubjectId> out;
  for (const auto s : destroyed_) out.push_back({s});
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace yi::store
