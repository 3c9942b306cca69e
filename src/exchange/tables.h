#pragma once
// The five tables of the national case exchange (GB/T 39046-2020 tables 5-8) as structs: a member is a column. Every
// column is text; times are YYYYMMDDhhmmss at UTC+8; "" is unknown or does not apply. docs/exchange.md is the contract.
#include <string>
#include <string_view>
#include <vector>

#include "casework/events.h"
#include "catalog/catalog.h"

namespace yi::exchange {

enum class Table { accept, process, special, result, material };
BOOST_DESCRIBE_ENUM(Table, accept, process, special, result, material)
inline constexpr Table kTables[] = {Table::accept, Table::process, Table::special, Table::result, Table::material};

// A JSON object whose fields only its reader knows.
struct RawJson {
  std::string text = "{}";
};
void append(std::string& out, const RawJson& v);
bool read_node(json::Node n, RawJson& v, json::Reading& r);

// A fact of a case without what means something in one ledger alone (docs/decisions/0012).
struct PortableFact {
  std::int32_t order = 0;                  // in the case, from 1
  Text<60> name;                           // "casework.accepted/1"
  Instant effective_at, recorded_at;       // recorded_at: at the centre that recorded it first
  Text<255> actor;
  RawJson body;
  std::optional<casework::ApplicantPerson> applicant;
  std::optional<bool> applicant_erased;    // there is an applicant of whom nothing is left
  std::optional<casework::AgentPerson> agent;
  std::optional<bool> agent_erased;
  std::optional<Text<60>> receiver;        // 签收人
  std::optional<std::vector<Text<60>>> informed;  // 被告知的利害关系人
};
BOOST_DESCRIBE_STRUCT(PortableFact, (), (order, name, effective_at, recorded_at, actor, body, applicant, applicant_erased, agent, agent_erased, receiver, informed))

struct AcceptExtension {
  std::optional<PortableFact> fact;        // the one that opens the case
  std::optional<Text<200>> not_exported;   // why only this row stands for the case
};
BOOST_DESCRIBE_STRUCT(AcceptExtension, (), (fact, not_exported))

// 受理
struct AcceptRow {
  Text<10> table = "accept";
  Text<50> project_no;                     // 办件编号
  Text<24> catalog_code;                   // 基本编码
  Text<64> task_code;                      // 实施编码: the centre's matter code
  Text<64> task_handle_item;               // 业务办理项编码
  Text<1000> task_name, task_version;
  Text<200> org_name, org_code;            // 受理部门, its 统一社会信用代码
  Text<200> applyer_name, applyer_type, applyer_page_type, applyer_page_code;
  Text<60> legal;                          // 法定代表人
  Text<200> contact_name, contact_type, contact_code, contact_mobile;
  Text<500> address, zip_code;
  Text<14> apply_date;
  Text<2> apply_type;                      // 申报来源: A.5
  Text<14> accept_date;
  Text<100> accept_doc_no;
  Text<255> handle_user_name;
  Text<1> project_type;                    // A.6
  Text<1000> project_name;
  Text<14> promise_date;
  AcceptExtension yc_extension;
};
BOOST_DESCRIBE_STRUCT(AcceptRow, (), (table, project_no, catalog_code, task_code, task_handle_item, task_name, task_version, org_name, org_code, applyer_name, applyer_type, applyer_page_type, applyer_page_code, legal, contact_name, contact_type, contact_code, contact_mobile, address, zip_code, apply_date, apply_type, accept_date, accept_doc_no, handle_user_name, project_type, project_name, promise_date, yc_extension))

// 过程
struct ProcessRow {
  Text<10> table = "process";
  Text<50> project_no;
  Text<60> process_name;                   // 环节: the act
  Text<10> event_name;                     // 业务动作: 通过, 退回, 其他
  Text<255> handle_user_name;
  Text<4000> handle_explain;               // 办理意见
  Text<14> event_start_time, event_end_time;
  Text<200> org_name, org_code;
  Text<1> event_state;                     // 1 待办, 2 已办
  PortableFact yc_extension;
};
BOOST_DESCRIBE_STRUCT(ProcessRow, (), (table, project_no, process_name, event_name, handle_user_name, handle_explain, event_start_time, event_end_time, org_name, org_code, event_state, yc_extension))

// 特别程序
struct SpecialRow {
  Text<10> table = "special";
  Text<50> project_no;
  Text<1> special_type;                    // A.7: 1 延长审批, 2 其他
  Text<60> special_name;
  Text<1000> special_reason;               // 启动理由或依据
  Text<60> special_applyer;                // 提出人: who approved it here
  Text<14> start_time, end_time;
  Text<600> special_result;
  Text<600> handle_explain;
  Text<200> org_name, org_code;
  Text<255> handle_user_name;
};
BOOST_DESCRIBE_STRUCT(SpecialRow, (), (table, project_no, special_type, special_name, special_reason, special_applyer, start_time, end_time, special_result, handle_explain, org_name, org_code, handle_user_name))

// 结果
struct ResultRow {
  Text<10> table = "result";
  Text<50> project_no;
  Text<14> result_date;
  Text<2> result_type;                     // 办结类型 0..6
  Text<600> result_explain;
  Text<200> result_cetr_name;              // the column's name is the platform's
  Text<64> result_cetr_no;
  Text<1> is_delivery_results;             // 1 by post, 0 otherwise, "" not handed out
  Text<1> satisfaction;                    // A.8: 1..5
  Text<255> handle_user_name;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (), (table, project_no, result_date, result_type, result_explain, result_cetr_name, result_cetr_no, is_delivery_results, satisfaction, handle_user_name))

// 材料
struct MaterialRow {
  Text<10> table = "material";
  Text<50> project_no;
  Text<120> material_name;
  Text<10> get_type;                       // 收取方式: 纸质, 电子
  Text<4> get_num;                         // not recorded
  Text<200> attach;
  Text<14> get_time;
};
BOOST_DESCRIBE_STRUCT(MaterialRow, (), (table, project_no, material_name, get_type, get_num, attach, get_time))

// A case in the five tables, and the body of exchange.import_case.
struct CaseTables {
  std::vector<AcceptRow> accept;           // one
  std::vector<ProcessRow> process;
  std::vector<SpecialRow> special;
  std::vector<ResultRow> result;           // none or one
  std::vector<MaterialRow> material;
};
BOOST_DESCRIBE_STRUCT(CaseTables, (), (accept, process, special, result, material))

// The rows of a table with f(row); the column names of a table.
template <class F>
void for_each_row(const CaseTables& t, Table table, F f) {
  switch (table) {
    case Table::accept: for (const auto& r : t.accept) f(r); break;
    case Table::process: for (const auto& r : t.process) f(r); break;
    case Table::special: for (const auto& r : t.special) f(r); break;
    case Table::result: for (const auto& r : t.result) f(r); break;
    case Table::material: for (const auto& r : t.material) f(r); break;
  }
}

// YYYYMMDDhhmmss at UTC+8.
std::string compact(Instant t);

// The tables that a case's facts fill, the opening one first. Columns with names come from the catalogue. The facts'
// bodies must read (portable.h).
CaseTables tables_of(const std::vector<PortableFact>& facts, const catalog::Catalog& catalog);

// Where two cases differ in what facts alone fill: "accept 第1行 promise_date"; "" nowhere. `given` is looked at row by row.
std::string difference(const CaseTables& given, const CaseTables& derived);

}  // namespace yi::exchange

// The extension's body is an object of the fact's own fields.
template <>
inline std::string yi::json::schema<yi::exchange::RawJson>() {
  return R"({"type":"object"})";
}
