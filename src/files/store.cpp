#include "files/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/text.h"
#include "crypto/random.h"
#include "files/container.h"
#include "files/limits.h"
#include "files/name.h"

namespace yi::files {
namespace {

namespace fs = std::filesystem;

Refusal storage_unavailable() {
  return {"files.storage_unavailable", "存储空间不足或不能写入，文件没有保存。", "请联系系统管理员检查磁盘，然后重新上传。", 507, ""};
}
Refusal too_large() {
  return {"files.too_large", limits::kUploadBytes.message, "请压缩或拆分后重新上传。", 413, ""};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }

 private:
  int fd_;
};

Descriptor open_to_read(const std::string& path) { return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)); }

bool sync_folder(const std::string& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder && ::fsync(folder.get()) == 0;
}

// Makes one folder, durably; true when it is there.
bool make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return sync_folder(fs::path(path).parent_path().string());
  return errno == EEXIST;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool read_exactly(int fd, std::uint64_t at, std::size_t size, std::string& out) {
  out.resize(size);
  std::size_t have = 0;
  while (have < size) {
    const auto n = ::pread(fd, out.data() + have, size - have, static_cast<off_t>(at + have));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    have += static_cast<std::size_t>(n);
  }
  return true;
}

// The system's times count from 1970 in UTC, as an Instant does.
bool older(const std::string& path, Instant now, std::int64_t age_ms) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return false;
  const auto ms = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000 + info.st_mtim.tv_nsec / 1'000'000;
  return now.ms - ms > age_ms;
}

std::optional<Head> head_of(const Descriptor& file) {
  std::string bytes;
  if (!file || !read_exactly(file.get(), 0, kHeadBytes, bytes)) return std::nullopt;
  auto head = read_head(bytes);
  return head ? std::optional(std::move(*head)) : std::nullopt;
}

// The SM3 of what an open file holds, in hex; how many bytes are added to `size`. Nothing where it does not read.
std::optional<std::string> hash_of(const Descriptor& file, std::int64_t& size) {
  crypto::Sm3 hash;
  hash.start();
  std::string block(256 * 1024, '\0');
  ssize_t n = 0;
  while (file && (n = ::read(file.get(), block.data(), block.size())) > 0) {
    hash.add({block.data(), static_cast<std::size_t>(n)});
    size += n;
  }
  if (!file || n < 0) return std::nullopt;
  return hex(crypto::bytes(hash.finish()));
}

