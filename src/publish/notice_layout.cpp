#include "publish/notice_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "publish/qr.h"
#include "publish/type_setter.h"

namespace yi::publish {
namespace {

// A step of the ladder of sizes: body type with its rows a page, and the type of tables (points).
struct Scale {
  double size_pt, em_mm, pitch_mm, table_pt;
};
constexpr double em_of(double points) { return points * kMmPerPoint; }
constexpr std::array<Scale, 4> kScales{{{15.75, kAreaWidth / 28, kAreaHeight / 22, 14},  // 3号 on the standard's grid
                                        {15, em_of(15), kAreaHeight / 25, 12},           // 小3
                                        {14, em_of(14), kAreaHeight / 28, 12},           // 4号
                                        {14, em_of(14), kAreaHeight / 31, 12}}};         // the same, closer lines
constexpr double kTitlePt = 22, kTitlePitch = 12.4;  // 2号
constexpr double kSmallPt = 10.5, kCaptionPt = 9;    // 5号, 小5
constexpr double kCellPad = 1.6, kRowPad = 1.1, kRule = 0.2, kTableGap = 2.2;  // mm
constexpr double kQrSide = 26, kQrWidth = 48;                                 // mm; the caption turns at kQrWidth
constexpr double kUnderscoreDepth = 0.2;  // em below the baseline
constexpr double kSealRoom = 14;  // above the organ's name: a seal of 42 mm is centred on the signature

class NoticeLayout {
 public:
  NoticeLayout(TypeSetter& setter, const Scale& scale, PageLayout& out) : setter_(setter), scale_(scale), out_(out) {
    out_.pages.emplace_back();
  }

  Checked all(const Notice& n) {
    title(n);
    if (!n.recipient.empty()) paragraph(n.recipient, FontRole::fangsong, 0, false, Part::recipient);
    YI_CHECK(blocks(n.body));
    if (!n.remedy.empty()) paragraph(n.remedy, FontRole::fangsong, 2, true, Part::body);
    YI_CHECK(closing(n));
    YI_CHECK(blocks(n.after));
    main_pages_ = out_.pages.size();
    if (n.appendix_title.empty() && n.appendix.empty()) return Done{};
    turn();
    heading(n.appendix_title);
    return blocks(n.appendix);
  }

  std::size_t main_pages() const { return main_pages_; }

 private:
  Page& page() { return out_.pages.back(); }
  double room() const { return kAreaBottom - y_; }
  void turn() {
    out_.pages.emplace_back();
    y_ = kAreaTop;
  }
  void need(double height) {
    if (height > room() + 1e-6 && y_ > kAreaTop) turn();
  }

  TypeSetter::Set set(const std::string& text, FontRole role, double width_mm, double em_mm, double indent, bool justify) {
    LineRules rules{width_mm / em_mm, indent, setter_.squeeze_cap()};
    rules.justify = justify;
    return setter_.set(to_utf32(one_line(text)), role, rules);
  }
  static std::string one_line(std::string s) {
    for (char& c : s)
      if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    return s;
  }

  void put(const TypeSetter::Set& s, std::size_t n, Part part, double left, double em, double size, double middle) {
    page().texts.push_back(TypeSetter::place(s, n, part, left, em, size, TypeSetter::baseline(middle, size)));
    join_underscores(page().texts.back(), em);
  }

  // Underscores stand for a line to write on; the fonts leave gaps between them, a rule closes these.
  void join_underscores(const PlacedText& t, double em) {
    for (std::size_t i = 0; i < t.text.size(); ++i) {
      if (t.text[i] != U'_') continue;
      const std::size_t begin = i;
      while (i + 1 < t.text.size() && t.text[i + 1] == U'_') ++i;
      const double left = t.x_mm[begin], right = t.x_mm[i] + t.glyphs[i].advance_em * em;
      page().rules.push_back({Ink::black, left, right - left, t.baseline_mm + kUnderscoreDepth * em, kRule});
    }
  }

  // Lines as even as they can be, so that no single character stands alone on the second.
  void centred(const std::string& text, FontRole role, double size, double pitch, Part part) {
    if (text.empty()) return;
    const double em = em_of(size), widest = kAreaWidth / em;
    const auto whole = setter_.set_one_line(one_line(text), role);
    if (whole.lines.empty()) return;
    const double total = whole.lines[0].right;
    const double lines = std::ceil(total / widest);
    const auto s = set(text, role, lines > 1 ? std::min(widest, total / lines + 1) * em : kAreaWidth, em, 0, false);
    for (std::size_t n = 0; n < s.lines.size(); ++n, y_ += pitch)
      put(s, n, part, kAreaLeft + (kAreaWidth - s.lines[n].right * em) / 2, em, size, y_ + pitch / 2);
  }

