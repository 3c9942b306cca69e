#pragma once
// Breaks a paragraph of Chinese text into lines and places every character (避头尾, 标点挤压, 1/4 em between Chinese
// and digits). Pure: no fonts, no files. Lengths are in em of the text's own size.
//
// The rules were found on the line ends of an official weekly bulletin, set in Word/WPS: with a width of 156 mm at
// 16 pt they give 78 of its 78 lines. They are described in src/publish/README.md.
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace yi::publish {

enum class CharClass {
  ideograph,  // a Chinese character
  word,       // ASCII letters, digits and signs, letters with accents: a run is never split
  space,
  open,       // “ ‘ （ 《 …: not at a line's end; its blank is on the left
  close,      // ” ’ ） 》 … and ，。、；：？！: not at a line's start; its blank is on the right
  clinging,   // · ％ ℃ … and a single dash: not at a line's start, cannot shrink (GB/T 15834-2011, 5.1)
  joint,      // …… and ——: a run of the same sign is never split
  other,
};
CharClass char_class(char32_t c);

struct LineRules {
  double width_em = 28;         // of the type area, > 0
  double first_indent_em = 0;   // of the paragraph's first line, < width_em
  double squeeze_cap_em = std::numeric_limits<double>::infinity();  // the most that all marks of a line shrink together
  bool justify = true;          // spread every line but a paragraph's last to the right edge
};

// A line: the characters [begin, end) of the text; x holds each character's origin, measured from the left edge of
// the type area (the indent is included).
struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<double> x;
  double right = 0;   // right edge of the last character that is not a space, after shrinking and spreading
  double shrink = 0;  // how much the marks inside the line were shrunk together
};

// `advance_em` holds each character's natural width and is as long as `text`. Concatenated, the lines are the text.
// An empty text gives no line. A unit that is wider than a whole line (a long URL) is split where it must be.
std::vector<Line> break_lines(std::u32string_view text, const std::vector<double>& advance_em, const LineRules& rules);

// Typed spaces of an original that act on its line ends but are not part of its words ("6 月"): a hint is searched
// without its spaces, and where it first occurs (not inside a longer number) the spaces are set. `used[i]` is set
// when hint i was found; a hint that is already used is skipped, so that it acts once in a whole document.
std::u32string apply_layout_hints(std::u32string text, const std::vector<std::u32string>& hints,
                                  std::vector<bool>& used);

}  // namespace yi::publish
