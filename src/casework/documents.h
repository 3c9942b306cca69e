#pragma once
// The papers of a case (文书): which there are, the words a centre has chosen for each (templates), and one pure function
// that fills them. No clock, no database: the caller gives every fact, masked where the reader may not see it.
// docs/documents.md lists the papers and explains how their words are changed.
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "calendar/clock.h"
#include "publish/notice.h"

namespace yi::casework {

// The numbers in comments are those of a fielded system (docs/documents.md); papers without one are named alone.
enum class DocumentKind {
  receipt,                           // 01 申请材料接收凭证
  correction_notice,                 // 02 补正材料通知书
  acceptance_refusal,                // 03 不予受理告知书
  acceptance_notice,                 // 04 受理通知书
  correction_receipt,                // 05 补正材料接收凭证
  review_correction_notice,          // 06 审查阶段补正材料通知书
  permit_refusal,                    // 07 不予行政许可决定书
  suspension_notice,                 // 08 特别程序告知书
  proof_of_delivery,                 // 09 送达回证
  step_acceptance,                   // 10 过程受理决定书
  review_correction_receipt,         // 11 审查阶段补正材料接收凭证
  online_receipt,                    // 12 网上申报接收凭证
  online_correction_receipt,         // 13 网上补正接收凭证
  online_review_correction_receipt,  // 14 网上审查阶段补正接收凭证
  site_inspection,                   // 21 现场验收安排
  permit_grant,                      // 准予行政许可决定书
  extension_notice,                  // 延长办理期限通知书
  deferred_acceptance_notice,        // 容缺受理通知书
  deferred_promise,                  // 容缺受理承诺书
  termination_notice,                // 终止办理通知书
  withdrawal_notice,                 // 撤回申请确认书
  transfer_slip,                     // 流转单
  supervision_order,                 // 督办单
  consultation_slip,                 // 咨询登记单
  hearing_notice,                    // 听证告知书
  third_party_notice,                // 利害关系人告知书
  payment_notice,                    // 缴款通知单
  commitment,                        // 告知承诺书
  overdue_explanation,               // 超期说明
  reversal_record,                   // 冲正记录
  negative_report,                   // 否定报备单
  first_asked_slip,                  // 首问登记单
};
BOOST_DESCRIBE_ENUM(DocumentKind, receipt, correction_notice, acceptance_refusal, acceptance_notice, correction_receipt,
                    review_correction_notice, permit_refusal, suspension_notice, proof_of_delivery, step_acceptance, review_correction_receipt,
                    online_receipt, online_correction_receipt, online_review_correction_receipt, site_inspection, permit_grant,
                    extension_notice, deferred_acceptance_notice, deferred_promise, termination_notice, withdrawal_notice,
                    transfer_slip, supervision_order, consultation_slip, hearing_notice, third_party_notice, payment_notice, commitment,
                    overdue_explanation, reversal_record, negative_report, first_asked_slip)

struct DocumentMaterial {
  std::string name;      // 企业登记（备案）申请书
  std::string form;      // 原件, 复印件, 电子
  int copies = 1;
  std::string note{};    // how it came: 窗口提交, 邮寄
};
struct DocumentDefect {
  std::string material;  // which material
  std::string wrong;     // what is wrong or missing
  std::string right;     // what is right: how to mend it
};
// A limit that the paper tells, with its reckoning. `answer` is that of calendar::due with Explain::yes.
struct DocumentDue {
  std::string name;  // 法定办结期限
  calendar::DueQuestion question;
  calendar::DueAnswer answer;
};

// Everything a paper may say. An empty text and an absent day are "not known"; a template whose words need it refuses.
struct DocumentFacts {
  std::string document_number{};  // 文号: 川市监许受〔2024〕12号; shown before the case number
  std::string case_number{}, matter{}, department{}, centre{}, window{};
  std::string applicant{}, agent{};
  std::string contact_person{}, contact_phone{}, contact_address{}, complaint_phone{};
  std::string officer{}, approver{}, receiver{};
  std::optional<CivilDay> date{};  // of the paper
  std::optional<CivilDay> received_on{}, accepted_on{}, decided_on{}, closed_on{};
  std::optional<CivilDay> correct_by{};                     // the applicant's last day to supply what is missing
  std::optional<CivilDay> statutory_due{}, promised_due{}, delivery_due{};
  std::optional<CivilDay> pause_from{}, pause_to{};         // special procedure: from, expected end
  std::optional<CivilDay> answer_by{}, inspected_on{};
  bool permit = true;                                       // 行政许可; the Permit Law binds no other kind
  bool deemed_accepted = false;                             // 行政许可法 §32(1)(4): nobody answered within five days
  std::vector<DocumentMaterial> materials{}, missing{};     // handed in; still to come (容缺)
  std::vector<DocumentDefect> defects{};
  std::string reason{}, legal_basis{};
  std::string competent_authority{};                        // whom to turn to instead
  std::string review_body{}, court{};                       // 复议机关 and 有管辖权的人民法院, as the centre names them
  std::string result{}, result_number{};                    // 营业执照; its number
  std::string procedure{}, duration{};                      // 专家评审; "15 个工作日"
  std::string extended_by{};                                // "10 个工作日"
  std::string delivered_document{}, delivery_way{}, delivery_place{};
  std::string from_holder{}, to_holder{};                   // of a transfer
  std::string question{}, answer{}, channel{}, rule_number{}, inspection_place{};
  std::string recipient{};                                  // whom a hearing or a third party's notice is for
  std::string step{}, amount{}, reversed_act{};             // 环节; "人民币 120 元"; 受理（2024年9月9日 10:12）
  std::vector<DocumentDue> dues{};
  std::string qr_text{};                                    // empty: no code is printed
};

// What the program holds a template to, whatever the words.
struct DocumentRow {
  DocumentKind kind;
  const char* number;   // "04"; "" when the source gives none
  const char* name;     // 受理通知书
  const char* file;     // beneath the folder of templates
  const char* when;     // at which act, for docs
  const char* article;  // one that the template's own `article` must contain; "" for papers inside the house
  bool refuses;         // the remedy must stand on it
  bool to_applicant;    // the contact must stand on it
  bool permits_only;    // refused for a matter of another kind
  const char* required; // slots and tables that the words may not drop, set apart by blanks
};
std::span<const DocumentRow> document_rows();
const DocumentRow& row_of(DocumentKind kind);

// The words of every paper: data/<province>/templates/documents/. Loaded once, immutable, shared by threads.
class DocumentTemplates {
 public:
  // Refusals name file and line: base.yaml_*, base.bad_yaml, "casework.bad_document_slot" (braces, unknown or missing
  // slot), "casework.bad_document_template" (article, remedy, contact or kind is not what the paper needs),
  // "casework.document_file_unknown" (a file that is no paper's).
  static Result<DocumentTemplates> load(const std::filesystem::path& directory);

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit DocumentTemplates(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

// One paper. Refusals: "casework.document_fact_missing" (names the fact that the words need), "casework.document_no_date",
// "casework.document_permits_only" (the paper is one of the Permit Law and the matter is of another kind).
Result<publish::Notice> make_document(DocumentKind kind, const DocumentFacts& facts, const DocumentTemplates& templates);

}  // namespace yi::casework
