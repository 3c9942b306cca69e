#include <fmt/format.h>

#include "app/cli.h"
#include "app/console.h"

namespace yi::app {

void add_schema_command(Cli& cli) {
  auto* schema = cli.app.add_subcommand("schema", "数据库中表的版本：查看、升级；收缩旧版本才用的部分");
  auto contract = std::make_shared<bool>(false);
  schema->add_option("--store", cli.store, "postgresql://用户@主机/数据库")->required()->envname("YICHUANG_STORE");
  schema->add_flag("--contract", *contract, "去掉只有旧版本才用的部分；所有节点都已升级后再用，旧版本从此不能打开");
  schema->footer("例：yichuang schema --store postgresql://yichuang@db/hall\n升级（只增加）在新版本启动时自动进行，旧版本可以并行到收缩为止。");
  schema->callback([&cli, contract] {
    const auto r = store::look_after_schema(cli.store, *contract);
    if (!r) {
      cli.exit_code = fail(r.error());
      return;
    }
    fmt::print("表的版本 {}，本程序认识到 {}；版本 {} 及以上的程序可以使用。\n", r->version, r->known, r->readable_by);
    cli.exit_code = 0;
  });
}

}  // namespace yi::app
