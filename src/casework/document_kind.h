#pragma once
// Which papers a case can give (文书). Their rows and words are in documents.h; facts name them by this alone.
#include <boost/describe.hpp>

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
  other_refusal,                     // 不予办理决定书, of matters that are no permits
  // New kinds stand at the end: views keep a kind by its place.
  deferred_receipt,                  // 容缺材料接收凭证
  other_grant,                       // 办理结果通知书, of matters that are no permits
  forward_slip,                      // 转报单
  procedure_result,                  // 特别程序结果告知书
  completion_notice,                 // 办结通知书
  site_record,                       // 现场核查记录
  commitment_check,                  // 告知承诺核查记录
  handover_slip,                     // 代颁结果交接单
};
BOOST_DESCRIBE_ENUM(DocumentKind, receipt, correction_notice, acceptance_refusal, acceptance_notice, correction_receipt,
                    review_correction_notice, permit_refusal, suspension_notice, proof_of_delivery, step_acceptance, review_correction_receipt,
                    online_receipt, online_correction_receipt, online_review_correction_receipt, site_inspection, permit_grant,
                    extension_notice, deferred_acceptance_notice, deferred_promise, termination_notice, withdrawal_notice,
                    transfer_slip, supervision_order, consultation_slip, hearing_notice, third_party_notice, payment_notice, commitment,
                    overdue_explanation, reversal_record, negative_report, first_asked_slip, other_refusal, deferred_receipt,
                    other_grant, forward_slip, procedure_result, completion_notice, site_record, commitment_check, handover_slip)

}  // namespace yi::casework
