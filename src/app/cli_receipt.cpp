#include <fmt/format.h>

#include <fstream>

#include "app/cli.h"
#include "app/console.h"
#include "base/text.h"
#include "casework/receipt_page.h"
#include "casework/rules.h"
#include "engine/receipts.h"
#include "store/verify.h"

namespace yi::app {
namespace {

struct ReceiptWords {
  std::string data = "var";
  std::string out = "-";
  std::int64_t seq = 0;
  std::string case_id;
};

// The acceptance of a case that holds.
Result<std::int64_t> acceptance_position(store::Reader& reader, CentreCode centre, const std::string& text) {
  const auto id = casework::case_of_stream("case:" + text);
  if (!id || text.size() != 14)
    return Refusal{"app.bad_case_id", "办件的系统编号应为 14 位数字：" + excerpt(text), "例如 20240617000001（日期加当日序号）。", 422, "--case"};
  const auto seq = casework::find_acceptance(reader, centre, *id);
  if (!seq) return Refusal{"app.not_accepted", "账本中没有这个办件的受理记录：" + text, "请核对编号；尚未受理的办件和代颁件没有受理回执，可用 --seq 指定其他记录。", 404, "--case"};
  return *seq;
}

Result<std::string> make_receipt(const Cli& cli, const ReceiptWords& w, const store::Place& place) {
  YI_TRY(auto opened, store::open(place, store::Mode::read));
  try {
    auto reader = opened->open_reader();
    if (store::centres(*reader).empty()) return Refusal{"app.empty_ledger", "账本是空的，没有可以出具回执的记录。", "请检查 --data。", 404, store::label_of(place)};
    YI_TRY(const auto centre, cli.centre_of(place));
    auto seq = w.seq;
    if (!w.case_id.empty()) {
      YI_TRY(seq, acceptance_position(*reader, centre, w.case_id));
    }
    if (!place.on_server()) return engine::Receipts(place, centre).receipt(*reader, seq);
    YI_TRY(const auto keys, engine::open_keys(*reader, place, centre, cli.keys, store::KeyAccess::read));
    return engine::Receipts(place, centre, keys.get()).receipt(*reader, seq);
  } catch (const store::Failure& f) {
    return Refusal{"app.unreadable", std::string("数据文件无法读取：") + f.what(), "请从备份恢复，或联系系统管理员。", 500, store::label_of(place)};
  }
}

int run_receipt(const Cli& cli, const ReceiptWords& w) {
  if ((w.seq > 0) == !w.case_id.empty()) return fail({"app.which_record", "请用 --seq 或 --case 指定一条记录。", "例：yichuang receipt --data var --seq 1", 422, ""});
  auto receipt = make_receipt(cli, w, cli.place(w.data));
  if (!receipt) return fail(receipt.error());
  if (const auto written = write_output(w.out, *receipt + "\n"); !written) return fail(written.error());
  if (w.out != "-") fmt::print("回执已写入 {}。核对：yichuang verify-receipt {} --key {}/sm2.pub\n", w.out, w.out, w.data);
  return 0;
}

Result<std::string> read_small_file(const std::string& file) {
  constexpr std::size_t most = 2 * 1024 * 1024;  // a receipt has at most half of it
  std::ifstream in(file, std::ios::binary);
  std::string bytes(most, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.empty() || bytes.size() == most) return Refusal{"app.cannot_read", "无法读取文件，或文件为空、过大：" + file, "请检查文件名和权限。", 422, file};
  return bytes;
}

int run_verify_receipt(const std::string& file, const std::string& key_file) {
  const auto pem = read_small_file(key_file), text = read_small_file(file);
  if (!pem) return fail(pem.error());
  if (!text) return fail(text.error());
  auto key = crypto::Sm2PublicKey::from_pem(*pem);
  if (!key) {
    auto r = key.error();
    r.where = key_file;
    return fail(r);
  }
  const auto fact = engine::verify_receipt(*text, *key);
  if (!fact) return fail(fact.error());
  const auto r = fact->record();
  fmt::print("回执有效。它证明：中心 {} 的账本第 {} 条记录是\n", fact->centre.value, fact->seq);
  fmt::print("  事实      {}\n  对象      {}\n  经办账号  {}\n  生效时间  {}\n  记录时间  {}\n  内容      {}\n", r.name, r.stream, r.actor.empty() ? std::string_view("（加密保存，不在信封上）") : r.actor,
             to_iso(r.effective_at), to_iso(r.recorded_at), r.body);
  fmt::print("账本记到第 {} 条（{}）时的头由公钥 {} 对应的私钥签名；此后对这条记录的任何改动都会与这份回执不符。\n账本头 {}\n", fact->head.seq,
             to_iso(Instant{fact->head.recorded_at}), fact->key_id, fact->head_hash);
  fmt::print("它不证明内容属实，也不表示此后没有撤回、冲正等新的记录；办件的现状请向中心查询。\n");
  return 0;
}

}  // namespace

void add_receipt_commands(Cli& cli) {
  auto* receipt = cli.app.add_subcommand("receipt", "出具回执：一条记录在账本中的证明，可离线核对");
  auto w = std::make_shared<ReceiptWords>();
  cli.add_place(receipt, w->data);
  receipt->add_option("--case", w->case_id, "办件的系统编号：取它的受理记录");
  receipt->add_option("--seq", w->seq, "账本中的序号")->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 39));
  receipt->add_option("--out", w->out, "输出文件；- 为标准输出")->capture_default_str();
  receipt->footer("例：yichuang receipt --data var --case 20240617000005 --out receipt.json\n可与正在运行的服务同时进行；需要读取（首次时建立）数据目录中的签名密钥 sm2.key。");
  receipt->callback([&cli, w] { cli.exit_code = run_receipt(cli, *w); });

  auto* verify = cli.app.add_subcommand("verify-receipt", "核对回执：只用公钥，不需要网络和账本");
  auto file = std::make_shared<std::string>(), key = std::make_shared<std::string>();
  verify->add_option("file", *file, "回执文件")->required();
  verify->add_option("--key", *key, "中心公布的公钥文件 sm2.pub")->required();
  verify->footer("例：yichuang verify-receipt receipt.json --key sm2.pub\n退出码：0 有效（并说明证明了什么），1 无效（并指出哪一部分）");
  verify->callback([&cli, file, key] { cli.exit_code = run_verify_receipt(*file, *key); });
}

}  // namespace yi::app
