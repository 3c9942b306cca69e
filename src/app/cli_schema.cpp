#include <fmt/format.h>

#include <algorithm>

#include "app/cli.h"
#include "app/console.h"
#include "store/year_parts.h"

namespace yi::app {
namespace {

struct SchemaWords {
  std::string data = "var";
  bool contract = false;
  int detach = 0, attach = 0;  // a year; 0: none
};

void print(const store::YearPart& p) {
  const auto state = p.end_seq == 0 ? "在写" : p.attached ? "已结束" : "已卸下";
  fmt::print("中心 {}  {} 年  {}{}\n", p.centre.value, p.year, state, p.end_seq ? fmt::format("，记录 {}–{}", std::max<std::int64_t>(p.first_seq, 1), p.end_seq - 1) : "");
}

Checked look(const std::string& url, bool contract) {
  YI_TRY(const auto r, store::look_after_schema(url, contract));
  fmt::print("表的版本 {}，本程序认识到 {}；版本 {} 及以上的程序可以使用。\n", r.version, r.known, r.readable_by);
  YI_TRY(const auto parts, store::year_parts(url));
  for (const auto& p : parts) print(p);
  return Done{};
}

Checked run_schema(const Cli& cli, const SchemaWords& w) {
  const auto place = cli.place(w.data);
  if (!place.on_server()) return Refusal{"app.needs_store", "这个命令用于 PostgreSQL 数据库。", "请用 --store 或 --placement 指明数据库。", 422, "--store"};
  if (!w.detach && !w.attach) return look(place.url, w.contract);
  YI_TRY(const auto centre, cli.centre_of(place));
  const auto year = w.detach ? w.detach : w.attach;
  if (w.detach) {
    YI_CHECK(store::detach_year(place.url, centre, year));
    fmt::print("中心 {} {} 年的记录已从账本卸下，成为单独的表 yichuang.ledger_event_{}_{} 和 yichuang.ledger_group_{}_{}。\n"
               "请用 pg_dump -Fc -t 带走并核对后再删去；在装回之前，verify 会报告缺少这一年，rebuild 不能进行。\n",
               centre.value, year, centre.value, year, centre.value, year);
  } else {
    YI_CHECK(store::attach_year(place.url, centre, year));
    fmt::print("中心 {} {} 年的记录已装回账本。请运行 yichuang verify 核对。\n", centre.value, year);
  }
  return Done{};
}

}  // namespace

void add_schema_command(Cli& cli) {
  auto* schema = cli.app.add_subcommand("schema", "数据库中表的版本和各年的分区：查看、升级、收缩，卸下或装回一年");
  auto w = std::make_shared<SchemaWords>();
  cli.add_place(schema, w->data);
  auto* contract = schema->add_flag("--contract", w->contract, "去掉只有旧版本才用的部分；所有节点都已升级后再用，旧版本从此不能打开");
  auto* detach = schema->add_option("--detach", w->detach, "把已结束的一年从账本卸下，以便归档；有几个中心时用 --centre 指明")->check(CLI::Range(1900, 9999))->excludes(contract);
  schema->add_option("--attach", w->attach, "把卸下的一年装回")->check(CLI::Range(1900, 9999))->excludes(contract)->excludes(detach);
  schema->footer("例：yichuang schema --store postgresql://yichuang@db/hall\n    yichuang --centre 510000 schema --store postgresql://yichuang@db/hall --detach 2024\n"
                 "升级（只增加）在新版本启动时自动进行，旧版本可以并行到收缩为止。");
  schema->callback([&cli, w] {
    const auto done = run_schema(cli, *w);
    cli.exit_code = done ? 0 : fail(done.error());
  });
}

}  // namespace yi::app
