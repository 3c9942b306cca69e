#pragma once
// The fonts of a paper by their role, each with fallbacks for rare characters of names (堃 喆 赟 犇 are not in Fandol).
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"

struct FT_FaceRec_;
struct _cairo_font_face;

namespace yi::publish {

enum class FontRole { fangsong, heiti, kaiti, songti, biaosong };  // 仿宋, 黑体, 楷体, 宋体, 小标宋

// Where font files are looked for, in this order: `configured`, `<executable_directory>/fonts`, `.deps/fonts` under
// the current directory, `system` with its subdirectories. An empty name is skipped.
struct FontPlaces {
  std::string configured;
  std::string executable_directory;
  std::string system = "/usr/share/fonts";
};

// A glyph of one of the book's faces; its advance is in em.
struct Glyph {
  int face = -1;
  unsigned index = 0;
  double advance_em = 1;
};

// Opened faces, kept for the life of the process. A FreeType face may serve one thread at a time, so every question
// asks for the lock that lock() gives; one bulletin holds it for about a tenth of a second.
class FontBook {
 public:
  // The process's book for these places; opened at the first call and shared by later ones. A refusal is not kept,
  // so that fonts installed meanwhile are found: "publish.font_missing" (which file, how to get it),
  // "publish.font_unreadable".
  static Result<FontBook*> get(const FontPlaces& places);

  using Lock = std::unique_lock<std::mutex>;
  Lock lock() { return Lock(mutex_); }

  // The first font of the role's chain that has the character; nothing when none has.
  std::optional<Glyph> find_glyph(const Lock&, FontRole role, char32_t c);
  _cairo_font_face* cairo_face(const Lock&, int face) const;
  // "FandolFang R", "Noto Serif CJK SC": the family of a face, for tests and messages.
  std::string family(int face) const;
  // Where a face lies: its file, and its place in it where the file is a collection. For those who embed it.
  struct FontFile {
    std::string path;
    unsigned index = 0;
  };
  FontFile file_of(int face) const;

  FontBook(const FontBook&) = delete;
  FontBook& operator=(const FontBook&) = delete;
  ~FontBook();

 private:
  struct Face {
    std::string path;
    std::string family;
    FT_FaceRec_* ft = nullptr;
    _cairo_font_face* cairo = nullptr;
  };
  FontBook() = default;
  Checked open(const FontPlaces& places);
  Result<int> open_face(const std::string& path, const std::string& family);

  std::mutex mutex_;
  std::vector<Face> faces_;
  std::vector<std::vector<int>> chains_;  // by role
  std::vector<std::unordered_map<char32_t, std::optional<Glyph>>> known_;  // by role
};

}  // namespace yi::publish
