#pragma once
// For tests and benchmarks: a directory of one's own that goes when its owner goes.
#include <filesystem>
#include <string>

#include "base/text.h"
#include "crypto/random.h"

namespace yi::store {

class TemporaryDirectory {
 public:
  TemporaryDirectory()
      : path_((std::filesystem::temp_directory_path() / ("yichuang-" + hex(crypto::random_bytes(8)))).string()) {
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
