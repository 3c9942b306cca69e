#pragma once
// The words of a case's life: stages, acts, kinds of closing, who holds the papers. casework.md §1.2; the table that
// joins them is act_table.h.
#include <boost/describe.hpp>
#include <cstdint>
#include <string_view>

namespace yi::casework {

// Consultation is a record of its own and a draft lies beside the ledger: neither is a case yet.
enum class Stage {
  none,
  submitted,             // 网上申报已提交，待预审
  pre_returned,          // 预审退回
  to_receive,            // 预审通过，待接件
  received,              // 已收件
  correction,            // 待补正
  accepted,              // 已受理
  in_review,             // 审查中
  correction_in_review,  // 审查阶段补正
  suspended,             // 特别程序
  forwarded,             // 转报
  granted,               // 准予
  refused,               // 不予许可
  certificate_made,      // 制证完成，待领取
  issued,                // 已颁发、已送达
  closed,                // 办结
  not_accepted,          // 不予受理
  withdrawn,             // 已撤回
  terminated             // 已终止
};
BOOST_DESCRIBE_ENUM(Stage, none, submitted, pre_returned, to_receive, received, correction, accepted, in_review, correction_in_review,
                    suspended, forwarded, granted, refused, certificate_made, issued, closed, not_accepted, withdrawn, terminated)
inline constexpr int kStages = 19;

enum class Act {
  submit,              // 网上申报
  pre_return,          // 预审退回
  resubmit,            // 修改后重新提交
  pre_accept,          // 预审通过
  take_in,             // 接件
  receive,             // 收件
  supplement,          // 当场更正、补充
  request_correction,  // 一次性告知补正
  receive_correction,  // 接收补正材料
  close_uncorrected,   // 补交不来办结
  accept,              // 受理
  accept_by_law,       // 视为受理
  refuse_acceptance,   // 不予受理
  transfer,            // 流转
  finish_step,         // 环节办结
  inspect_site,        // 现场核查
  inform_third_party,  // 告知利害关系人
  suspend,             // 启动特别程序
  resume,              // 特别程序结束
  extend,              // 延长期限
  extend_joint,        // 联合办理延长期限
  forward,             // 转报
  take_back,           // 转报结果返回
  close_forwarded,     // 转报办结
  decide_grant,        // 准予
  decide_refuse,       // 不予许可
  make_certificate,    // 制证
  issue,               // 颁发、送达
  close,               // 办结
  withdraw,            // 撤回
  terminate,           // 终止
  supply_deferred,     // 补交容缺材料
  check_commitment,    // 核查告知承诺
  reverse,             // 冲正
  explain_overdue,     // 公开说明超期理由
  evaluate,            // 评价
  give_card,           // 亮牌
  order_supervision,   // 督办
  answer_supervision,  // 督办反馈
  close_supervision,   // 督办销号
  recount,             // 重新计算期限
  receive_result,      // 接收代颁结果
  carry_over           // 接续
};
BOOST_DESCRIBE_ENUM(Act, submit, pre_return, resubmit, pre_accept, take_in, receive, supplement, request_correction, receive_correction,
                    close_uncorrected, accept, accept_by_law, refuse_acceptance, transfer, finish_step, inspect_site, inform_third_party,
                    suspend, resume, extend, extend_joint, forward, take_back, close_forwarded, decide_grant, decide_refuse,
                    make_certificate, issue, close, withdraw, terminate, supply_deferred, check_commitment, reverse, explain_overdue,
                    evaluate, give_card, order_supervision, answer_supervision, close_supervision, recount, receive_result, carry_over)
inline constexpr int kActKinds = 43;

// 办结类型, with the codes that provinces exchange (casework.md §1.2).
enum class Closing {
  certificate,   // 0 出证办结
  returned,      // 1 退回办结
  voided,        // 2 作废办结
  deleted,       // 3 删除办结 (an entry error)
  forwarded,     // 4 转报办结
  not_supplied,  // 5 补交不来办结
  completed      // 6 办结
};
BOOST_DESCRIBE_ENUM(Closing, certificate, returned, voided, deleted, forwarded, not_supplied, completed)

// Who holds the papers. A transfer is a signed hand-over from one to another.
enum class Holder { reception_window, department, issue_window };
BOOST_DESCRIBE_ENUM(Holder, reception_window, department, issue_window)
enum class CaseType { instant, promised };  // 即办件 / 承诺件 (GB/T 39046 A.6: 1, 2)
BOOST_DESCRIBE_ENUM(CaseType, instant, promised)

std::string_view chinese_name(Stage s);
std::string_view chinese_name(Act a);
// As said of one case: what is no permit is not 不予许可 but 不予办理.
std::string_view chinese_name(Stage s, bool permit);
std::string_view chinese_name(Act a, bool permit);
std::string_view chinese_name(Closing c);
std::string_view chinese_name(Holder h);

// A case whose life is over: nothing about it is decided or handed out any more.
constexpr bool is_end(Stage s) {
  return s == Stage::issued || s == Stage::closed || s == Stage::not_accepted || s == Stage::withdrawn || s == Stage::terminated;
}

}  // namespace yi::casework
