#pragma once
// Inside the room: a font cut down to the characters that a paper has.
#include <set>
#include <string>

#include "base/result.h"
#include "publish/font_book.h"

namespace yi::publish {

struct FontSubset {
  std::string bytes;  // a whole font file
  bool bold = false;  // of the font: what a reader would look for in another's place
};
// With the glyphs of `characters` and what they need, with its table of characters. Refusal
// "publish.font_unreadable".
Result<FontSubset> subset_font(const FontBook::FontFile& file, const std::set<char32_t>& characters);

}  // namespace yi::publish
