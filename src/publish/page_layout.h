#pragma once
// Where every character and rule of a paper stands, by GB/T 9704-2012 (the numbers: src/publish/README.md). The PDF writer
// draws exactly this, and the OFD writer the same. Lengths are in mm from the top left corner of the paper,
// sizes of type in points.
#include <string>
#include <vector>

#include "base/result.h"
#include "publish/document.h"
#include "publish/font_book.h"

namespace yi::publish {

// GB/T 9704-2012, 5.1-5.2: A4, 天头 37 mm, 订口 28 mm, 版心 156 x 225 mm.
inline constexpr double kPaperWidth = 210, kPaperHeight = 297;
inline constexpr double kAreaLeft = 28, kAreaTop = 37, kAreaWidth = 156, kAreaHeight = 225;
inline constexpr double kAreaRight = kAreaLeft + kAreaWidth, kAreaBottom = kAreaTop + kAreaHeight;
inline constexpr double kMmPerPoint = 25.4 / 72;

enum class LineMode {
  grid,  // 28 characters x 22 lines fill the type area (GB/T 9704-2012, 5.2.2)
  word,  // as offices set it in Word/WPS: 16 pt, 23 lines; reproduces official line ends
};

struct LayoutOptions {
  LineMode line_mode = LineMode::grid;
  std::vector<std::string> layout_hints;  // "6 月": see apply_layout_hints; act in word mode only
  FontPlaces fonts;
};

enum class Part { name, number, period, issuer, date, heading, body, imprint, copies, page_number,
                  organ, title, recipient, cell, contact, signature, caption };  // of a notice (notice_layout.h)
enum class Ink { black, red };

// Characters on one baseline. text, glyphs and x_mm have one entry a character.
struct PlacedText {
  Part part = Part::body;
  Ink ink = Ink::black;
  double size_pt = 16;
  double baseline_mm = 0;
  double right_mm = 0;  // right edge of the last character
  std::u32string text;
  std::vector<Glyph> glyphs;
  std::vector<double> x_mm;
};

struct PlacedRule {
  Ink ink = Ink::black;
  double left_mm = 0, width_mm = 0;
  double middle_mm = 0;  // its centre line, from the top of the paper
  double thickness_mm = 0;
};

struct Page {
  std::vector<PlacedText> texts;
  std::vector<PlacedRule> rules;
};

struct OutlineEntry {
  std::string title;
  int page = 1;       // from 1
  double top_mm = 0;  // of the heading, from the top of the paper
};

struct PageLayout {
  double em_mm = 0;     // pitch of a character of the body
  double pitch_mm = 0;  // of a line
  int rows = 0;         // lines of a page
  std::vector<Page> pages;
  std::vector<OutlineEntry> outline;
};

// Refusals: those of FontBook::get; "publish.glyph_missing" (lists the characters that no font of their chain has);
// "publish.masthead_too_tall" (no room for the body on the first page); "publish.imprint_too_tall".
Result<PageLayout> lay_out(const Document& document, const LayoutOptions& options);
Result<PageLayout> lay_out(const Document& document, const LayoutOptions& options, FontBook& book,
                           const FontBook::Lock& lock);

}  // namespace yi::publish
