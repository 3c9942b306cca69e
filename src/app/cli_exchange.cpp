#include <fmt/format.h>

#include <fstream>

#include "app/cli.h"
#include "app/console.h"
#include "app/data_directory.h"
#include "app/installation.h"
#include "app/places.h"
#include "app/rooms.h"
#include "exchange/export.h"
#include "exchange/import.h"

namespace yi::app {
namespace {

struct ExportOptions {
  std::string data = "var", from, to, table, format = "jsonl", out = "-";
};

Result<exchange::ExportQuestion> question_of(const ExportOptions& o) {
  exchange::ExportQuestion q;
  if (!o.from.empty()) {
    YI_TRY(q.from, parse_day(o.from));
  }
  if (!o.to.empty()) {
    YI_TRY(q.to, parse_day(o.to));
  }
  if (!o.table.empty()) json::enum_from(o.table, q.table.emplace());
  json::enum_from(o.format, q.format);
  return q;
}

// Piece by piece, so that memory does not grow with the file.
bool write_pieces(const std::string& file, const std::function<bool(std::string&)>& produce) {
  std::FILE* out = file == "-" ? stdout : std::fopen(file.c_str(), "wb");
  if (!out) return false;
  bool whole = true;
  for (bool more = true; more && whole;) {
    std::string piece;
    more = produce(piece);
    whole = std::fwrite(piece.data(), 1, piece.size(), out) == piece.size();
  }
  whole &= std::fflush(out) == 0;
  if (out != stdout) whole &= std::fclose(out) == 0;
  return whole;
}

int run_export(const Cli& cli, const ExportOptions& o) {
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  const auto common = load_common(*root);
  if (!common) return fail(common.error());
  const auto q = question_of(o);
  if (!q) return fail(q.error());
  static_cast<void>(settle(o.data));  // only who may write can; then the ledger that is there is read
  const auto opened = store::open(cli.place(o.data), store::Mode::read);
  if (!opened) return fail(opened.error());
  const auto reader = (*opened)->open_reader();
  const auto centre = common->catalog->settings().centre;
  const auto keys = engine::open_keys(*reader, cli.place(o.data), centre, cli.keys, store::KeyAccess::read);
  if (!keys) return fail(keys.error());
  common->changes->load(*reader, centre);
  const auto cases = std::make_shared<std::int64_t>(0);
  const auto pieces = exchange::export_cases({reader.get(), keys->get(), centre, common->catalog.get()}, identity::Viewer::operator_named("cli"), *q, cases);
  if (!pieces) return fail(pieces.error());
  if (!write_pieces(o.out, *pieces)) return fail({"app.cannot_write", "文件没有写完。", "请检查目录是否存在、磁盘空间和权限。", 500, o.out});
  fmt::print(stderr, "导出 {} 个办件。文件含个人信息，请妥善保管。\n", *cases);
  return 0;
}

struct ImportOptions {
  std::string data = "var", file;
};

int run_import(const Cli& cli, const ImportOptions& o) {
  const auto root = data_root(cli.catalogue);
  if (!root) return fail(root.error());
  const auto common = load_common(*root);
  if (!common) return fail(common.error());
  std::ifstream in(o.file, std::ios::binary | std::ios::ate);
  if (!in) return fail({"app.cannot_read", "文件无法读取。", "请核对文件名和权限。", 404, o.file});
  const auto bytes = static_cast<long long>(in.tellg());
  in.seekg(0);
  if (auto settled = settle(o.data); !settled) return fail(settled.error());
  auto engine = engine::Engine::open(cli.place(o.data), all_rooms(*common), engine_options(*common, {}, cli.keys));
  if (!engine) return fail(engine.error());
  Result<exchange::ImportReport> report = exchange::ImportReport{};
  std::vector<std::string> refused;
  {
    Progress progress("导入");
    report = exchange::import_cases(
        **engine, in, {"cli", "operator"},
        [&](std::int64_t line, const std::string& number, const Refusal& why) {
          refused.push_back(fmt::format("第{}行起 {}：{} {}（{}）", line, number.empty() ? "不明办件" : number, why.sentence, why.where, why.code));
        },
        [&](std::int64_t) {
          const auto at = static_cast<long long>(in.tellg());
          progress.at(at < 0 ? bytes : at, bytes);
        });
  }
  for (const auto& line : refused) fmt::print(stderr, "{}\n", line);
  if (!report) return fail(report.error());
  fmt::print("导入 {} 个办件，以前导入过 {} 个，拒绝 {} 个。\n", report->imported, report->repeated, report->refused);
  return report->refused == 0 ? 0 : 1;
}

}  // namespace

void add_exchange_commands(Cli& cli) {
  auto* exchange = cli.app.add_subcommand("exchange", "国家交换表：导出、导入办件");
  exchange->require_subcommand(1);
  auto* out = exchange->add_subcommand("export", "把办件导出为五张交换表（含个人信息）");
  auto e = std::make_shared<ExportOptions>();
  cli.add_place(out, e->data);
  out->add_option("--from", e->from, "办件编号日期不早于，例如 2024-06-17");
  out->add_option("--to", e->to, "办件编号日期不晚于");
  out->add_option("--table", e->table, "只要一张表")->check(CLI::IsMember({"accept", "process", "special", "result", "material"}));
  out->add_option("--format", e->format, "jsonl 可再导入 | csv 一张表 | zip 五张表")->check(CLI::IsMember({"jsonl", "csv", "zip"}))->capture_default_str();
  out->add_option("--out", e->out, "输出文件，- 为标准输出")->capture_default_str();
  out->footer("例：yichuang exchange export --data var --from 2024-06-17 --to 2024-06-21 --out cases.jsonl\n可与正在运行的服务同时进行。");
  out->callback([&cli, e] { cli.exit_code = run_export(cli, *e); });

  auto* into = exchange->add_subcommand("import", "导入另一个中心导出的办件");
  auto i = std::make_shared<ImportOptions>();
  into->add_option("file", i->file, "导出的 jsonl 文件")->required();
  cli.add_place(into, i->data);
  into->footer("例：yichuang exchange import cases.jsonl --data var\n运行前请停止服务。每个办件要么完整导入，要么不导入；同一文件可以再次导入。退出码：0 全部导入，1 有被拒绝的");
  into->callback([&cli, i] { cli.exit_code = run_import(cli, *i); });
}

}  // namespace yi::app
