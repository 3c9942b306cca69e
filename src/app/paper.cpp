#include "app/paper.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "app/data_directory.h"
#include "app/places.h"
#include "base/clock.h"
#include "bulletin/figure_sheets.h"
#include "bulletin/issue_paper.h"
#include "bulletin/names.h"
#include "engine/clock.h"
#include "engine/engine.h"
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

Result<bulletin::ReportTemplates> load_reports(const std::string& data_root, const std::string& province) {
  return bulletin::ReportTemplates::load(data_root + "/" + province + "/templates/reports");
}

namespace {

// What a page of the installation would show: what was issued, or of the internal edition its draft.
Result<Papers> week_paper(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const PaperRequest& q, const Common& common) {
  YI_TRY(const auto templates, load_templates(q.data_root));
  YI_TRY(const auto keys, engine::open_keys(reader, q.place, centre, q.keys, store::KeyAccess::read));
  const auto names = bulletin_names(common);
  const bulletin::Snapshot snapshot(reader);
  const bool internal = q.edition == bulletin::Edition::internal;
  YI_TRY(auto paper, bulletin::paper_of_week({reader, centre, viewer, names, templates, *q.week}, *keys, q.edition, internal));
  const bool issued = paper.issue && paper.issue->stage == bulletin::IssueStage::issued;
  Papers p;
  p.draft = paper.issue && !issued;
  const auto printed = issued ? std::optional(bulletin::printed_figures(paper.document)) : std::nullopt;
  YI_TRY(p.sheets, bulletin::week_sheets(reader, centre, viewer, paper.material, names, printed));
  p.warnings = bulletin::lint(paper.material, paper.document, q.edition, paper.words);
  p.document = std::move(paper.document);
  p.created = at(paper.material.figures.to, 18, 0);
  if (const auto& imprint = paper.material.imprint) {
    p.created = at(imprint->issued_on, 9, 0);
    p.layout_hints.assign(imprint->layout_hints.begin(), imprint->layout_hints.end());
  }
  return p;
}

Result<Papers> report_paper(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const PaperRequest& q, const Common& common, CivilDay today) {
  YI_TRY(const auto reports, load_reports(q.data_root));
  YI_TRY(const auto* form, reports.get(q.report));
  YI_TRY(const auto period, bulletin::parse_report_period(q.period));
  const bulletin::Snapshot snapshot(reader);
  YI_TRY(const auto m, bulletin::gather_report(reader, centre, viewer, q.edition, *form, period, today, bulletin_names(common)));
  Papers p;
  p.document = bulletin::compose_report(m, q.edition);
  p.sheets = bulletin::report_sheets(m, q.edition);
  p.created = at(m.as_of, 18, 0);
  return p;
}

// As a server of this installation would say now: a pinned clock stands at the later of its instant and the last record.
CivilDay today_of(store::Reader& reader, CentreCode centre) {
  const auto setting = engine::ClockSetting::parse(reader.meta(centre, "clock").value_or("system"));
  return civil_day(engine::Clock(setting ? *setting : engine::ClockSetting{}, {reader.head(centre).recorded_at}).now());
}

}  // namespace

Result<Papers> compose_paper(const PaperRequest& q) {
  YI_TRY(const auto common, load_common(q.data_root));
  static_cast<void>(settle(q.place.directory));  // only who may write can; then the ledger that is there is read
  YI_TRY(auto store, store::open(q.place, store::Mode::read));
  try {
    auto reader = store->open_reader();
    const auto centre = common.catalog->settings().centre;
    YI_CHECK(wait_for_reports(*reader, common, centre));
    common.changes->load(*reader, centre);
    // Whoever can read the data directory may read the internal edition.
    const auto viewer = q.edition == bulletin::Edition::internal ? identity::Viewer::operator_named("cli") : identity::Viewer::anonymous();
    if (q.week) return week_paper(*reader, centre, viewer, q, common);
    return report_paper(*reader, centre, viewer, q, common, today_of(*reader, centre));
  } catch (const std::runtime_error& f) {  // store::Failure, or a row of a view that does not read
    return Refusal{"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请运行 yichuang verify 检查账本，或从备份恢复。", 500, store::label_of(q.place)};
  }
}

Result<std::string> write_paper(const Papers& papers, bulletin::PaperFormat format, publish::LineMode line_mode) {
  return bulletin::print_paper(papers.document, papers.sheets, format, {line_mode, papers.layout_hints, font_places(), papers.created});
}

}  // namespace yi::app
