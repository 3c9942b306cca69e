#include "app/paper.h"

#include "app/places.h"
#include "bulletin/names.h"
#include "bulletin/week_views.h"
#include "publish/html_writer.h"
#include "publish/text_writer.h"
#include "store/verify.h"

namespace yi::app {

Result<bulletin::Templates> load_templates(const std::string& data_root, const std::string& province) {
  return bulletin::Templates::load(data_root + "/" + province + "/templates/bulletin.yaml", "bulletin.yaml");
}

Result<Papers> compose_paper(const PaperRequest& q) {
  YI_TRY(const auto common, load_common(q.data_root));
  YI_TRY(const auto templates, load_templates(q.data_root));
  YI_TRY(auto store, store::open_sqlite(q.data_directory, store::Mode::read));
  try {
    auto reader = store->open_reader();
    const auto centre = common.catalog->settings().centre;
    // Whoever can read the data directory may read the internal edition.
    const auto viewer = q.edition == bulletin::Edition::internal ? identity::Viewer::operator_named("cli") : identity::Viewer::anonymous();
    YI_TRY(auto composed, bulletin::compose_and_lint(*reader, centre, viewer, q.edition, q.week, bulletin::names_of(common.catalog), templates));
    Papers p{std::move(composed), {}, {}};
    p.created = at(p.composed.figures.to, 18, 0);
    if (const auto imprint = bulletin::imprint_of(*reader, centre, viewer, q.week)) {
      p.created = at(imprint->issued_on, 9, 0);
      p.layout_hints.assign(imprint->layout_hints.begin(), imprint->layout_hints.end());
    }
    return p;
  } catch (const std::runtime_error& f) {  // store::Failure, or a row of a view that does not read
    return Refusal{"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请运行 yichuang verify 检查账本，或从备份恢复。", 500, q.data_directory};
  }
}

Result<std::string> write_paper(const Papers& papers, PaperFormat format, publish::LineMode line_mode) {
  if (format == PaperFormat::text) return publish::to_text(papers.composed.document);
  if (format == PaperFormat::html) {
    publish::HtmlOptions o;
    o.links = false;  // a file of its own has no evidence pages beside it
    return publish::to_html_page(papers.composed.document, o);
  }
  publish::PdfOptions o;
  o.line_mode = line_mode;
  o.layout_hints = papers.layout_hints;
  o.fonts = font_places();
  o.created = papers.created;
  return publish::to_pdf(papers.composed.document, o);
}

}  // namespace yi::app
