#include "app/paper.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "app/data_directory.h"
#include "app/places.h"
#include "base/clock.h"
#include "bulletin/names.h"
#include "bulletin/week_views.h"
#include "publish/html_writer.h"
#include "publish/text_writer.h"
#include "store/verify.h"

namespace yi::app {

namespace {

// The position that every report has reached.
std::int64_t followed_by_all(store::Reader& reader, const engine::Registry& registry, CentreCode centre) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const auto& r : registry.reports)
    least = std::min(least, reader.select("SELECT seq FROM engine_followed WHERE centre=$1 AND name=$2", {centre.value, r->view().name})->next_integer());
  return least;
}

// Reports follow the ledger at a short distance, and stay behind it when the program was killed. A paper has all that
// was recorded before it was asked for: a server may be about to bring it, for two seconds at most.
Checked wait_for_reports(store::Reader& reader, const Common& common, CentreCode centre) {
  const auto registry = all_rooms(common)();
  const auto position = reader.head(centre).seq;
  for (const auto start = monotonic_ns(); followed_by_all(reader, registry, centre) < position;) {
    if (monotonic_ns() - start > 2'000'000'000)
      return Refusal{"app.reports_behind", "统计还没有跟上账本，这时生成的周报会缺少最近的业务。",
                     "请先运行 yichuang serve（启动时自动补齐）或 yichuang rebuild，再生成周报。", 503, ""};
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return Done{};
}

}  // namespace

Result<bulletin::Templates> load_templates(const std::string& data_root, const std::string& province) {
  return bulletin::Templates::load(data_root + "/" + province + "/templates/bulletin.yaml", "bulletin.yaml");
}

Result<Papers> compose_paper(const PaperRequest& q) {
  YI_TRY(const auto common, load_common(q.data_root));
  YI_TRY(const auto templates, load_templates(q.data_root));
  static_cast<void>(settle(q.place.directory));  // only who may write can; then the ledger that is there is read
  YI_TRY(auto store, store::open(q.place, store::Mode::read));
  try {
    auto reader = store->open_reader();
    const auto centre = common.catalog->settings().centre;
    YI_CHECK(wait_for_reports(*reader, common, centre));
    common.changes->load(*reader, centre);
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
    return Refusal{"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请运行 yichuang verify 检查账本，或从备份恢复。", 500, store::label_of(q.place)};
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
