#include "app/places.h"

#include <filesystem>

namespace yi::app {

std::string executable_directory() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path().string();
}

Result<std::string> data_root(const std::string& configured) {
  const auto here = executable_directory();
  std::string tried;
  for (const auto& place : configured.empty() ? std::vector<std::string>{here + "/data", here + "/../data", here + "/../../data", "/usr/share/yichuang"}
                                              : std::vector<std::string>{configured}) {
    if (std::filesystem::exists(place + "/calendar")) return std::filesystem::weakly_canonical(place).string();
    tried += (tried.empty() ? "" : "、") + place;
  }
  return Refusal{"app.no_catalogue", "找不到事项目录和日历（找过：" + tried + "）。",
                 "请用 --catalogue 指定程序的 data 目录。", 500, ""};
}

publish::FontPlaces font_places() {
  publish::FontPlaces p;
  p.executable_directory = executable_directory();
  const auto beside_the_build = p.executable_directory + "/../.deps/fonts";
  for (const auto& place : {beside_the_build, std::string("/usr/share/yichuang/fonts")})
    if (p.configured.empty() && std::filesystem::exists(place)) p.configured = place;
  return p;
}

std::string pages_root() {
  for (const auto& place : {executable_directory() + "/pages", std::string("/usr/share/yichuang/pages")})
    if (std::filesystem::exists(place + "/portal.html")) return place;
  return "";
}

}  // namespace yi::app
