#pragma once
// For tests: the program's data with another centre in its settings.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace yi::catalog::test {

// Makes PARENT/data-CODE; returns it.
inline std::string data_of_centre(const std::string& parent, const std::string& code) {
  const auto root = parent + "/data-" + code;
  std::filesystem::copy(YI_SOURCE_DIR "/data", root, std::filesystem::copy_options::recursive);
  const auto file = root + "/sichuan/settings.yaml";
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string old = "code: '510000'";
  text.replace(text.find(old), old.size(), "code: '" + code + "'");
  std::ofstream(file) << text;
  return root;
}

}  // namespace yi::catalog::test
