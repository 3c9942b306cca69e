#include "casework/documents.h"

#include <fmt/format.h>

#include <algorithm>

#include "casework/documents_counted.h"
#include "casework/documents_template.h"

namespace yi::casework {
namespace {

using K = DocumentKind;
constexpr const char* k29 = "行政许可法第二十九条";
constexpr const char* k32 = "行政许可法第三十二条";
constexpr const char* k44 = "行政许可法第四十四条";

constexpr DocumentRow kRows[] = {
    // kind, number, name, file, when, article, refuses, to_applicant, permits_only, required
    {K::receipt, "01", "申请材料接收凭证", "01-receipt.yaml", "收件时", k32, false, true, false, "applicant matter received_on materials"},
    {K::correction_notice, "02", "补正材料通知书", "02-correction-notice.yaml", "收件后当场或五个工作日内，一次列全", k32, false, true, false, "applicant matter applied_on defects"},
    {K::acceptance_refusal, "03", "不予受理告知书", "03-acceptance-refusal.yaml", "不需要许可，或不属于本机关职权时，即时", k32, true, true, false, "applicant matter applied_on reason legal_basis"},
    {K::acceptance_notice, "04", "受理通知书", "04-acceptance-notice.yaml", "受理时；逾期视为受理的补发", k32, false, true, false, "applicant matter accepted_on"},
    {K::correction_receipt, "05", "补正材料接收凭证", "05-correction-receipt.yaml", "受理前收到补正材料时", k32, false, true, false, "applicant matter materials"},
    {K::review_correction_notice, "06", "审查阶段补正材料通知书", "06-review-correction-notice.yaml", "受理后审查中发现材料还要补正时", "行政许可法第三十四条", false, true, false, "applicant matter defects"},
    {K::permit_refusal, "07", "不予行政许可决定书", "07-permit-refusal.yaml", "决定不予许可时", "行政许可法第三十八条", true, true, true, "applicant matter reason legal_basis"},
    {K::suspension_notice, "08", "特别程序告知书", "08-suspension-notice.yaml", "启动听证、检验、检测、检疫、鉴定、专家评审等时", "行政许可法第四十五条", false, true, false, "applicant matter procedure duration reason"},
    {K::proof_of_delivery, "09", "送达回证", "09-proof-of-delivery.yaml", "送达每一份决定、证件时", k44, false, false, false, "applicant delivered_document delivery_way"},
    {K::step_acceptance, "10", "过程受理决定书", "10-step-acceptance.yaml", "受理后进入事项设定的环节时", "行政许可法第三十四条", false, true, false, "applicant matter step"},
    {K::review_correction_receipt, "11", "审查阶段补正材料接收凭证", "11-review-correction-receipt.yaml", "审查中收到补正材料时", "行政许可法第三十四条", false, true, false, "applicant matter materials"},
    {K::online_receipt, "12", "网上申报接收凭证", "12-online-receipt.yaml", "网上提交申请时", k29, false, true, false, "applicant matter received_on materials"},
    {K::online_correction_receipt, "13", "网上补正接收凭证", "13-online-correction-receipt.yaml", "受理前网上补正时", k32, false, true, false, "applicant matter materials"},
    {K::online_review_correction_receipt, "14", "网上审查阶段补正接收凭证", "14-online-review-correction-receipt.yaml", "审查中网上补正时", "行政许可法第三十四条", false, true, false, "applicant matter materials"},
    {K::site_inspection, "21", "现场验收安排通知书", "21-site-inspection.yaml", "需要现场核查、验收时", "行政许可法第三十四条", false, true, false, "applicant matter inspected_on inspection_place"},
    {K::permit_grant, "", "准予行政许可决定书", "permit-grant.yaml", "决定准予许可时", "行政许可法第三十八条", false, true, true, "applicant matter result"},
    {K::extension_notice, "", "延长办理期限通知书", "extension-notice.yaml", "负责人批准延长期限时", "", false, true, false, "applicant matter extended_by reason approver legal_basis"},
    {K::deferred_acceptance_notice, "", "容缺受理通知书", "deferred-acceptance-notice.yaml", "容缺受理时，与承诺书一起", "国发〔2022〕5号", false, true, false, "applicant matter missing"},
    {K::deferred_promise, "", "容缺受理承诺书", "deferred-promise.yaml", "申请人选择容缺受理时签署", "国发〔2022〕5号", false, true, false, "applicant matter missing"},
    {K::termination_notice, "", "终止办理通知书", "termination-notice.yaml", "补正期满未补、申请主体消灭等终止时", "", true, true, false, "applicant matter applied_on reason legal_basis"},
    {K::withdrawal_notice, "", "撤回申请确认书", "withdrawal-notice.yaml", "决定作出前申请人撤回时", "", false, true, false, "applicant matter materials"},
    {K::transfer_slip, "", "办件流转单", "transfer-slip.yaml", "办件和材料在窗口与部门之间移交时", "行政许可法第二十六条", false, false, false, "matter from_holder to_holder materials"},
    {K::supervision_order, "", "督办单", "supervision-order.yaml", "超期或者违反办理规则时", "", false, false, false, "matter department reason answer_by legal_basis"},
    {K::consultation_slip, "", "咨询登记单", "consultation-slip.yaml", "接受咨询、首问负责时", "行政许可法第三十条", false, true, false, "question answer officer"},
    {K::hearing_notice, "", "行政许可听证告知书", "hearing-notice.yaml", "许可直接涉及申请人与他人之间重大利益关系，决定之前", "行政许可法第四十七条", false, true, true, "recipient matter answer_by"},
    {K::third_party_notice, "", "利害关系人告知书", "third-party-notice.yaml", "审查中发现直接关系他人重大利益时", "行政许可法第三十六条", false, true, true, "recipient matter reason answer_by"},
    {K::payment_notice, "", "缴款通知单", "payment-notice.yaml", "有法定收费时", "行政许可法第五十九条", false, true, true, "applicant matter amount legal_basis"},
    {K::commitment, "", "告知承诺书", "commitment.yaml", "申请人以承诺代替证明时签署", "国办发〔2020〕42号", false, true, false, "applicant matter missing"},
    {K::overdue_explanation, "", "超期办理情况说明", "overdue-explanation.yaml", "超过承诺或者法定期限时", "优化营商环境条例第三十六条", false, true, false, "applicant matter reason"},
    {K::reversal_record, "", "冲正记录", "reversal-record.yaml", "当日录入错误冲正时", "", false, false, false, "case_number reversed_act reason officer"},
    {K::negative_report, "", "否定报备单", "negative-report.yaml", "窗口作出否定答复时，报督查", "", false, false, false, "department reason officer"},
    {K::other_refusal, "", "不予办理决定书", "other-refusal.yaml", "决定不予办理行政许可以外的事项时", "行政复议法第二十条", true, true, false, "applicant matter reason legal_basis"},
    {K::first_asked_slip, "", "首问登记单", "first-asked-slip.yaml", "首问登记、移交时", "", false, false, false, "question officer channel"},
    {K::deferred_receipt, "", "容缺材料接收凭证", "deferred-receipt.yaml", "补交容缺材料时", "国发〔2022〕5号", false, true, false, "applicant matter received_on materials missing"},
    {K::other_grant, "", "办理结果通知书", "other-grant.yaml", "决定办理行政许可以外的事项时", "", false, true, false, "applicant matter result legal_basis"},
    {K::forward_slip, "", "转报单", "forward-slip.yaml", "初审后转报上级，或者转往有权机关时", "", false, false, false, "applicant matter authority reason legal_basis materials"},
    {K::procedure_result, "", "特别程序结果告知书", "procedure-result.yaml", "听证、检验、检测、检疫、鉴定、专家评审等结束时", "行政许可法第四十五条", false, true, false, "applicant matter procedure reason"},
    {K::completion_notice, "", "办结通知书", "completion-notice.yaml", "没有证件要颁发的事项办结时", "", false, true, false, "applicant matter closed_on result legal_basis"},
    {K::site_record, "", "现场核查记录", "site-record.yaml", "现场核查时", "行政许可法第三十四条", false, false, false, "applicant matter inspectors reason"},
    {K::commitment_check, "", "告知承诺核查记录", "commitment-check.yaml", "核查承诺时", "国办发〔2020〕42号", false, false, false, "applicant matter missing reason officer"},
    {K::handover_slip, "", "代颁结果交接单", "handover-slip.yaml", "接收部门自办件的结果代为颁发时", "", false, false, false, "matter department foreign_number materials receiver"},
};

using Block = publish::NoticeBlock;

Block table(std::vector<double> shares, bool head) {
  Block b;
  b.kind = Block::Kind::table;
  b.shares = std::move(shares);
  b.has_head = head;
  b.names_first = !head;
  return b;
}

// "—" where nobody counted: a receipt certifies nothing that was not looked at.
Block material_table(const std::vector<DocumentMaterial>& list) {
  const bool notes = std::any_of(list.begin(), list.end(), [](const auto& m) { return !m.note.empty(); });
  const bool dates = std::any_of(list.begin(), list.end(), [](const auto& m) { return m.by.has_value(); });
  auto b = dates ? table({2.9, 10, 3.4, 2.9, 7.6}, true) : notes ? table({2.9, 11.6, 3.4, 2.9, 6}, true) : table({2.9, 16.4, 4, 2.9}, true);
  b.rows.push_back({"序号", "材料名称", "形式", "份数"});
  if (notes || dates) b.rows.back().push_back(dates ? "最迟补交日期" : "备注");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& m = list[i];
    b.rows.push_back({std::to_string(i + 1), m.name, m.form.empty() ? "—" : m.form, m.copies == 0 ? "—" : std::to_string(m.copies)});
    if (dates) b.rows.back().push_back(m.by ? to_chinese(*m.by) : m.note);
    else if (notes) b.rows.back().push_back(m.note);
  }
  return b;
}

Block defect_table(const std::vector<DocumentDefect>& list) {
  auto b = table({2.9, 6, 9, 9}, true);
  b.rows.push_back({"序号", "材料", "存在的问题", "怎样补正"});
  for (std::size_t i = 0; i < list.size(); ++i) b.rows.push_back({std::to_string(i + 1), list[i].material, list[i].wrong, list[i].right});
  return b;
}

bool given(const std::string& when, const DocumentFacts& f) {
  if (when.empty()) return true;
  if (when == "materials") return !f.materials.empty();
  if (when == "missing") return !f.missing.empty();
  if (when == "defects") return !f.defects.empty();
  return !find_slot(when)->value(f).empty();
}

Result<Block> facts_table(const TemplateItem& item, const DocumentFacts& f) {
  auto b = table({6, 20}, false);
  b.least_row_mm = item.row_mm;
  for (const auto& fact : item.facts) {
    if (!given(fact.when, f)) continue;
    YI_TRY(auto value, fact.value.fill(f));
    b.rows.push_back({fact.name, std::move(value)});
  }
  return b;
}

Result<Block> list_table(DocumentTable which, const DocumentFacts& f) {
  const auto none = [](const char* what) {
    return Refusal{"casework.document_fact_missing", std::string("文书还缺“") + what + "”，没有生成。",
                   std::string("请先填写“") + what + "”，至少一项。", 422, ""};
  };
  if (which == DocumentTable::defects) return f.defects.empty() ? Result<Block>(none("要补正的内容")) : defect_table(f.defects);
  const auto& list = which == DocumentTable::materials ? f.materials : f.missing;
  if (list.empty()) return none(which == DocumentTable::materials ? "材料清单" : "容缺材料清单");
  return material_table(list);
}

Result<std::vector<Block>> blocks(const std::vector<TemplateItem>& items, const DocumentFacts& f) {
  std::vector<Block> out;
  for (const auto& item : items) {
    if (!given(item.when, f)) continue;
    using Kind = TemplateItem::Kind;
    if (item.kind == Kind::facts) {
      YI_TRY(auto b, facts_table(item, f));
      if (!b.rows.empty()) out.push_back(std::move(b));
    } else if (item.kind == Kind::table) {
      YI_TRY(auto b, list_table(item.table, f));
      out.push_back(std::move(b));
    } else {
      Block b;
      b.kind = item.kind == Kind::heading ? Block::Kind::heading : item.kind == Kind::line ? Block::Kind::line : Block::Kind::body;
      YI_TRY(b.text, item.words.fill(f));
      out.push_back(std::move(b));
    }
  }
  return out;
}

// The line under the title: the paper's own number where it has one, and the case's, with the kind of paper behind it.
std::string number_of(const DocumentRow& row, const DocumentFacts& f) {
  if (f.case_number.empty()) return f.document_number;
  const auto number = f.case_number + (row.number[0] ? "-" + std::string(row.number) : std::string());
  return f.document_number.empty() ? "编号：" + number : f.document_number + "（办件编号：" + number + "）";
}

}  // namespace

