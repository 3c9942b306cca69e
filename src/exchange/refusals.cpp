#include "exchange/refusals.h"

#include "base/text.h"

namespace yi::exchange {
namespace {

struct Words {
  Refused what;
  const char* code;
  const char* sentence;
  const char* next_step;
  int status;
};
constexpr Words kWords[] = {
    {Refused::broken_row, "exchange.broken_row", "交换文件中有一行不完整，或者与同一办件的其他行不一致。", "请按所指的表、行、字段核对，向发出方要回完整的文件；这个办件没有导入。", 422},
    {Refused::case_exists, "exchange.case_exists", "这个办件编号在本中心已经存在，内容与文件不同。", "请核对办件编号；已有的办件不会被覆盖。", 409},
    {Refused::number_taken, "exchange.number_taken", "部门系统的这个办件号已经登记过。", "请核对是否已经接续或者代颁；同一个办件只登记一次。", 409},
    {Refused::unknown_matter, "exchange.unknown_matter", "本中心的事项目录中没有这个事项或这个版本。", "请先在事项目录中补上事项及其历史版本，再导入。", 422},
    {Refused::unknown_department, "exchange.unknown_department", "本中心的目录中没有这个部门。", "请先在目录中补上部门，再导入。", 422},
    {Refused::in_future, "exchange.in_future", "办件的记录时间晚于本中心的时间。", "请核对两边的时钟；待时间到后再导入。", 422},
    {Refused::too_long, "exchange.too_long", "这个办件的记录超过 2000 条或者 16 MB，不能以交换表传送。", "请改用数据目录的备份和恢复。", 422},
    {Refused::too_old, "exchange.too_old", "这个办件是早期版本记录的，没有写明每一步之后的状态，不能完整导出。", "请改用数据目录的备份和恢复。", 422},
    {Refused::not_exported, "exchange.not_exported", "文件写明这个办件没有完整导出。", "请看文件中 not_exported 的说明，向发出方核对。", 422},
    {Refused::bad_period, "exchange.bad_period", "起始日晚于截止日。", "请核对 from 和 to。", 400},
    {Refused::table_required, "exchange.table_required", "csv 一次只导出一张表，zip 一次导出五张表。", "请用 table 写明 accept、process、special、result、material 之一，或者改用 zip、jsonl。", 400},
    {Refused::not_a_row, "exchange.not_a_row", "这一行不是交换表的行：要有 table 和 project_no。", "请用本系统导出的 JSON 行文件（format=jsonl）。", 422},
};

}  // namespace

Refusal refusal(Refused what, std::string detail, std::string where) {
  for (const auto& w : kWords)
    if (w.what == what) return {w.code, detail.empty() ? w.sentence : w.sentence + detail, w.next_step, w.status, std::move(where)};
  return {"exchange.broken_row", std::move(detail), "", 422, std::move(where)};
}

std::vector<std::string> import_refusal_codes() {
  return {"exchange.broken_row", "exchange.case_exists", "exchange.number_taken", "exchange.unknown_matter", "exchange.unknown_department",
          "exchange.in_future", "exchange.too_long", "exchange.not_exported"};
}

std::string excerpt_of(std::string_view text) { return "“" + excerpt(text) + "”"; }

}  // namespace yi::exchange