// Between the look at a file's age and its removal no renewal comes: from this process both hold its mutex, from others both hold the
// shared folder's file `lock`.
class RemovalLock {
 public:
  RemovalLock(std::mutex& m, const std::string& root, bool shared, int how) : lock_(m) {
    if (!shared) return;
    file_ = Descriptor(::open((root + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    while (file_ && ::flock(file_.get(), how) != 0)
      if (errno != EINTR) file_ = Descriptor(-1);
    good_ = static_cast<bool>(file_);
  }
  explicit operator bool() const { return good_; }

 private:
  std::lock_guard<std::mutex> lock_;
  Descriptor file_{-1};
  bool good_ = true;
};

std::string path_under(const std::string& root, const FileId& id) { return root + "/" + id.value.substr(0, 2) + "/" + id.value.substr(2); }

}  // namespace

Refusal not_found(const FileId& id) {
  return {"files.not_found", "没有这个文件，或它已被删除。", "请返回上一页，从办件中重新打开。", 404, id.value};
}

bool is_file_id(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// --- in -----------------------------------------------------------------------------------------------------------------

struct Incoming::Impl {
  Impl(std::string root_, const StoreOptions& options_, const Claim& claim)
      : root(std::move(root_)), options(options_), claimed_name(claim.name), kind(claim.media_type) {
    head.subject = claim.subject;
    head.sealed = options.cipher != nullptr;
    head.nonce = head.sealed ? crypto::random_bytes(kNonceBytes) : std::string(kNonceBytes, '\0');
  }
  ~Impl() {
    if (!temporary.empty()) ::unlink(temporary.c_str());
  }
  Checked start();
  Checked put(std::string_view bytes);  // stored bytes
  Checked put_segment(std::string_view plain, bool last);
  Checked settle_scan();
  Checked take_name(const std::string& name);

  const std::string root;
  const StoreOptions& options;
  const std::string claimed_name;
  KindDetector kind;
  Head head;
  Descriptor file{-1};
  std::string temporary;  // its path, "" when nothing is left of it
  std::unique_ptr<Scan> scan;
  crypto::Sm3 stored_hash, plain_hash;
  std::string segment;    // plain, not full yet
  std::uint64_t segments = 0;
  Description about;
};

Checked Incoming::Impl::start() {
  const auto path = root + "/incoming/" + hex(crypto::random_bytes(16));
  file = Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) return storage_unavailable();
  temporary = path;
  stored_hash.start();
  plain_hash.start();
  YI_CHECK(put(write_head(head)));
  if (!options.scanner) return Done{};
  auto begun = options.scanner->begin();
  if (begun) scan = std::move(begun).value();
  else if (options.unscanned == Unscanned::refuse) return std::move(begun).error();
  return Done{};
}

Checked Incoming::Impl::put(std::string_view bytes) {
  stored_hash.add(bytes);
  if (!write_all(file.get(), bytes)) return storage_unavailable();
  return Done{};
}

Checked Incoming::Impl::put_segment(std::string_view plain, bool last) {
  std::string sealed;
  if (head.sealed) {
    YI_TRY(sealed, options.cipher->seal(head.subject, segment_context(head, segments, last), plain));
    plain = sealed;
  }
  ++segments;
  YI_CHECK(put(write_number(plain.size(), 4)));
  YI_CHECK(put(plain));
  return last ? put(write_number(plain.size(), 4)) : Checked(Done{});
}

Checked Incoming::Impl::settle_scan() {
  auto found = scan ? scan->finish() : Result<std::string>(Refusal{"files.unscanned", "文件没有经过病毒扫描，没有保存。",
                                                                   "请联系系统管理员启动病毒扫描程序后重新上传。", 503, ""});
  if (!found) return options.unscanned == Unscanned::mark ? Checked(Done{}) : Checked(std::move(found).error());
  if (!found->empty()) return Refusal{"files.virus", "文件中发现病毒（" + *found + "），没有保存。", "请查杀病毒后重新上传，或换一份文件。", 422, ""};
  about.scanned = true;
  return Done{};
}

Checked Incoming::write(std::string_view piece) {
  auto& i = *impl_;
  i.about.size += static_cast<std::int64_t>(piece.size());
  if (i.about.size > i.options.file_bytes) return too_large();
  YI_CHECK(i.kind.add(piece));
  if (i.scan) {
    if (auto read = i.scan->add(piece); !read) {
      if (i.options.unscanned == Unscanned::refuse) return read;
      i.scan.reset();
    }
  }
  i.plain_hash.add(piece);
  while (!piece.empty()) {
    const auto n = std::min(piece.size(), kSegmentBytes - i.segment.size());
    i.segment += piece.substr(0, n);
    piece.remove_prefix(n);
    if (i.segment.size() < kSegmentBytes) break;
    YI_CHECK(i.put_segment(i.segment, false));
    i.segment.clear();
  }
  return Done{};
}

Checked Incoming::Impl::take_name(const std::string& name) {
  const FileId id{name};
  const auto path = path_under(root, id);
  const auto folder = fs::path(path).parent_path().string();
  if (::fsync(file.get()) != 0 || !make_folder(folder)) return storage_unavailable();
  // Where it is already there, the same bytes take the place of the same bytes.
  if (::rename(temporary.c_str(), path.c_str()) != 0) return storage_unavailable();
  temporary.clear();
  if (!sync_folder(folder)) return storage_unavailable();
  return Done{};
}

Result<Stored> Incoming::finish() {
  auto& i = *impl_;
  YI_TRY(i.about.kind, i.kind.finish());
  YI_CHECK(i.settle_scan());
  if (!i.segment.empty()) YI_CHECK(i.put_segment(i.segment, false));
  i.about.plain = i.plain_hash.finish();
  i.about.name = safe_name(i.claimed_name, i.about.kind);
  YI_CHECK(i.put_segment(write_description(i.about), true));
  Stored stored{FileId{hex(crypto::bytes(i.stored_hash.finish()))}, i.head.subject, i.about};
  YI_CHECK(i.take_name(stored.id.value));
  return stored;
}

Incoming::Incoming(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Incoming::~Incoming() = default;

// --- out ----------------------------------------------------------------------------------------------------------------

struct Outgoing::Impl {
  Descriptor file{-1};
  std::shared_ptr<Cipher> cipher;
  Head head;
  Stored stored;
  std::uint64_t at = kHeadBytes, end = 0, index = 0;  // `end`: where the description's segment begins
  std::int64_t given = 0;
  crypto::Sm3 hash;

  Result<std::string> segment(std::uint64_t position, std::size_t size, std::uint64_t number, bool last) {
    std::string bytes;
    if (!read_exactly(file.get(), position, size, bytes)) return damaged(stored.id.value);
    if (!head.sealed) return bytes;
    if (!cipher) return Refusal{"files.sealed", "文件已加密，而系统没有密钥。", "请联系系统管理员恢复密钥。", 503, stored.id.value};
    return cipher->open(head.subject, segment_context(head, number, last), bytes);
  }
  Checked start();
};

Checked Outgoing::Impl::start() {
  struct stat info {};
  std::string bytes;
  if (::fstat(file.get(), &info) != 0) return damaged(stored.id.value);
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size < kHeadBytes + 8 || !read_exactly(file.get(), 0, kHeadBytes, bytes)) return damaged(stored.id.value);
  YI_TRY(head, read_head(bytes));
  if (!read_exactly(file.get(), size - 4, 4, bytes)) return damaged(stored.id.value);
  const auto last = read_number(bytes);
  if (last + 8 + kHeadBytes > size) return damaged(stored.id.value);
  end = size - 8 - last;
  // How many segments stand before it: all but the last of them are full, so this is told by their lengths alone.
  std::uint64_t count = 0;
  for (auto p = at; p < end; ++count) {
    if (!read_exactly(file.get(), p, 4, bytes)) return damaged(stored.id.value);
    p += 4 + read_number(bytes);
    if (p > end) return damaged(stored.id.value);
  }
  YI_TRY(const auto text, segment(end + 4, last, count, true));
  YI_TRY(stored.about, read_description(text));
  stored.subject = head.subject;
  hash.start();
  return Done{};
}

Result<bool> Outgoing::read(std::string& piece) {
  auto& i = *impl_;
  if (i.at >= i.end) return false;
  std::string bytes;
  if (!read_exactly(i.file.get(), i.at, 4, bytes)) return damaged(i.stored.id.value);
  const auto size = read_number(bytes);
  YI_TRY(const auto plain, i.segment(i.at + 4, size, i.index++, false));
  i.at += 4 + size;
  i.given += static_cast<std::int64_t>(plain.size());
  i.hash.add(plain);
  if (i.at >= i.end && (i.given != i.stored.about.size || i.hash.finish() != i.stored.about.plain)) return damaged(i.stored.id.value);
  piece += plain;
  return i.at < i.end;
}

Outgoing::Outgoing(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Outgoing::~Outgoing() = default;
const Stored& Outgoing::stored() const { return impl_->stored; }

// --- the store ------------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<FileStore>> FileStore::open(const Folder& folder, StoreOptions options) {
  const auto& root = folder.path;
  std::error_code error;
  if (!options.shared) fs::remove_all(root + "/incoming", error);
  if (options.shared) fs::create_directories(fs::path(root).parent_path(), error);
  if (!make_folder(root) || !make_folder(root + "/incoming")) return storage_unavailable();
  return std::unique_ptr<FileStore>(new FileStore(root, std::move(options)));
}

Result<std::unique_ptr<Incoming>> FileStore::begin(const Claim& claim) {
  std::unique_ptr<Incoming> in(new Incoming(std::make_unique<Incoming::Impl>(root_, options_, claim)));
  YI_CHECK(in->impl_->start());
  return in;
}

Result<std::unique_ptr<Outgoing>> FileStore::read(const FileId& id) const {
  if (!is_file_id(id.value)) return not_found(id);
  auto impl = std::make_unique<Outgoing::Impl>();
  impl->file = open_to_read(path_under(root_, id));
  if (!impl->file) return not_found(id);
  impl->cipher = options_.cipher;
  impl->stored.id = id;
  YI_CHECK(impl->start());
  return std::unique_ptr<Outgoing>(new Outgoing(std::move(impl)));
}

bool FileStore::remove(const FileId& id) {
  if (!is_file_id(id.value)) return false;
  const auto path = path_under(root_, id);
  const bool there = ::unlink(path.c_str()) == 0;
  sync_folder(fs::path(path).parent_path().string());
  return there;
}

Result<SubjectId> FileStore::subject_of(const FileId& id) const {
  if (!is_file_id(id.value)) return not_found(id);
  const auto file = open_to_read(path_under(root_, id));
  if (!file) return not_found(id);
  const auto head = head_of(file);
  if (!head) return damaged(id.value);
  return head->subject;
}

Checked FileStore::renew(const FileId& id) {
  if (!is_file_id(id.value)) return not_found(id);
  const auto path = path_under(root_, id);
  {
    const RemovalLock lock(removing_, root_, options_.shared, LOCK_SH);
    if (!lock) return storage_unavailable();
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, AT_SYMLINK_NOFOLLOW) != 0) return not_found(id);
  }
  std::int64_t size = 0;
  if (hash_of(open_to_read(path), size) != id.value) return damaged(id.value);
  return Done{};
}

