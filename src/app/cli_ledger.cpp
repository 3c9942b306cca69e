#include <fmt/format.h>

#include <filesystem>

#include "app/cli.h"
#include "app/console.h"
#include "app/data_directory.h"
#include "app/installation.h"
#include "app/places.h"
#include "base/clock.h"
#include "casework/case_list.h"
#include "casework/material_doors.h"
#include "engine/rebuild.h"
#include "files/store.h"
#include "identity/audit.h"
#include "store/verify.h"

namespace yi::app {
namespace {

double seconds_since(std::int64_t start) { return static_cast<double>(monotonic_ns() - start) / 1e9; }

// The access audit beside the ledger; a centre that has never been served has none.
bool verify_audits(const store::Place& place, const std::vector<CentreCode>& centres) {
  auto opened = store::open_beside(place, identity::kAuditFile, store::Mode::read);
  if (!opened) {
    if (opened.error().code != "store.missing") fail(opened.error());
    return opened.error().code == "store.missing";
  }
  const auto reader = opened.value()->open_reader();
  bool whole = true;
  for (const auto centre : centres) {
    const auto v = identity::verify_audit(*reader, centre);
    if (v.broken) fmt::print("中心 {}：{}\n", centre.value, *v.broken);
    else fmt::print("中心 {}：访问审计 {} 条全部相符。\n审计链尾 {}\n", centre.value, v.entries, v.head);
    whole &= !v.broken;
  }
  return whole;
}

// casework.open_cases_add_up: every case that the lane holds open stands in exactly one queue.
bool verify_queues(store::Reader& reader, const std::vector<CentreCode>& centres) {
  if (!reader.has_table("casework_case") || !reader.has_table("casework_queue") || !reader.has_table("engine_followed")) return true;
  bool whole = true;
  for (const auto centre : centres) {
    const auto a = casework::open_cases_read_one_by_one(reader, centre);
    if (a.behind()) fmt::print("中心 {}：列表还没有跟上账本（{} / {}），启动后再核对在办件。\n", centre.value, a.followed, a.position);
    else if (a.holds()) fmt::print("中心 {}：{} 个在办件与各环节列表相符。\n", centre.value, a.open_cases);
    else fmt::print("中心 {}：在办件 {} 个，各环节列表合计 {} 个，不相符。请运行 rebuild 查明。\n", centre.value, a.open_cases, a.in_queues);
    whole &= a.holds();
  }
  return whole;
}

// Whatever is stored is what its name says, and whatever a fact names is there. Asked a second time of one that is not: a running server may just have erased it.
bool verify_files(store::Reader& reader, const files::Folder& folder, CentreCode centre) {
  const auto check = files::verify(folder);
  if (check.broken) fmt::print("文件 {} 的内容与它的编号不符。\n", *check.broken);
  else if (check.files > 0) fmt::print("{} 个文件（{:.1f} MB）全部相符。\n", check.files, static_cast<double>(check.bytes) / 1e6);
  for (const char* table : {"casework_material_file", "casework_paper", "casework_case", "casework_queue", "engine_followed"})
    if (!reader.has_table(table)) return !check.broken;
  if (casework::open_cases_read_one_by_one(reader, centre).behind()) return !check.broken;  // said below
  std::int64_t missing = 0;
  std::string first;
  std::error_code ignored;
  std::vector<files::FileId> gone;
  casework::each_named_file(reader, centre, [&](const files::FileId& id) {
    if (!std::filesystem::exists(files::path_of(folder, id), ignored)) gone.push_back(id);
  });
  for (const auto& id : gone) {
    if (!casework::file_is_named(reader, centre, id)) continue;
    if (missing++ == 0) first = id.value;
  }
  if (missing > 0) fmt::print("账本登记的文件缺少 {} 个，例如 {}。请从备份恢复 files 目录。\n", missing, first);
  return missing == 0 && !check.broken;
}

int run_verify(const store::Place& place, const std::string& configured) {
  const auto& directory = place.directory;
  static_cast<void>(settle(directory));  // only who may write can; then the ledger that is there is read
  auto opened = store::open(place, store::Mode::read);
  if (!opened) return fail(opened.error());
  try {
    auto reader = opened.value()->open_reader();
    const auto all = store::centres(*reader);
    if (all.empty()) fmt::print("账本是空的，没有需要核对的记录。\n");
    bool whole = all.empty() && !place.on_server() ? !files::verify(directory).broken : true;
    for (const auto centre : all) {
      const auto start = monotonic_ns();
      store::Verified v;
      {
        Progress progress("核对");
        v = store::verify(*reader, centre, [&](std::int64_t done, std::int64_t total) { progress.at(done, total); });
      }
      if (v.broken) {
        whole = false;
        fmt::print("中心 {}：{}\n", centre.value, *v.broken);
      } else {
        fmt::print("中心 {}：{} 条记录、{} 个提交组全部相符，用时 {:.2f} 秒。\n账本头 {}\n", centre.value, v.events, v.groups,
                   seconds_since(start), v.head_hash);
      }
    }
    for (const auto centre : all)
      // Of several centres without one configured folder, those that others serve lie elsewhere.
      if (all.size() == 1 || !configured.empty()) whole &= verify_files(*reader, {directory, configured, centre}, centre);
    whole &= verify_queues(*reader, all);
    whole &= verify_audits(place, all);
    return whole ? 0 : 1;
  } catch (const store::Failure& f) {
    return fail({"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请从备份恢复，或联系系统管理员。", 500, store::label_of(place)});
  }
}

int run_rebuild(const Cli& cli, const store::Place& place, bool repair) {
  const auto& directory = place.directory;
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  auto common = load_common(*root);
  if (!common) return fail(common.error());
  if (auto settled = settle(directory); !settled) return fail(settled.error());
  {
    auto there = store::open(place, store::Mode::read);  // a missing directory is not created
    if (!there) return fail(there.error());
  }
  auto opened = store::open(place, store::Mode::write);
  if (!opened) return fail(opened.error());
  try {
    bool same = true;
    auto& writer = opened.value()->writer();
    for (const auto centre : store::centres(writer.reader())) {
      if (place.on_server() && centre.value != common->catalog->settings().centre.value) continue;  // another's catalogue and keys
      engine::Rebuilt r;
      {
        Progress progress("重建视图");
        engine::RebuildOptions options;
        options.swap_on_difference = repair;
        std::unique_ptr<store::KeyVault> keys;
        if (writer.reader().meta(centre, "keys")) {
          auto found = engine::open_keys(writer.reader(), place, centre, cli.keys, store::KeyAccess::make);
          if (!found) return fail(found.error());
          keys = std::move(found).value();
          options.keys = keys.get();
        }
        options.progress = [&](std::string_view, std::int64_t done, std::int64_t all) { progress.at(done, all); };
        r = engine::rebuild(writer, all_rooms(*common), centre, options);
      }
      for (const auto& v : r.views) {
        fmt::print("{:<24} {:>10} 行  {}\n", v.name, v.rows, v.difference ? "不一致：" + *v.difference : "一致");
        same &= !v.difference;
      }
      fmt::print("中心 {}：{} 条事实，{}。\n", centre.value, r.facts,
                 r.swapped ? same ? "视图已重建并替换" : "视图已按账本修复" : "发现不一致，原视图未动；核实后可用 --repair 按账本修复");
    }
    return same || repair ? 0 : 1;
  } catch (const std::runtime_error& f) {  // store::Failure, or a fact that does not read
    return fail({"app.rebuild_failed", std::string("重建没有完成，原视图未动：") + f.what(), "请检查磁盘空间，并先运行 yichuang verify。", 500, store::label_of(place)});
  }
}

}  // namespace

void add_ledger_commands(Cli& cli) {
  auto* verify = cli.app.add_subcommand("verify", "核对账本和访问审计：重新计算每一条记录的散列");
  auto directory = std::make_shared<std::string>("var");
  cli.add_place(verify, *directory);
  verify->footer("例：yichuang verify --data var\n可与正在运行的服务同时进行。退出码：0 完整，1 有损坏（并指出第一条）");
  verify->callback([&cli, directory] { cli.exit_code = run_verify(cli.place(*directory), cli.files); });

  auto* rebuild = cli.app.add_subcommand("rebuild", "按账本重新计算全部视图，比对后替换");
  auto repair = std::make_shared<bool>(false);
  cli.add_place(rebuild, *directory);
  rebuild->add_flag("--repair", *repair, "发现不一致时按账本修复");
  rebuild->footer("例：yichuang rebuild --data var\n运行前请停止服务。退出码：0 一致，1 有不一致（并指出哪一行）");
  rebuild->callback([&cli, directory, repair] { cli.exit_code = run_rebuild(cli, cli.place(*directory), *repair); });
}

}  // namespace yi::app