  void title(const Notice& n) {
    centred(n.organ, FontRole::biaosong, kTitlePt, kTitlePitch, Part::organ);
    const double top = y_;
    centred(n.title, FontRole::biaosong, kTitlePt, kTitlePitch, Part::title);
    if (!n.title.empty()) out_.outline.push_back({n.title, 1, top});
    centred(n.number, FontRole::fangsong, scale_.table_pt, scale_.pitch_mm * 0.85, Part::number);
    y_ += scale_.pitch_mm * 0.4;
  }

  void paragraph(const std::string& text, FontRole role, double indent, bool justify, Part part) {
    const auto s = set(text, role, kAreaWidth, scale_.em_mm, indent, justify);
    for (std::size_t n = 0; n < s.lines.size(); ++n, y_ += scale_.pitch_mm) {
      need(scale_.pitch_mm);
      put(s, n, part, kAreaLeft, scale_.em_mm, scale_.size_pt, y_ + scale_.pitch_mm / 2);
    }
  }

  void heading(const std::string& text) {
    if (text.empty()) return;
    need(3 * scale_.pitch_mm);
    out_.outline.push_back({text, static_cast<int>(out_.pages.size()), y_});
    paragraph(text, FontRole::heiti, 2, true, Part::heading);
  }

  Checked blocks(const std::vector<NoticeBlock>& list) {
    for (const auto& b : list) {
      switch (b.kind) {
        case NoticeBlock::Kind::heading: heading(b.text); break;
        case NoticeBlock::Kind::body: paragraph(b.text, FontRole::fangsong, 2, true, Part::body); break;
        case NoticeBlock::Kind::line: paragraph(b.text, FontRole::fangsong, 0, false, Part::body); break;
        case NoticeBlock::Kind::table: YI_CHECK(table(b)); break;
      }
    }
    return Done{};
  }

  Checked table(const NoticeBlock& b) {
    const double total = std::accumulate(b.shares.begin(), b.shares.end(), 0.0);
    const bool bad_width = std::any_of(b.shares.begin(), b.shares.end(), [](double s) { return !(s > 0); });
    const bool bad_row = std::any_of(b.rows.begin(), b.rows.end(), [&](const auto& r) { return r.size() != b.shares.size(); });
    if (b.shares.empty() || bad_width || bad_row)
      return Refusal{"publish.bad_table", "表格的各行与各列对不上，无法排版。", "请让每一行的格数与列数相同，列宽大于零。", 422, ""};
    y_ += b.small ? 0 : kTableGap;
    bool first = true;
    for (std::size_t r = 0; r < b.rows.size(); ++r) {
      YI_CHECK(row(b, r, total, first));
    }
    y_ += kTableGap;
    return Done{};
  }

  // `first`: no row stands directly above, so that the row draws its own upper rule.
  Checked row(const NoticeBlock& b, std::size_t r, double total, bool& first) {
    const double size = b.small ? kSmallPt : scale_.table_pt, em = em_of(size), pitch = em * 1.35;
    std::vector<TypeSetter::Set> cells;
    std::size_t lines = 1;
    for (std::size_t c = 0; c < b.shares.size(); ++c) {
      const bool name = (b.has_head && r == 0) || (b.names_first && c == 0);
      const double width = kAreaWidth * b.shares[c] / total - 2 * kCellPad;
      cells.push_back(set(b.rows[r][c], name ? FontRole::heiti : FontRole::fangsong, width, em, 0, false));
      lines = std::max(lines, cells.back().lines.size());
    }
    const double pad = b.small ? kRowPad / 2.2 : kRowPad;
    const double height = std::max(static_cast<double>(lines) * pitch + 2 * pad, b.least_row_mm);
    if (height > kAreaHeight)
      return Refusal{"publish.row_too_tall", "表格中有一行文字过长，一页放不下。", "请把这一行的文字删减或分成几行。", 422, ""};
    const auto before = out_.pages.size();
    // A head is not left alone at the foot of a page.
    need(r == 0 && b.has_head && b.rows.size() > 1 ? 2 * height : height);
    if (first || out_.pages.size() != before) rule(y_);
    first = false;
    double left = kAreaLeft;
    upright(left, height);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const double used = static_cast<double>(cells[c].lines.size()) * pitch;
      double middle = y_ + (height - used) / 2 + pitch / 2;
      for (std::size_t n = 0; n < cells[c].lines.size(); ++n, middle += pitch)
        put(cells[c], n, Part::cell, left + kCellPad, em, size, middle);
      left += kAreaWidth * b.shares[c] / total;
      upright(left, height);
    }
    y_ += height;
    rule(y_);
    return Done{};
  }
  void rule(double at) { page().rules.push_back({Ink::black, kAreaLeft, kAreaWidth, at, kRule}); }
  void upright(double at, double height) {
    page().rules.push_back({Ink::black, at - kRule / 2, kRule, y_ + height / 2, height});
  }

