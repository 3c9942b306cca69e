#include <fmt/format.h>

#include "app/cli.h"
#include "app/console.h"
#include "app/data_directory.h"
#include "engine/engine.h"

namespace yi::app {
namespace {

Result<std::int64_t> rotate(const Cli& cli, const std::string& directory) {
  YI_CHECK(settle(directory));
  const auto place = cli.place(directory);
  YI_TRY(const auto centre, cli.centre_of(place));
  YI_TRY(const auto lock, store::lock_directory(directory));
  return store::rotate_master_key(place, centre, cli.keys);
}

int run_rotate(const Cli& cli, const std::string& directory) {
  try {
    const auto generation = rotate(cli, directory);
    if (!generation) return fail(generation.error());
    fmt::print("主密钥已更换为第 {} 代，每把数据密钥都已用它重新封装；账本和视图没有改动。\n请立即更新密钥的备份，并销毁旧的备份。\n", *generation);
    return 0;
  } catch (const store::Failure& f) {
    return fail({"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请从备份恢复，或联系系统管理员。", 500, directory});
  }
}

Result<std::string> describe(const Cli& cli, const std::string& directory) {
  YI_TRY(const auto centre, cli.centre_of(cli.place(directory)));
  YI_TRY(auto opened, store::open(cli.place(directory), store::Mode::read));
  YI_TRY(const auto keys, engine::open_keys(*opened->open_reader(), cli.place(directory), centre, cli.keys, store::KeyAccess::read));
  return fmt::format("中心 {}：主密钥第 {} 代，数据密钥 {} 把（含预备的），已销毁 {} 把；密钥编号 {}。\n", centre.value,
                     keys->generation(), keys->size(), keys->destroyed().size(), keys->id());
}

int run_show(const Cli& cli, const std::string& directory) {
  try {
    const auto text = describe(cli, directory);
    if (!text) return fail(text.error());
    fmt::print("{}", *text);
    return 0;
  } catch (const store::Failure& f) {
    return fail({"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请从备份恢复，或联系系统管理员。", 500, directory});
  }
}

}  // namespace

void add_key_commands(Cli& cli) {
  auto* keys = cli.app.add_subcommand("keys", "个人信息的密钥：查看、更换主密钥");
  keys->require_subcommand(1);
  keys->footer("例：yichuang keys show --data var");
  auto directory = std::make_shared<std::string>("var");
  auto* show = keys->add_subcommand("show", "有多少把密钥，主密钥是第几代；不显示密钥本身");
  cli.add_place(show, *directory);
  show->footer("例：yichuang keys show --data var\n可与正在运行的服务同时进行。");
  show->callback([&cli, directory] { cli.exit_code = run_show(cli, *directory); });
  auto* rotate = keys->add_subcommand("rotate", "更换主密钥：重新封装每一把数据密钥");
  cli.add_place(rotate, *directory);
  rotate->footer("例：yichuang keys rotate --data var\n运行前请停止服务；中途断电可以重来。更换后请更新密钥的备份；用数据库时，把新的主密钥文件送到每个节点。");
  rotate->callback([&cli, directory] { cli.exit_code = run_rotate(cli, *directory); });
}

}  // namespace yi::app