std::span<const DocumentRow> document_rows() { return kRows; }

const DocumentRow& row_of(DocumentKind kind) {
  return *std::find_if(std::begin(kRows), std::end(kRows), [&](const DocumentRow& r) { return r.kind == kind; });
}

Result<publish::Notice> make_document(DocumentKind kind, const DocumentFacts& f, const DocumentTemplates& templates) {
  const auto& t = templates.impl().all.at(kind);
  // 行政许可法 §32(2): acceptance and its refusal carry seal and date; the other papers keep the same form.
  if (!f.date) return Refusal{"casework.document_no_date", "文书没有日期，没有生成。", "请填写文书日期。", 422, "date"};
  if (row_of(kind).permits_only && !f.permit)
    return Refusal{"casework.document_permits_only", std::string("“") + row_of(kind).name + "”只用于行政许可事项。",
                   "其他种类的事项请按该事项自己的依据出具文书。", 422, ""};
  publish::Notice n;
  YI_TRY(n.organ, t.organ.fill(f));
  n.title = t.title;
  n.number = number_of(row_of(kind), f);
  YI_TRY(n.recipient, t.recipient.fill(f));
  YI_TRY(n.body, blocks(t.body, f));
  // The matter's own law sets remedies against the ruling; whether the application is taken up at all is not one (行政复议法 §20, 行政诉讼法 §46).
  const bool ruling = kind == K::permit_refusal || kind == K::other_refusal;
  if (ruling && !f.own_remedy.empty()) n.remedy = f.own_remedy;
  else {
    YI_TRY(n.remedy, t.remedy.fill(f));
  }
  YI_TRY(n.contact, t.contact.fill(f));
  if (!t.signature.empty()) {
    YI_TRY(n.signature.organ, t.signature.fill(f));
    if (!t.seal.empty()) n.signature.seal = "（" + t.seal + "）";
    n.signature.date = to_chinese(*f.date);
  }
  if (!t.qr_caption.empty() && !f.qr_text.empty()) n.qr = {f.qr_text, t.qr_caption};
  YI_TRY(n.after, blocks(t.after, f));
  if (t.counted) append_counted(n, f.dues);
  return n;
}

}  // namespace yi::casework
