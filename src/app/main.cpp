// yichuang: one program runs a government service centre.
#include <fmt/format.h>
#include <signal.h>

#include <exception>

#include "app/cli.h"
#include "app/console.h"
#include "app/doors.h"
#include "app/placement.h"
#include "app/places.h"
#include "app/settings_file.h"

void yi::app::Cli::add_place(CLI::App* command, std::string& data) {
  command->add_option("--data", data, "数据目录")->capture_default_str();
  auto* one = command->add_option("--store", store, "PostgreSQL 数据库，例如 postgresql://用户@主机/数据库；中心的全部数据都在其中，本机只留主密钥和文件。密码请放在 PGPASSWORD 或 ~/.pgpass")->envname("YICHUANG_STORE");
  command->add_option("--placement", placement, "各中心在哪个数据库（YAML 文件）：按目录中的中心代码取用，代替 --store")->envname("YICHUANG_PLACEMENT")->excludes(one);
  command->add_option("--files", files, "存放文件的目录，多个节点共用一个（默认：数据目录中的 files）")->envname("YICHUANG_FILES");
}

yi::Result<yi::CentreCode> yi::app::Cli::centre_of(const store::Place& place) const {
  YI_TRY(const auto opened, store::open(place, store::Mode::read));
  const auto owners = opened->open_reader()->owners();
  if (owners.empty()) return Refusal{"app.empty_ledger", "这里还没有中心。", "请先运行 yichuang serve 或 replay，或检查 --data、--store。", 404, store::label_of(place)};
  if (centre == 0 && owners.size() == 1) return owners.front();
  std::string known;
  for (const auto c : owners) {
    if (c.value == centre) return c;
    known += " " + std::to_string(c.value);
  }
  return Refusal{"app.which_centre", "数据库中有几个中心：" + known + "。", "请用 --centre 指定一个。", 422, "--centre"};
}

int main(int argc, char** argv) {
  using namespace yi::app;
  keep_files_private();
  signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write with a message, not the end of the program
  CLI::App app{"一窗 Yichuang：政务服务中心的开源系统。每个子命令都有例子：yichuang 子命令 --help", "yichuang"};
  int exit_code = 0;
  Cli cli{app, exit_code, {}, {}, {}, {}};
  app.set_version_flag("--version", std::string("yichuang ") + kVersion);
  app.add_option("--catalogue", cli.catalogue, "程序的 data 目录（默认：程序旁边的 data）");
  app.add_option("--master-key", cli.keys.master_key_file, "主密钥文件（默认：数据目录中的 keys/master）")->envname("YICHUANG_MASTER_KEY");
  std::string settings_file;
  app.add_option("--config", settings_file, "设置文件：每行“选项 = 值”，选项同命令行（不带 --），命令行优先")->envname("YICHUANG_CONFIG");
  app.add_option("--centre", cli.centre, "中心的代码；一个数据库中有几个中心时指定")->check(CLI::Range(1, 999'999));
  app.require_subcommand(1);
  add_serve_commands(cli);
  add_bulletin_commands(cli);
  add_ledger_commands(cli);
  add_backup_commands(cli);
  add_migrate_commands(cli);
  add_schema_command(cli);
  add_key_commands(cli);
  add_receipt_commands(cli);
  add_clock_commands(cli);
  add_exchange_commands(cli);
  add_openapi_command(cli);
  app.parse_complete_callback([&] {  // before any subcommand runs
    if (!settings_file.empty())
      if (const auto taken = take_settings(app, settings_file); !taken) throw CLI::RuntimeError(fail(taken.error()));
    if (cli.placement.empty()) return;  // it may stand in the settings
    const auto root = data_root(cli.catalogue);
    if (!root) throw CLI::RuntimeError(fail(root.error()));
    const auto url = placed(cli.placement, *root);
    if (!url) throw CLI::RuntimeError(fail(url.error()));
    cli.store = *url;
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e);
  } catch (const std::exception& e) {
    fmt::print(stderr, "程序出错，没有完成：{}\n", e.what());
    return 2;
  }
  return exit_code;
}
