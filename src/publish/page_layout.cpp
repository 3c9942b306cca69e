#include "publish/page_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "publish/type_setter.h"

namespace yi::publish {

TypeSetter::TypeSetter(FontBook& book, const FontBook::Lock& lock, LineMode mode)
    : book_(book), lock_(lock), mode_(mode) {
  const bool grid = mode == LineMode::grid;
  // Word's 16 pt would put only 27.6 characters into 156 mm; the grid has 28 exactly, of 3号's true size 15.75 pt.
  em_mm_ = grid ? kAreaWidth / 28 : kNo3 * kMmPerPoint;
  size_pt_ = grid ? 15.75 : kNo3;
  rows_ = grid ? 22 : 23;
  pitch_mm_ = kAreaHeight / rows_;
}

double TypeSetter::squeeze_cap() const {
  // Without it the grid takes up to 30 characters a line, each mark halved: lawful but tight.
  return mode_ == LineMode::grid ? 1.0 : std::numeric_limits<double>::infinity();
}

TypeSetter::Set TypeSetter::set(std::u32string text, FontRole role, const LineRules& rules) {
  Set out{std::move(text), {}, {}};
  std::vector<double> advance;
  for (auto& c : out.text) {
    const bool space = char_class(c) == CharClass::space;
    if (space) c = U' ';
    auto glyph = book_.find_glyph(lock_, role, c);
    if (!glyph && !space) missing_.insert(c);
    Glyph g = glyph.value_or(Glyph{});
    if (space) g.advance_em = 0.5;
    out.glyphs.push_back(g);
    advance.push_back(g.advance_em);
  }
  out.lines = break_lines(out.text, advance, rules);
  return out;
}

TypeSetter::Set TypeSetter::set_one_line(std::string_view text, FontRole role) {
  LineRules rules;
  rules.width_em = 1e6;
  return set(to_utf32(text), role, rules);
}

double TypeSetter::baseline(double middle_mm, double size_pt) {
  // Chinese type: the em box reaches from 0.88 em above the baseline to 0.12 em below.
  return middle_mm + 0.38 * size_pt * kMmPerPoint;
}

PlacedText TypeSetter::place(const Set& set, std::size_t n, Part part, double left_mm, double em_mm, double size_pt,
                             double baseline_mm) {
  const Line& line = set.lines[n];
  PlacedText out;
  out.part = part;
  out.size_pt = size_pt;
  out.baseline_mm = baseline_mm;
  out.right_mm = left_mm + line.right * em_mm;
  out.text = set.text.substr(line.begin, line.end - line.begin);
  out.glyphs.assign(set.glyphs.begin() + static_cast<std::ptrdiff_t>(line.begin),
                    set.glyphs.begin() + static_cast<std::ptrdiff_t>(line.end));
  for (double x : line.x) out.x_mm.push_back(left_mm + x * em_mm);
  return out;
}

namespace {

struct Block {
  Part part;
  std::string title;  // of a heading
  TypeSetter::Set set;
};

std::vector<Block> set_body(const Document& document, const LayoutOptions& options, TypeSetter& setter) {
  std::vector<std::u32string> hints;
  if (options.line_mode == LineMode::word)
    for (const auto& hint : options.layout_hints) hints.push_back(to_utf32(hint));
  std::vector<bool> used;
  LineRules rules{kAreaWidth / setter.em_mm(), 2, setter.squeeze_cap()};
  std::vector<Block> blocks;
  for (const auto& paragraph : document.body) {
    const bool heading = paragraph.kind == Paragraph::Kind::heading;
    const auto words = paragraph.text();
    auto set = setter.set(apply_layout_hints(to_utf32(words), hints, used),
                          heading ? FontRole::heiti : FontRole::fangsong, rules);
    if (set.lines.empty()) continue;
    blocks.push_back({heading ? Part::heading : Part::body, words, std::move(set)});
  }
  return blocks;
}

// Fills the rows of page after page.
class Pager {
 public:
  Pager(PageLayout& out, const TypeSetter& setter, int first_row) : out_(out), setter_(setter), row_(first_row) {}

  void add(const std::vector<Block>& blocks) {
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const auto& block = blocks[b];
      // A heading stays with the headings that follow it and the first line of their text.
      if (block.part == Part::heading && row_ + rows_kept_together(blocks, b) > out_.rows && row_ > 0) turn();
      for (std::size_t n = 0; n < block.set.lines.size(); ++n) {
        if (row_ == out_.rows) turn();
        put(block, n);
      }
    }
  }

