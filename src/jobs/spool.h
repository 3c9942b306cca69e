#pragma once
// A file that belongs to one job: without a name, and sealed under a key that only this process has. What a job has written, or was given,
// is gone with the process, whatever ends it.
#include <cstdint>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/siv.h"

namespace yi::jobs {

// Written by one thread until finish(); then read by any number of threads.
class Spool {
 public:
  // In `directory`, which is there. Refusal "jobs.storage_unavailable" (503).
  static Result<std::unique_ptr<Spool>> make(const std::string& directory);
  Spool(int fd, crypto::SivKey key) : fd_(fd), key_(std::move(key)) {}
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  // Refusals "jobs.storage_unavailable" (503), "jobs.file_too_large" (413, limits::kJobFileBytes).
  Checked write(std::string_view piece);
  Checked finish();
  std::int64_t size() const { return size_; }  // bytes that were written

  // Appends segment `n`, from 0; false behind the last. Throws std::runtime_error where the disk gives back something else.
  bool read(std::int64_t n, std::string& piece) const;

 private:
  Checked put();
  const int fd_;
  const crypto::SivKey key_;
  std::string waiting_;
  std::int64_t size_ = 0, segments_ = 0;
};

// A spool as a stream reads it, from the beginning. The spool outlives it.
class SpoolBuffer : public std::streambuf {
 public:
  explicit SpoolBuffer(const Spool& spool) : spool_(spool) {}
  std::int64_t position() const { return before_ + (gptr() - eback()); }

 protected:
  int_type underflow() override;

 private:
  const Spool& spool_;
  std::string piece_;
  std::int64_t next_ = 0, before_ = 0;
};

}  // namespace yi::jobs
