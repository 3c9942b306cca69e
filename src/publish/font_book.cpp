#include "publish/font_book.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <array>
#include <filesystem>
#include <map>

namespace yi::publish {
namespace fs = std::filesystem;
namespace {

struct KnownFont {
  const char* file;
  const char* family;  // chooses the face inside a collection by its name; "" takes the first face
  const char* how;     // how to get it, Chinese
};

constexpr const char* kFandol = "请运行 tools/fonts.sh 下载 Fandol 字体，或把该文件放入程序目录的 fonts 文件夹。";
constexpr const char* kNoto = "请运行 apt-get install fonts-noto-cjk，或把该文件放入程序目录的 fonts 文件夹。";

constexpr KnownFont kFang{"FandolFang-Regular.otf", "", kFandol};
constexpr KnownFont kHei{"FandolHei-Regular.otf", "", kFandol};
constexpr KnownFont kKai{"FandolKai-Regular.otf", "", kFandol};
constexpr KnownFont kSong{"FandolSong-Regular.otf", "", kFandol};
constexpr KnownFont kSerif{"NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", kNoto};
constexpr KnownFont kSerifBold{"NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", kNoto};
constexpr KnownFont kSans{"NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", kNoto};

struct Chain {
  const char* role;  // Chinese, for messages
  std::vector<KnownFont> files;
};

// In the order of FontRole. Fandol covers GB 2312 and little more; Noto covers all of GBK and the rare characters.
const std::array<Chain, 5>& chains() {
  static const std::array<Chain, 5> all{{{"仿宋", {kFang, kSerif}},
                                         {"黑体", {kHei, kSans}},
                                         {"楷体", {kKai, kSerif}},
                                         {"宋体", {kSong, kSerif}},
                                         {"小标宋", {kSerifBold}}}};
  return all;
}

std::string find_below(const fs::path& root, const char* file) {
  std::error_code error;
  auto it = fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error))
    if (it->path().filename() == file) return it->path().string();
  return {};
}

std::string find_font(const FontPlaces& places, const char* file) {
  std::vector<fs::path> folders;
  if (!places.configured.empty()) folders.emplace_back(places.configured);
  if (!places.executable_directory.empty()) folders.push_back(fs::path(places.executable_directory) / "fonts");
  folders.emplace_back(".deps/fonts");
  for (const auto& folder : folders) {
    std::error_code error;
    if (fs::is_regular_file(folder / file, error)) return (folder / file).string();
  }
  return places.system.empty() ? std::string() : find_below(places.system, file);
}

// One library for the process; FreeType asks that opening faces of one library be serialised, and get() does.
FT_Library library() {
  static FT_Library lib = [] {
    FT_Library l = nullptr;
    FT_Init_FreeType(&l);
    return l;
  }();
  return lib;
}

Refusal unreadable(const std::string& path) {
  return {"publish.font_unreadable", "字体文件 " + path + " 无法读取或已损坏。", "请删除该文件后重新获取字体。", 503, path};
}

}  // namespace

Result<FontBook*> FontBook::get(const FontPlaces& places) {
  static std::mutex opening;
  // Never destroyed: Cairo keeps scaled fonts of these faces until the process ends.
  static auto& books = *new std::map<std::array<std::string, 4>, std::unique_ptr<FontBook>>;
  const std::lock_guard hold(opening);
  std::error_code error;
  const auto here = fs::current_path(error).string();
  auto& book = books[{places.configured, places.executable_directory, places.system, here}];
  if (!book) {
    auto fresh = std::unique_ptr<FontBook>(new FontBook);
    YI_CHECK(fresh->open(places));
    book = std::move(fresh);
  }
  return book.get();
}

Checked FontBook::open(const FontPlaces& places) {
  for (const auto& chain : chains()) {
    std::vector<int> faces;
    for (const auto& font : chain.files) {
      const auto path = find_font(places, font.file);
      if (path.empty())
        return Refusal{"publish.font_missing",
                       std::string("找不到") + chain.role + "所需的字体文件 " + font.file + "，无法生成 PDF。", font.how,
                       503, font.file};
      YI_TRY(const int face, open_face(path, font.family));
      faces.push_back(face);
    }
    chains_.push_back(std::move(faces));
  }
  known_.resize(chains_.size());
  return Done{};
}

Result<int> FontBook::open_face(const std::string& path, const std::string& family) {
  for (std::size_t i = 0; i < faces_.size(); ++i)
    if (faces_[i].path == path && (family.empty() || faces_[i].family == family)) return static_cast<int>(i);
  FT_Face face = nullptr;
  if (FT_New_Face(library(), path.c_str(), 0, &face) != 0) return unreadable(path);
  const long count = face->num_faces;
  // A collection (TTC) is searched by name: the order of its faces differs between packages.
  for (long i = 1; !family.empty() && face != nullptr && family != face->family_name; ++i) {
    FT_Done_Face(face);
    face = nullptr;
    if (i >= count || FT_New_Face(library(), path.c_str(), i, &face) != 0) break;
  }
  if (face == nullptr || FT_Select_Charmap(face, FT_ENCODING_UNICODE) != 0) {
    if (face != nullptr) FT_Done_Face(face);
    return unreadable(path);
  }
  auto* cairo = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
  faces_.push_back({path, face->family_name ? face->family_name : "", face, cairo});
  return static_cast<int>(faces_.size()) - 1;
}

std::optional<Glyph> FontBook::find_glyph(const Lock&, FontRole role, char32_t c) {
  const auto r = static_cast<std::size_t>(role);
  const auto [at, fresh] = known_[r].try_emplace(c);
  if (!fresh) return at->second;
  for (int f : chains_[r]) {
    const auto ft = faces_[static_cast<std::size_t>(f)].ft;
    const unsigned index = FT_Get_Char_Index(ft, c);
    if (index == 0) continue;
    FT_Fixed advance = 0;
    if (FT_Get_Advance(ft, index, FT_LOAD_NO_SCALE, &advance) != 0) continue;
    at->second = Glyph{f, index, static_cast<double>(advance) / ft->units_per_EM};
    break;
  }
  return at->second;
}

_cairo_font_face* FontBook::cairo_face(const Lock&, int face) const {
  return faces_.at(static_cast<std::size_t>(face)).cairo;
}

std::string FontBook::family(int face) const { return faces_.at(static_cast<std::size_t>(face)).family; }

FontBook::FontFile FontBook::file_of(int face) const {
  const auto& f = faces_.at(static_cast<std::size_t>(face));
  return {f.path, static_cast<unsigned>(f.ft->face_index & 0xFFFF)};  // above it: a named instance, which none of ours is
}

FontBook::~FontBook() {
  for (auto& face : faces_) {
    cairo_font_face_destroy(face.cairo);
    FT_Done_Face(face.ft);
  }
}

}  // namespace yi::publish
