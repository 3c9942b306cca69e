#include <fmt/format.h>

#include "app/backup.h"
#include "app/cli.h"
#include "app/console.h"

namespace yi::app {
namespace {

struct Words {
  std::string data = "var", place, keys;
};

int told(const Result<BackedUp>& done, const char* what, bool keys) {
  if (!done) return fail(done.error());
  fmt::print("{}完成：数据库 {} 个，文件 {} 个（其中 {} 个与原文件共用磁盘空间），密钥 {} 个。\n", what, done->databases, done->files,
             done->linked, done->keys);
  if (!keys) fmt::print("没有处理密钥。已加密的内容离开密钥无法恢复，请用 --keys-to 或 --keys-from 另行保存和恢复。\n");
  return 0;
}

}  // namespace

void add_backup_commands(Cli& cli) {
  auto* backup_command = cli.app.add_subcommand("backup", "备份数据目录：账本、账号、审计和文件；密钥另存");
  auto b = std::make_shared<Words>();
  backup_command->add_option("--data", b->data, "数据目录")->capture_default_str();
  backup_command->add_option("--to", b->place, "备份到这个空目录")->required();
  backup_command->add_option("--keys-to", b->keys, "密钥存到这个空目录；请与备份分开保管");
  backup_command->footer("例：yichuang backup --data var --to backup-1 --keys-to keys-1\n可与正在运行的服务同时进行。");
  backup_command->callback([&cli, b] { cli.exit_code = told(backup(b->data, b->place, b->keys), "备份", !b->keys.empty()); });

  auto* restore_command = cli.app.add_subcommand("restore", "从备份恢复到一个空的数据目录，并核对");
  auto r = std::make_shared<Words>();
  restore_command->add_option("--from", r->place, "备份所在目录")->required();
  restore_command->add_option("--keys-from", r->keys, "密钥所在目录");
  restore_command->add_option("--data", r->data, "恢复到这个空目录")->capture_default_str();
  restore_command->footer("例：yichuang restore --from backup-1 --keys-from keys-1 --data var-2\n账本和文件核对无误后才放到位；退出码：0 完成，1 没有恢复");
  restore_command->callback([&cli, r] { cli.exit_code = told(restore(r->place, r->keys, r->data), "恢复", !r->keys.empty()); });
}

}  // namespace yi::app
