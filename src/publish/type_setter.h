#pragma once
// Inside the room: turns strings into placed characters and remembers the characters that no font has.
#include <set>
#include <string>
#include <vector>

#include "publish/line_breaker.h"
#include "publish/page_layout.h"

namespace yi::publish {

inline constexpr double kNo3 = 16, kNo4 = 14;  // 3号 and 4号 in points

class TypeSetter {
 public:
  TypeSetter(FontBook& book, const FontBook::Lock& lock, LineMode mode);

  // A paragraph set with its font: the characters, their glyphs, the lines.
  struct Set {
    std::u32string text;
    std::vector<Glyph> glyphs;
    std::vector<Line> lines;
  };
  Set set(std::u32string text, FontRole role, const LineRules& rules);
  // The whole text on one line, marks and gaps as in a paragraph. Its width is lines[0].right.
  Set set_one_line(std::string_view text, FontRole role);

  // Line `n` of a set text, with its left edge at `left_mm`; em_mm is the pitch that the breaker's em stands for.
  static PlacedText place(const Set& set, std::size_t n, Part part, double left_mm, double em_mm, double size_pt,
                          double baseline_mm);

  // The baseline of a Chinese character whose em box is centred at `middle_mm`.
  static double baseline(double middle_mm, double size_pt);

  const std::set<char32_t>& missing() const { return missing_; }

  LineMode mode() const { return mode_; }
  double em_mm() const { return em_mm_; }        // of the body
  double size_pt() const { return size_pt_; }    // of the body
  double pitch_mm() const { return pitch_mm_; }
  int rows() const { return rows_; }
  double squeeze_cap() const;

 private:
  FontBook& book_;
  const FontBook::Lock& lock_;
  LineMode mode_;
  double em_mm_, size_pt_, pitch_mm_;
  int rows_;
  std::set<char32_t> missing_;
};

// The head of page 1 (name, number, period, issuer and date, red rule). Returns the rows it takes of the grid.
int lay_out_masthead(const Document& document, TypeSetter& setter, Page& page);

// Page numbers (GB/T 9704-2012, 7.5) on every page of a finished layout.
void number_pages(PageLayout& out, TypeSetter& setter);
// "publish.glyph_missing": names the characters that no font has.
Refusal missing_glyphs(const std::set<char32_t>& missing);

// 版记. `rows` is what it needs at the foot of a page; draw() puts it on the bottom edge of the type area.
class ImprintLayout {
 public:
  ImprintLayout(const Imprint& imprint, TypeSetter& setter);
  int rows() const { return count_; }
  void draw(Page& page) const;

 private:
  struct Row {
    TypeSetter::Set label, rest;  // "报：" and what follows; turned lines stand below `rest`
    double hang_em = 0;
  };
  double pitch_mm_;
  int count_ = 0;  // lines
  std::vector<Row> rows_;
  TypeSetter::Set copies_;
};

}  // namespace yi::publish
