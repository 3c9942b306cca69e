#pragma once
// For tests and benchmarks: a directory of one's own that goes when its owner goes.
#include <filesystem>
#include <string>

#include "base/text.h"
#include "crypto/random.h"

namespace yi::store {

class TemporaryDirectory {
 public:
  TemporaryDirectory() : TemporaryDirectory(std::filesystem::temp_directory_path(), "yichuang-") {}
  // PARENT/<prefix><random>; nothing else of the parent is touched.
  TemporaryDirectory(const std::filesystem::path& parent, const std::string& prefix)
      : path_((parent / (prefix + hex(crypto::random_bytes(8)))).string()) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace yi::store
