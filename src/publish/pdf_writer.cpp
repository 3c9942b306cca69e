#include "publish/pdf_writer.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fmt/format.h>

#include <memory>

#include "base/text.h"
#include "publish/notice_layout.h"

namespace yi::publish {
namespace {

constexpr double points(double mm) { return mm / kMmPerPoint; }

struct Free {
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
  void operator()(cairo_t* c) const { cairo_destroy(c); }
};

cairo_status_t append(void* out, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void set_ink(cairo_t* cr, Ink ink) {
  // Print red of official heads (Y80 M80 on paper) as it looks on a screen.
  if (ink == Ink::red)
    cairo_set_source_rgb(cr, 0.84, 0.07, 0.07);
  else
    cairo_set_source_rgb(cr, 0, 0, 0);
}

// Characters [begin, end) of the text, all of one face. One cluster a character keeps the text exact in the file.
void draw_run(cairo_t* cr, const FontBook& book, const FontBook::Lock& lock, const PlacedText& text, std::size_t begin,
              std::size_t end) {
  std::string utf8;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
  for (std::size_t i = begin; i < end; ++i) {
    const auto before = utf8.size();
    append_utf8(utf8, text.text[i]);
    glyphs.push_back({text.glyphs[i].index, points(text.x_mm[i]), points(text.baseline_mm)});
    clusters.push_back({static_cast<int>(utf8.size() - before), 1});
  }
  cairo_set_font_face(cr, book.cairo_face(lock, text.glyphs[begin].face));
  cairo_set_font_size(cr, text.size_pt);
  cairo_show_text_glyphs(cr, utf8.data(), static_cast<int>(utf8.size()), glyphs.data(),
                         static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                         static_cast<cairo_text_cluster_flags_t>(0));
}

void draw_text(cairo_t* cr, const FontBook& book, const FontBook::Lock& lock, const PlacedText& text) {
  set_ink(cr, text.ink);
  const auto n = text.text.size();
  for (std::size_t i = 0; i < n;) {
    std::size_t j = i + 1;
    while (j < n && text.glyphs[j].face == text.glyphs[i].face) ++j;
    if (text.glyphs[i].face >= 0) draw_run(cr, book, lock, text, i, j);  // -1: a space that no font has
    i = j;
  }
}

void draw_rule(cairo_t* cr, const PlacedRule& rule) {
  set_ink(cr, rule.ink);
  cairo_rectangle(cr, points(rule.left_mm), points(rule.middle_mm - rule.thickness_mm / 2), points(rule.width_mm),
                  points(rule.thickness_mm));
  cairo_fill(cr);
}

struct Metadata {
  std::string title, author, subject, ledger_head;
};

void set_metadata(cairo_surface_t* pdf, const Metadata& data, Instant created) {
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(pdf, key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, data.title);
  set(CAIRO_PDF_METADATA_AUTHOR, data.author);
  set(CAIRO_PDF_METADATA_SUBJECT, data.subject);
  if (!data.ledger_head.empty()) set(CAIRO_PDF_METADATA_KEYWORDS, "ledger-head:" + data.ledger_head);
  set(CAIRO_PDF_METADATA_CREATOR, "Yichuang");
  // Cairo takes whole seconds; without a given date it would read the clock.
  auto date = to_iso(created);
  date.erase(19, 4);
  set(CAIRO_PDF_METADATA_CREATE_DATE, date);
  set(CAIRO_PDF_METADATA_MOD_DATE, date);
}

void add_outline(cairo_surface_t* pdf, const PageLayout& layout) {
  for (const auto& entry : layout.outline) {
    const auto where = fmt::format("page={} pos=[{:.2f} {:.2f}]", entry.page, points(kAreaLeft), points(entry.top_mm));
    cairo_pdf_surface_add_outline(pdf, CAIRO_PDF_OUTLINE_ROOT, entry.title.c_str(), where.c_str(),
                                  static_cast<cairo_pdf_outline_flags_t>(0));
  }
}

Result<std::string> draw(const PageLayout& layout, const Metadata& data, Instant created, const FontBook& book,
                         const FontBook::Lock& lock) {
  std::string out;
  const std::unique_ptr<cairo_surface_t, Free> pdf(
      cairo_pdf_surface_create_for_stream(append, &out, points(kPaperWidth), points(kPaperHeight)));
  set_metadata(pdf.get(), data, created);
  {
    const std::unique_ptr<cairo_t, Free> cr(cairo_create(pdf.get()));
    for (const auto& page : layout.pages) {
      for (const auto& rule : page.rules) draw_rule(cr.get(), rule);
      for (const auto& text : page.texts) draw_text(cr.get(), book, lock, text);
      cairo_show_page(cr.get());
    }
    add_outline(pdf.get(), layout);
  }
  cairo_surface_finish(pdf.get());
  const auto status = cairo_surface_status(pdf.get());
  if (status != CAIRO_STATUS_SUCCESS)
    return Refusal{"publish.pdf_failed", "生成 PDF 时出错，文件没有写出。", "请重试；仍然失败时请把这次操作告知管理员。", 500,
                   cairo_status_to_string(status)};
  return out;
}

}  // namespace

Result<std::string> to_pdf(const Document& document, const PdfOptions& options) {
  YI_TRY(FontBook* const book, FontBook::get(options.fonts));
  const auto lock = book->lock();
  YI_TRY(const PageLayout layout, lay_out(document, options, *book, lock));
  return draw(layout, {document.title, document.issuer, document.period, document.ledger_head}, options.created, *book, lock);
}

Result<std::string> to_pdf(const Notice& notice, const PdfOptions& options) {
  YI_TRY(FontBook* const book, FontBook::get(options.fonts));
  const auto lock = book->lock();
  YI_TRY(const PageLayout layout, lay_out(notice, options, *book, lock));
  return draw(layout, {full_title(notice), notice.organ, notice.number, notice.ledger_head}, options.created, *book, lock);
}

}  // namespace yi::publish