  void imprint(const ImprintLayout& imprint) {
    if (row_ + imprint.rows() > out_.rows && row_ > 0) turn();
    imprint.draw(out_.pages.back());
  }

 private:
  int rows_kept_together(const std::vector<Block>& blocks, std::size_t b) const {
    int rows = 0;
    for (; b < blocks.size(); ++b) {
      if (blocks[b].part != Part::heading) return rows + 1;
      rows += static_cast<int>(blocks[b].set.lines.size());
    }
    return rows;
  }

  void turn() {
    out_.pages.emplace_back();
    row_ = 0;
  }

  void put(const Block& block, std::size_t n) {
    const double top = kAreaTop + row_ * out_.pitch_mm;
    const double baseline = TypeSetter::baseline(top + out_.pitch_mm / 2, setter_.size_pt());
    out_.pages.back().texts.push_back(
        TypeSetter::place(block.set, n, block.part, kAreaLeft, setter_.em_mm(), setter_.size_pt(), baseline));
    if (block.part == Part::heading && n == 0)
      out_.outline.push_back({block.title, static_cast<int>(out_.pages.size()), top});
    ++row_;
  }

  PageLayout& out_;
  const TypeSetter& setter_;
  int row_;
};

}  // namespace

// GB/T 9704-2012, 7.5: 4号 half-width 宋体, a dash on each side, 7 mm below the type area; odd pages right minus one
// character, even pages left plus one.
void number_pages(PageLayout& out, TypeSetter& setter) {
  constexpr double kEm = kNo4 * kMmPerPoint, kBelowArea = 7;
  for (std::size_t i = 0; i < out.pages.size(); ++i) {
    const auto set = setter.set_one_line(fmt::format("— {} —", i + 1), FontRole::songti);
    const double width = set.lines[0].right * kEm;
    const double left = i % 2 == 0 ? kAreaRight - kEm - width : kAreaLeft + kEm;
    // The dash lies in the middle of the em box.
    out.pages[i].texts.push_back(TypeSetter::place(set, 0, Part::page_number, left, kEm, kNo4,
                                                   TypeSetter::baseline(kAreaBottom + kBelowArea, kNo4)));
  }
}

Refusal missing_glyphs(const std::set<char32_t>& missing) {
  constexpr std::size_t kShown = 20;
  std::string list;
  std::size_t n = 0;
  for (char32_t c : missing) {
    if (n++ == kShown) break;
    if (!list.empty()) list += "、";
    if (c >= 0x20 && c != 0x200B && c != 0xFEFF) append_utf8(list, c);
    list += fmt::format("（U+{:04X}）", static_cast<std::uint32_t>(c));
  }
  if (missing.size() > kShown) list += fmt::format("等 {} 个", missing.size());
  return {"publish.glyph_missing", "所有字体中都没有这些字符：" + list + "，无法生成 PDF。",
          "请核对这些字符是否输入有误；确需使用的，请安装含有这些字符的字体。", 422, ""};
}

Result<PageLayout> lay_out(const Document& document, const LayoutOptions& options, FontBook& book,
                           const FontBook::Lock& lock) {
  TypeSetter setter(book, lock, options.line_mode);
  PageLayout out{setter.em_mm(), setter.pitch_mm(), setter.rows(), {}, {}};
  out.pages.emplace_back();
  const int head_rows = lay_out_masthead(document, setter, out.pages.back());
  const auto blocks = set_body(document, options, setter);
  // The standard wants body text on the first page: a heading and a line of its text must fit.
  if (head_rows + 3 > setter.rows())
    return Refusal{"publish.masthead_too_tall", "报头文字过长，首页放不下正文。", "请缩短报头名称、期号或发文单位。", 422,
                   "/masthead"};
  const ImprintLayout imprint(document.imprint, setter);
  if (imprint.rows() > setter.rows())
    return Refusal{"publish.imprint_too_tall", "版记文字过长，一页放不下。", "请缩短报、送、发的单位名单。", 422,
                   "/imprint"};
  Pager pager(out, setter, head_rows);
  pager.add(blocks);
  pager.imprint(imprint);
  number_pages(out, setter);
  if (!setter.missing().empty()) return missing_glyphs(setter.missing());
  return out;
}

Result<PageLayout> lay_out(const Document& document, const LayoutOptions& options) {
  YI_TRY(FontBook* const book, FontBook::get(options.fonts));
  const auto lock = book->lock();
  return lay_out(document, options, *book, lock);
}

}  // namespace yi::publish