Swept FileStore::sweep(const std::function<bool(const FileId&)>& named, Instant now, std::int64_t age_ms, const std::function<bool(SubjectId)>& erased) {
  Swept swept;
  std::string touched;  // the folder of the last removal: one sync for all of a folder's
  const auto settle = [&](const std::string& folder) {
    if (!touched.empty() && touched != folder) sync_folder(touched);
    touched = folder;
  };
  const auto take = [&](const std::string& path) {
    if (::unlink(path.c_str()) != 0) return false;
    settle(fs::path(path).parent_path().string());
    return true;
  };
  Folder here("");
  here.path = root_;
  each_file(here, [&](const FileId& id, const std::string& path) {
    const auto head = erased ? head_of(open_to_read(path)) : std::nullopt;
    if (head && erased(head->subject)) {
      swept.erased += take(path);
      return;
    }
    const auto left = [&] {
      struct stat info {};
      if (::lstat(path.c_str(), &info) != 0) return;
      ++swept.files;
      swept.bytes += info.st_size;
    };
    if (!older(path, now, age_ms) || named(id)) return left();
    const RemovalLock lock(removing_, root_, options_.shared, LOCK_EX);
    if (!lock || !older(path, now, age_ms)) return left();
    swept.orphans += take(path);
  });
  settle("");
  sweep_incoming(now, std::min(age_ms, kOrphanMs));  // half a file is nobody's draft
  return swept;
}

