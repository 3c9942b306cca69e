#include "site/pages.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/limits.h"
#include "base/text.h"
#include "crypto/sm3.h"

namespace yi::site {
namespace {

namespace fs = std::filesystem;

struct MediaType {
  std::string_view suffix, type;
};
constexpr std::array kMediaTypes = {
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".png", "image/png"},
    MediaType{".woff2", "font/woff2"},
    MediaType{".json", "application/json; charset=utf-8"},
};

std::string_view media_type_of(std::string_view name) {
  for (const auto& m : kMediaTypes)
    if (name.ends_with(m.suffix)) return m.type;
  return "";
}

bool plain_name(std::string_view name) {
  return !name.empty() && name[0] != '.' && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
  });
}

Refusal refuse(const char* code, const char* sentence, const std::string& where) {
  return {code, sentence, "请重新构建页面文件（./run），或移走这个文件后重新启动。", 500, where};
}

Result<std::string> content_of(const fs::path& path, std::uintmax_t& room) {
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  if (failed) return refuse("site.unreadable", "页面文件读不出来。", path.string());
  if (size > room) return refuse("site.too_large", "页面文件超过上限。", path.string());
  room -= size;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (size > 0 && !(bytes << in.rdbuf())) return refuse("site.unreadable", "页面文件读不出来。", path.string());
  return std::move(bytes).str();
}

}  // namespace

Result<Pages> Pages::read(const std::string& folder) {
  Pages pages;
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) return pages;
  auto room = static_cast<std::uintmax_t>(limits::kSiteBytes.value);
  for (const std::string under : {"", "assets/"}) {
    const fs::path here = fs::path(folder) / under;
    if (!fs::is_directory(here, ignored)) continue;
    for (const auto& entry : fs::directory_iterator(here)) {
      const auto file = entry.path().filename().string();
      if (under.empty() && file == "assets") continue;
      const bool br = file.ends_with(".br"), gz = file.ends_with(".gz");
      const std::string base = br || gz ? file.substr(0, file.size() - 3) : file;
      if (!entry.is_regular_file(ignored) || !plain_name(base) || media_type_of(base).empty())
        return refuse("site.unknown_file", "页面文件夹里有构建不会写的文件。", entry.path().string());
      YI_TRY(auto bytes, content_of(entry.path(), room));
      auto& f = pages.files_[under + base];
      (br ? f.brotli : gz ? f.gzip : f.plain) = std::move(bytes);
    }
  }
  for (auto& [name, f] : pages.files_) {
    if (f.plain.empty()) return refuse("site.unreadable", "页面文件是空的，或者只有压缩的。", name);
    f.media_type = media_type_of(name);
    f.etag = '"' + hex(crypto::bytes(crypto::sm3(f.plain))).substr(0, 32) + '"';
  }
  for (const char* shell : {"portal.html", "desk.html", "screen.html", "device.html"})
    if (!pages.find(shell)) return refuse("site.no_shell", "页面文件不全。", shell);
  return pages;
}

const File* Pages::find(std::string_view name) const {
  const auto it = files_.find(name);
  return it == files_.end() ? nullptr : &it->second;
}

}  // namespace yi::site
