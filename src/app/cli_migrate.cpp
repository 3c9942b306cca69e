#include <fmt/format.h>

#include "app/cli.h"
#include "app/console.h"
#include "app/data_directory.h"
#include "app/migrate.h"
#include "app/places.h"

namespace yi::app {
namespace {

struct Words {
  std::string from, to;
};

int run_migrate(const Cli& cli, const Words& w) {
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  const auto common = load_common(*root);
  if (!common) return fail(common.error());
  const bool out = store::is_server_url(w.to);
  const auto& directory = out ? w.from : w.to;  // the master key stays in it
  if (auto settled = settle(directory); !settled) return fail(settled.error());
  Move move{{directory}, {directory}, cli.keys, cli.files};
  (out ? move.to : move.from).url = out ? w.to : w.from;
  Result<Moved> moved = Moved{};
  {
    Progress progress("迁移");
    moved = move_centre(move, *common, [&](std::string_view, std::int64_t done, std::int64_t all) { progress.at(done, all); });
  }
  if (!moved) return fail(moved.error());
  fmt::print("{} 条记录已迁到 {}，两边的账本头相同：\n{}\n密钥、账号、审计和暂存的内容已一并迁移{}；主密钥仍在原处。启动：yichuang serve --data {}{}\n", moved->records,
             store::label_of(move.to), moved->head_hash, moved->files > 0 ? fmt::format("，复制并核对了 {} 个文件", moved->files) : "", directory,
             out ? " --store " + store::label_of(move.to) + (cli.files.empty() ? "" : " --files " + cli.files) : "");
  return 0;
}

}  // namespace

void add_migrate_commands(Cli& cli) {
  auto* migrate = cli.app.add_subcommand("migrate", "把中心从数据目录迁到 PostgreSQL，或迁回");
  auto w = std::make_shared<Words>();
  migrate->add_option("--from", w->from, "数据目录，或 postgresql://用户@主机/数据库")->required();
  migrate->add_option("--to", w->to, "另一端")->required();
  migrate->add_option("--files", cli.files, "数据库一端存放文件的目录（默认：数据目录中的 files）")->envname("YICHUANG_FILES");
  migrate->footer("例：yichuang migrate --from var --to postgresql://yichuang@db/hall\n运行前请停止服务。账本先到，视图由账本重建，核对无误后才启用；原来的一份保留，但不能再写。");
  migrate->callback([&cli, w] { cli.exit_code = run_migrate(cli, *w); });
}

}  // namespace yi::app
