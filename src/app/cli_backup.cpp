#include <fmt/format.h>

#include "app/backup.h"
#include "app/cli.h"
#include "app/console.h"

namespace yi::app {
namespace {

struct Words {
  std::string data = "var", place, keys;
};

int told(const Result<BackedUp>& done, const char* what, bool keys, bool on_server) {
  if (!done) return fail(done.error());
  fmt::print("{}完成：数据库 {} 个，文件 {} 个（其中 {} 个与原文件共用磁盘空间），密钥 {} 个。\n", what, done->databases, done->files,
             done->linked, done->keys);
  if (!keys) fmt::print("没有处理密钥。已加密的内容离开密钥无法恢复，请用 --keys-to 或 --keys-from 另行保存和恢复。\n");
  if (on_server) fmt::print("账本在数据库服务器上，不在这份备份里：请用 pg_basebackup 和 WAL 归档备份它（docs/operations.md）。\n");
  return 0;
}

}  // namespace

void add_backup_commands(Cli& cli) {
  auto* backup_command = cli.app.add_subcommand("backup", "备份数据目录：账本、账号、审计和文件；密钥另存");
  auto b = std::make_shared<Words>();
  cli.add_place(backup_command, b->data);
  backup_command->add_option("--to", b->place, "备份到这个空目录")->required();
  backup_command->add_option("--keys-to", b->keys, "密钥存到这个空目录；请与备份分开保管");
  backup_command->footer("例：yichuang backup --data var --to backup-1 --keys-to keys-1\n可与正在运行的服务同时进行。账本在 PostgreSQL 时（--store），这里备份数据目录中的其余部分，账本用数据库的工具。");
  backup_command->callback([&cli, b] { cli.exit_code = told(backup(cli.place(b->data), b->place, b->keys), "备份", !b->keys.empty(), !cli.store.empty()); });

  auto* restore_command = cli.app.add_subcommand("restore", "从备份恢复到一个空的数据目录（--data），并核对");
  auto r = std::make_shared<Words>();
  restore_command->add_option("--from", r->place, "备份所在目录")->required();
  restore_command->add_option("--keys-from", r->keys, "密钥所在目录");
  cli.add_place(restore_command, r->data);
  restore_command->footer("例：yichuang restore --from backup-1 --keys-from keys-1 --data var-2\n账本和文件核对无误后才放到位；退出码：0 完成，1 没有恢复");
  restore_command->callback([&cli, r] { cli.exit_code = told(restore(r->place, r->keys, cli.place(r->data)), "恢复", !r->keys.empty(), !cli.store.empty()); });
}

}  // namespace yi::app
