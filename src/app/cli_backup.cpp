#include <fmt/format.h>

#include "app/backup.h"
#include "app/cli.h"
#include "app/console.h"

namespace yi::app {
namespace {

struct Words {
  std::string data = "var", place, keys;
};

void told(const BackedUp& done, const char* what) {
  fmt::print("{}完成：数据库 {} 个，文件 {} 个（其中 {} 个与原文件共用磁盘空间），密钥 {} 个。\n", what, done.databases, done.files, done.linked, done.keys);
}

constexpr const char* kNoKeys = "没有处理密钥。已加密的内容离开密钥无法恢复，请用 --keys-to 或 --keys-from 另行保存和恢复。\n";
constexpr const char* kOnServer = "账本在数据库服务器上，不在这份备份里：请用 pg_basebackup 和 WAL 归档备份它（docs/operations.md）。\n";

// Of a database with several centres the one that is named; where it matters whose it is.
Result<KeptCentre> kept(const Cli& cli, const std::string& data, bool whose) {
  KeptCentre out{cli.place(data), cli.files, {}, cli.keys};
  if (whose) {
    YI_TRY(out.centre, cli.centre_of(out.place));
  }
  return out;
}

int run_backup(const Cli& cli, const Words& w) {
  const bool on_server = !cli.store.empty();
  const auto from = kept(cli, w.data, on_server && !cli.files.empty());
  if (!from) return fail(from.error());
  const auto done = backup(*from, w.place, w.keys);
  if (!done) return fail(done.error());
  told(*done, "备份");
  if (w.keys.empty()) fmt::print("{}", kNoKeys);
  else if (!done->master)
    fmt::print("主密钥不在其中{}：请另行保存。没有它，个人信息和文件都无法恢复。\n", cli.keys.master_key_file.empty() ? "" : "（它在 " + cli.keys.master_key_file + "）");
  if (on_server) fmt::print("{}", kOnServer);
  return 0;
}

int run_restore(const Cli& cli, const Words& w) {
  const bool on_server = !cli.store.empty();
  const auto to = kept(cli, w.data, on_server);
  if (!to) return fail(to.error());
  const auto done = restore(w.place, w.keys, *to);
  if (!done) return fail(done.error());
  told(*done, "恢复");
  if (w.keys.empty()) fmt::print("{}", kNoKeys);
  if (!done->signed_out) fmt::print("数据库正在使用中，登录的会话没有注销；要注销的，请停止服务以后再恢复一次。\n");
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
  backup_command->callback([&cli, b] { cli.exit_code = run_backup(cli, *b); });

  auto* restore_command = cli.app.add_subcommand("restore", "从备份恢复到一个空的数据目录（--data），并核对");
  auto r = std::make_shared<Words>();
  restore_command->add_option("--from", r->place, "备份所在目录")->required();
  restore_command->add_option("--keys-from", r->keys, "密钥所在目录");
  cli.add_place(restore_command, r->data);
  restore_command->footer("例：yichuang restore --from backup-1 --keys-from keys-1 --data var-2\n账本和文件核对无误后才放到位；退出码：0 完成，1 没有恢复");
  restore_command->callback([&cli, r] { cli.exit_code = run_restore(cli, *r); });
}

}  // namespace yi::app