  // Contact, signature and code stay together: a signature never stands on a page without words (GB/T 9704-2012, 7.3.5.5).
  Checked closing(const Notice& n) {
    const auto contact = set(n.contact, FontRole::fangsong, kAreaWidth, scale_.em_mm, 2, true);
    const auto caption = set(n.qr.caption, FontRole::fangsong, kQrWidth, em_of(kCaptionPt), 0, false);
    const double contact_mm = static_cast<double>(contact.lines.size()) * scale_.pitch_mm;
    const double signature_mm = signature_height(n.signature);
    const double caption_pitch = em_of(kCaptionPt) * 1.3;
    const double qr_mm = n.qr.text.empty() ? 0 : 3 + kQrSide + static_cast<double>(caption.lines.size()) * caption_pitch + 1;
    need(contact_mm + std::max(signature_mm, qr_mm));
    for (std::size_t i = 0; i < contact.lines.size(); ++i, y_ += scale_.pitch_mm)
      put(contact, i, Part::contact, kAreaLeft, scale_.em_mm, scale_.size_pt, y_ + scale_.pitch_mm / 2);
    sign(n.signature);
    if (!n.qr.text.empty()) {
      YI_CHECK(code(n.qr.text));
      double middle = y_ + 3 + kQrSide + caption_pitch / 2;
      for (std::size_t i = 0; i < caption.lines.size(); ++i, middle += caption_pitch) {
        const double width = caption.lines[i].right * em_of(kCaptionPt);
        put(caption, i, Part::caption, kAreaLeft + (kQrWidth - width) / 2, em_of(kCaptionPt), kCaptionPt, middle);
      }
    }
    y_ += std::max(signature_mm, qr_mm) + (n.after.empty() ? 0 : kTableGap);
    return Done{};
  }

  double signature_height(const Signature& s) const {
    if (s.organ.empty() && s.date.empty()) return 0;
    const double lines = (s.organ.empty() ? 0 : 1) + (s.seal.empty() ? 0 : 1) + (s.date.empty() ? 0 : 1);
    return (s.seal.empty() ? scale_.pitch_mm : kSealRoom) + lines * scale_.pitch_mm;
  }

  void sign(const Signature& s) {
    double y = y_ + (s.seal.empty() ? scale_.pitch_mm : kSealRoom);
    const auto date = setter_.set_one_line(s.date, FontRole::fangsong);
    const double em = scale_.em_mm, date_mm = date.lines.empty() ? 0 : date.lines[0].right * em;
    const double axis = kAreaRight - (s.seal.empty() ? 2 : 4) * em - date_mm / 2;
    const auto centred_on_axis = [&](const std::string& text, Part part) {
      if (text.empty()) return;
      const auto line = setter_.set_one_line(text, FontRole::fangsong);
      const double width = line.lines[0].right * em;
      // A long name keeps to the type area; the date stays where the standard puts it.
      put(line, 0, part, std::min(axis - width / 2, kAreaRight - width), em, scale_.size_pt, y + scale_.pitch_mm / 2);
      y += scale_.pitch_mm;
    };
    centred_on_axis(s.organ, Part::signature);
    centred_on_axis(s.seal, Part::signature);
    centred_on_axis(s.date, Part::date);
  }

  Checked code(const std::string& text) {
    YI_TRY(const QrCode qr, qr_code(text));
    const double module = kQrSide / qr.size, left = kAreaLeft + (kQrWidth - kQrSide) / 2;
    // A trace of overlap, so that no light line shows between two rows of dark modules.
    constexpr double kOverlap = 0.02;
    for (int y = 0; y < qr.size; ++y)
      for (int x = 0; x < qr.size;) {
        int end = x;
        while (end < qr.size && qr.at(end, y)) ++end;
        if (end > x)
          page().rules.push_back({Ink::black, left + x * module, (end - x) * module + kOverlap,
                                  y_ + 3 + (y + 0.5) * module, module + kOverlap});
        x = std::max(end, x + 1);
      }
    return Done{};
  }

  TypeSetter& setter_;
  const Scale& scale_;
  PageLayout& out_;
  double y_ = kAreaTop;
  std::size_t main_pages_ = 0;
};

}  // namespace

Result<PageLayout> lay_out(const Notice& notice, const LayoutOptions& options, FontBook& book, const FontBook::Lock& lock) {
  TypeSetter setter(book, lock, options.line_mode);
  PageLayout best;
  std::size_t best_pages = 0;
  for (const auto& scale : kScales) {
    PageLayout out{scale.em_mm, scale.pitch_mm, static_cast<int>(kAreaHeight / scale.pitch_mm + 0.5), {}, {}};
    NoticeLayout layout(setter, scale, out);
    YI_CHECK(layout.all(notice));
    if (best_pages == 0 || layout.main_pages() < best_pages) {
      best = std::move(out);
      best_pages = layout.main_pages();
    }
    if (best_pages == 1) break;
  }
  number_pages(best, setter);
  if (!setter.missing().empty()) return missing_glyphs(setter.missing());
  return best;
}

Result<PageLayout> lay_out(const Notice& notice, const LayoutOptions& options) {
  YI_TRY(FontBook* const book, FontBook::get(options.fonts));
  const auto lock = book->lock();
  return lay_out(notice, options, *book, lock);
}

}  // namespace yi::publish
