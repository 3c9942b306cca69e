#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/centre.h"
#include "app/cli.h"
#include "app/console.h"
#include "app/paper.h"
#include "app/places.h"
#include "app/report.h"

namespace yi::app {
namespace {

struct BulletinOptions {
  std::string data = "var", week, report = "statistics", period, format = "text", edition = "internal", line_mode = "grid", out = "-";
};

int run_bulletin(const Cli& cli, const BulletinOptions& o) {
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  PaperRequest q{cli.place(o.data), *root, o.edition == "public" ? bulletin::Edition::public_ : bulletin::Edition::internal};
  q.keys = cli.keys;
  if (o.week.empty() == o.period.empty())
    return fail({"app.which_paper", "没有写要哪一期。", "周报请写 --week 2024-06-17（这一期的第一天），报告请写 --period 2024-06。", 422, "--week"});
  if (!o.week.empty()) {
    const auto week = parse_day(o.week);
    if (!week) return fail(week.error());
    q.week = *week;
  }
  q.report = o.report;
  q.period = o.period;
  const auto papers = compose_paper(q);
  if (!papers) return fail(papers.error());
  bulletin::PaperFormat format{};
  json::enum_from(o.format, format);  // the command line has judged it
  const auto bytes = write_paper(*papers, format, o.line_mode == "word" ? publish::LineMode::word : publish::LineMode::grid);
  if (!bytes) return fail(bytes.error());
  if (auto written = write_output(o.out, *bytes); !written) return fail(written.error());
  if (papers->draft) fmt::print(stderr, "提示：这一期还没有签发，这是编发台上现在的草稿。\n");
  for (const auto& w : papers->warnings) fmt::print(stderr, "提示（{}）：{}\n", w.where, w.sentence);
  return 0;
}

struct ReplayOptions {
  std::string data = "var";
  std::vector<std::string> files;
  std::string hall;
  bool fresh = false;
  std::uint32_t seed = 1;
};

int run_replay(const Cli& cli, const ReplayOptions& o) {
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  auto common = load_common(*root);
  if (!common) return fail(common.error());
  auto files = load_weeks(o.files);
  if (!files) return fail(files.error());
  std::optional<replay::HallScript> hall;
  if (!o.hall.empty()) {
    auto read = replay::load_hall(o.hall, std::filesystem::path(o.hall).filename().string(), *common->catalog);
    if (!read) return fail(read.error());
    hall = std::move(*read);
  }
  Progress progress("办理");
  auto weeks = make_centre({cli.place(o.data), o.fresh, o.seed, cli.keys, hall ? &*hall : nullptr, *root + "/roles.yaml"}, *files, *common, [&](std::int64_t done, std::int64_t all) { progress.at(done, all); });
  if (!weeks) return fail(weeks.error());
  for (const auto& w : *weeks) report(w);
  fmt::print("数据目录：{}\n", o.data);
  if (!cli.store.empty()) fmt::print("数据库：{}\n", store::label_of(cli.store));
  return 0;
}

}  // namespace

void add_bulletin_commands(Cli& cli) {
  auto* bulletin = cli.app.add_subcommand("bulletin", "由账本生成一周的周报，或一个统计期的报告");
  auto b = std::make_shared<BulletinOptions>();
  cli.add_place(bulletin, b->data);
  bulletin->add_option("--week", b->week, "周报：这一期的第一天，例如 2024-06-17");
  auto* period = bulletin->add_option("--period", b->period, "报告：统计期，例如 2024-06、2024-Q2、2024、2024-06-03..2024-06-21");
  bulletin->add_option("--report", b->report, "报告用的模板，data/<省>/templates/reports 下的文件名")->needs(period)->capture_default_str();
  std::vector<std::string> formats;
  for (const auto& f : bulletin::paper_formats()) formats.emplace_back(f.name);
  bulletin->add_option("--format", b->format, "格式：text | html | pdf | docx 可编辑 | ofd（GB/T 33190）| xlsx 数字表，附定义")->check(CLI::IsMember(formats))->capture_default_str();
  bulletin->add_option("--edition", b->edition, "internal 内部版 | public 公开版（不含病假）")->check(CLI::IsMember({"internal", "public"}))->capture_default_str();
  bulletin->add_option("--line-mode", b->line_mode, "PDF、OFD 的排行：grid 公文版式（28 字 22 行）| word 与 Word/WPS 相同")->check(CLI::IsMember({"grid", "word"}))->capture_default_str();
  bulletin->add_option("--out", b->out, "输出文件，- 为标准输出")->capture_default_str();
  bulletin->footer("例：yichuang bulletin --data var --week 2024-06-17 --format pdf --out 周报.pdf\n例：yichuang bulletin --data var --period 2024-06 --report district-month --format ofd --out 月报.ofd\n可与正在运行的服务同时进行。提示印在标准错误，不影响内容。");
  bulletin->callback([&cli, b] { cli.exit_code = run_bulletin(cli, *b); });

  auto* replay = cli.app.add_subcommand("replay", "把公布的一周作为真实业务重放到新的数据目录");
  auto r = std::make_shared<ReplayOptions>();
  cli.add_place(replay, r->data);
  replay->get_option("--data")->required();
  replay->add_option("--week-file", r->files, "一周的文件；可重复，按日期先后")->required();
  replay->add_option("--hall", r->hall, "演示大厅的文件：虚构的人员和各岗位手上的工作，与各周一起办理");
  replay->add_flag("--fresh", r->fresh, "目录中已有账本时，重来");
  replay->add_option("--seed", r->seed, "随机种子：同样的文件和种子得到同样的账本")->capture_default_str();
  replay->footer("例：yichuang replay --data /srv/demo --week-file week-2024-06-17.yaml\n文件中互相矛盾的数字会被拒绝，并指出行号；被拒绝时不留下任何数据。");
  replay->callback([&cli, r] { cli.exit_code = run_replay(cli, *r); });
}

}  // namespace yi::app