// Halves of uploads that broke off. One that is under way is written to all the time.
void FileStore::sweep_incoming(Instant now, std::int64_t age_ms) {
  std::error_code error;
  for (const auto& half : fs::directory_iterator(root_ + "/incoming", error))
    if (const auto path = half.path().string(); older(path, now, age_ms)) ::unlink(path.c_str());
}

std::string path_of(const Folder& folder, const FileId& id) { return path_under(folder.path, id); }

void each_file(const Folder& root, const std::function<void(const FileId&, const std::string&)>& f) {
  std::error_code error;
  for (const auto& folder : fs::directory_iterator(root.path, error)) {
    const auto two = folder.path().filename().string();
    if (two.size() != 2) continue;
    for (const auto& file : fs::directory_iterator(folder.path(), error))
      if (FileId id{two + file.path().filename().string()}; is_file_id(id.value)) f(id, file.path().string());
  }
}

FileCheck verify(const Folder& folder) {
  FileCheck check;
  each_file(folder, [&](const FileId& id, const std::string& path) {
    const auto hash = hash_of(open_to_read(path), check.bytes);
    struct stat info {};
    if (!hash && ::lstat(path.c_str(), &info) != 0 && errno == ENOENT) return;  // a running server has taken it away meanwhile
    ++check.files;
    if (hash != id.value && !check.broken) check.broken = id.value;
  });
  return check;
}

}  // namespace yi::files
