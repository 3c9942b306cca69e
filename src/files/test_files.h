#pragma once
// For tests: a directory of one's own, and small files of each kind, built byte by byte.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/random.h"

namespace yi::files::test {

class Directory {
 public:
  Directory() : path_((std::filesystem::temp_directory_path() / ("yichuang-files-" + crypto::random_token().substr(0, 16))).string()) {
    std::filesystem::create_directories(path_);
  }
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

inline std::string big(std::uint32_t n, int bytes) {
  std::string s;
  for (int i = bytes; i-- > 0;) s += static_cast<char>(n >> (8 * i) & 0xff);
  return s;
}
inline std::string little(std::uint32_t n, int bytes) {
  std::string s;
  for (int i = 0; i < bytes; ++i) s += static_cast<char>(n >> (8 * i) & 0xff);
  return s;
}

inline std::string png(std::uint32_t width, std::uint32_t height) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + big(13, 4) + "IHDR" + big(width, 4) + big(height, 4) + std::string("\x08\2\0\0\0", 5) +
         std::string(40, 'd');
}
// With `before` bytes of a camera's data in front of the size.
inline std::string jpeg(std::uint32_t width, std::uint32_t height, std::size_t before = 10) {
  std::string s = "\xff\xd8";
  for (; before > 60'000; before -= 60'000) s += "\xff\xe1" + big(60'002, 2) + std::string(60'000, 'e');
  s += "\xff\xe1" + big(static_cast<std::uint32_t>(before) + 2, 2) + std::string(before, 'e');
  return s + "\xff\xc0" + big(17, 2) + "\x08" + big(height, 2) + big(width, 2) + std::string(10, 'c') + "\xff\xda" + std::string(50, 'x');
}

struct Entry {
  std::string name;
  std::uint32_t packed = 10, unpacked = 10;
  std::uint32_t flags = 0;
};
// An archive as its directory tells it; the bodies are filler.
inline std::string archive(const std::vector<Entry>& entries, const std::string& comment = "", bool overlap = false) {
  std::string body, directory;
  for (const auto& e : entries) {
    const auto at = static_cast<std::uint32_t>(overlap ? 0 : body.size());
    if (!overlap || body.empty())
      body += std::string("PK\3\4") + std::string(22, '\0') + little(static_cast<std::uint32_t>(e.name.size()), 2) + std::string(2, '\0') +
              e.name + std::string(e.packed, 'z');
    directory += std::string("PK\1\2") + std::string(4, '\0') + little(e.flags, 2) + std::string(10, '\0') + little(e.packed, 4) +
                 little(e.unpacked, 4) + little(static_cast<std::uint32_t>(e.name.size()), 2) + std::string(12, '\0') + little(at, 4) + e.name;
  }
  const auto n = static_cast<std::uint32_t>(entries.size());
  return body + directory + "PK\5\6" + std::string(4, '\0') + little(n, 2) + little(n, 2) +
         little(static_cast<std::uint32_t>(directory.size()), 4) + little(static_cast<std::uint32_t>(body.size()), 4) +
         little(static_cast<std::uint32_t>(comment.size()), 2) + comment;
}

}  // namespace yi::files::test
