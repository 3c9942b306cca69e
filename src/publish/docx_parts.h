#pragma once
// Inside the room: paragraphs and tables of word/document.xml, and the package around it.
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace yi::publish::docx {

// Official names; offices own these fonts, and Word substitutes where they are missing.
inline constexpr const char* kFang = "仿宋_GB2312";
inline constexpr const char* kHei = "黑体";
inline constexpr const char* kKai = "楷体_GB2312";
inline constexpr const char* kSong = "宋体";
inline constexpr const char* kBiaosong = "方正小标宋简体";

// Twentieths of a point (dxa). The text is 156 mm wide: 11906 - 1587 - 1474.
inline constexpr int kTextWidth = 8845;

// A paragraph's settings; what is not set comes from the style Normal (仿宋 3号, 28.95 pt a line, spread).
struct Look {
  const char* font = kFang;
  int half_points = 32;                 // size; 32 = 16 pt
  const char* colour = nullptr;         // RRGGBB
  const char* justify = nullptr;        // left, center, right; null: both
  int first_chars = 0;                  // first line's indent, hundredths of a character
  int left_chars = 0, right_chars = 0;  // hundredths of a character
  int hanging_chars = 0;
  int before = 0, after = 0;            // dxa
  int line = 579;                       // exact, dxa; 0: as high as the content (pictures)
  bool keep_next = false;
  bool page_break_before = false;
  bool foot_frame = false;              // stands on the bottom edge of the type area (版记)
  const char* top_rule = nullptr;       // colour of a rule above or below
  const char* bottom_rule = nullptr;
  int rule_eighths = 6;                 // its thickness, eighths of a point
  int right_tab = 0;                    // dxa; 0: none
  int outline = -1;                     // level of a heading, from 0
};

// Appends w:p to `parent` in the order that the schema wants.
pugi::xml_node add_paragraph(pugi::xml_node parent, std::string_view text, const Look& look);
// A further run at the end of a paragraph: a tab, then the text.
void add_tabbed(pugi::xml_node paragraph, std::string_view text, const Look& look);
// An inline picture of the part word/media/qr.png, square.
void add_picture(pugi::xml_node paragraph, double side_mm);

struct Grid {
  std::vector<double> shares;
  bool has_head = false, names_first = false;
  double least_row_mm = 0;
  int half_points = 24;
};
void add_table(pugi::xml_node parent, const Grid& grid, const std::vector<std::vector<std::string>>& rows);

struct Package {
  std::string title, author, keywords, language;
  Instant created;
  std::string png;  // of word/media/qr.png; empty: no picture
};
// An empty word/document.xml with its namespaces; returns w:body.
pugi::xml_node begin_document(pugi::xml_document& document);
// Adds the section (page, margins, footers) and zips all parts. Refusal "publish.docx_failed".
Result<std::string> finish(pugi::xml_document& document, const Package& package);

}  // namespace yi::publish::docx
