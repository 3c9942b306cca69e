#include "bulletin/paper_formats.h"

#include <stdexcept>

#include "publish/docx_writer.h"
#include "publish/html_writer.h"
#include "publish/ofd_writer.h"
#include "publish/pdf_writer.h"
#include "publish/text_writer.h"

namespace yi::bulletin {
namespace {

// PDF and OFD show the same pages.
template <class Options>
Options page_options(const PaperOptions& o) {
  Options out;
  out.line_mode = o.line_mode;
  if (o.line_mode == publish::LineMode::word) out.layout_hints = o.layout_hints;
  out.fonts = o.fonts;
  out.created = o.created;
  return out;
}

}  // namespace

const std::vector<FormatInfo>& paper_formats() {
  static const std::vector<FormatInfo> all{
      {PaperFormat::text, "text", "txt", "text/plain; charset=utf-8", "文本"},
      {PaperFormat::html, "html", "html", "text/html; charset=utf-8", "网页文件"},
      {PaperFormat::pdf, "pdf", "pdf", "application/pdf", "PDF"},
      {PaperFormat::docx, "docx", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "可编辑的 DOCX"},
      {PaperFormat::ofd, "ofd", "ofd", "application/ofd", "OFD 版式文件（GB/T 33190）"},
      {PaperFormat::xlsx, "xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "数字表，附定义"}};
  return all;
}

const FormatInfo& info_of(PaperFormat format) {
  for (const auto& f : paper_formats())
    if (f.format == format) return f;
  throw std::logic_error("a format without its line");
}

Result<std::string> print_paper(const publish::Document& document, const std::vector<publish::Sheet>& sheets, PaperFormat format, const PaperOptions& options) {
  switch (format) {
    case PaperFormat::text: return publish::to_text(document);
    case PaperFormat::html: {
      publish::HtmlOptions o;
      o.links = false;  // a file of its own has no evidence pages beside it
      return publish::to_html_page(document, o);
    }
    case PaperFormat::pdf: return publish::to_pdf(document, page_options<publish::PdfOptions>(options));
    case PaperFormat::ofd: return publish::to_ofd(document, page_options<publish::OfdOptions>(options));
    case PaperFormat::docx: return publish::to_docx(document, {options.created});
    case PaperFormat::xlsx: break;
  }
  return publish::xlsx_book(sheets);
}

}  // namespace yi::bulletin
