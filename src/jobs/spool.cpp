#include "jobs/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "crypto/random.h"
#include "jobs/limits.h"
#include "jobs/refusals.h"

namespace yi::jobs {
namespace {

constexpr std::size_t kSegment = static_cast<std::size_t>(limits::kSealedSegmentBytes.value);
constexpr std::size_t kStored = kSegment + crypto::kSivTagBytes;

std::string context_of(std::int64_t segment) { return "yichuang.job " + std::to_string(segment); }

}  // namespace

Result<std::unique_ptr<Spool>> Spool::make(const std::string& directory) {
  int fd = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) {  // a file system without nameless files
    std::string name = directory + "/.job-XXXXXX";
    fd = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd >= 0) ::unlink(name.c_str());
  }
  if (fd < 0) return refuse(Reason::storage_unavailable);
  return std::make_unique<Spool>(fd, crypto::SivKey{crypto::Secret(crypto::random_bytes(16)), crypto::Secret(crypto::random_bytes(32))});
}

Spool::~Spool() { ::close(fd_); }

Checked Spool::put() {
  const auto sealed = crypto::siv_seal(key_, context_of(segments_), waiting_);
  auto at = static_cast<off_t>(segments_ * static_cast<std::int64_t>(kStored));
  for (std::size_t done = 0; done < sealed.size();) {
    const auto n = ::pwrite(fd_, sealed.data() + done, sealed.size() - done, at + static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return refuse(Reason::storage_unavailable);
    done += static_cast<std::size_t>(n);
  }
  ++segments_;
  waiting_.clear();
  return Done{};
}

Checked Spool::write(std::string_view piece) {
  if (size_ + static_cast<std::int64_t>(piece.size()) > limits::kJobFileBytes.value) return refuse(Reason::file_too_large);
  size_ += static_cast<std::int64_t>(piece.size());
  while (!piece.empty()) {
    const auto part = piece.substr(0, kSegment - waiting_.size());
    waiting_ += part;
    piece.remove_prefix(part.size());
    if (waiting_.size() == kSegment) YI_CHECK(put());
  }
  return Done{};
}

Checked Spool::finish() {
  if (!waiting_.empty()) YI_CHECK(put());
  return Done{};
}

bool Spool::read(std::int64_t n, std::string& piece) const {
  if (n >= segments_) return false;
  std::string sealed(kStored, '\0');
  std::size_t have = 0;
  while (have < sealed.size()) {
    const auto got = ::pread(fd_, sealed.data() + have, sealed.size() - have, static_cast<off_t>(n * static_cast<std::int64_t>(kStored)) + static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::runtime_error("a job's file cannot be read");
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  sealed.resize(have);
  const auto opened = crypto::siv_open(key_, context_of(n), sealed);
  if (!opened) throw std::runtime_error("a job's file is not what was written");
  piece += *opened;
  return true;
}

SpoolBuffer::int_type SpoolBuffer::underflow() {
  before_ += egptr() - eback();
  piece_.clear();
  if (!spool_.read(next_++, piece_)) {
    setg(nullptr, nullptr, nullptr);
    return traits_type::eof();
  }
  setg(piece_.data(), piece_.data(), piece_.data() + piece_.size());
  return traits_type::to_int_type(piece_.front());
}

}  // namespace yi::jobs
