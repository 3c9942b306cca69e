#include <string>

#include "casework/rules.h"

namespace yi::casework {
namespace {

struct Texts {
  Refused what;
  const char* code;
  const char* sentence;
  const char* next_step;
  int status;
};
constexpr Texts kTexts[] = {
    {Refused::unknown_matter, "casework.unknown_matter", "没有这个事项。", "请从事项目录中选择。", 422},
    {Refused::unknown_window, "casework.unknown_window", "没有这个窗口。", "请核对窗口编号。", 422},
    {Refused::unknown_department, "casework.unknown_department", "没有这个部门。", "请从部门目录中选择。", 422},
    {Refused::window_not_for_department, "casework.window_not_for_department", "这个窗口不受理该部门的事项。", "请引导到综合窗口或该部门的专业窗口。", 422},
    {Refused::not_an_issue_window, "casework.not_an_issue_window", "这个窗口不颁发该部门的结果。", "请到出件窗口办理。", 422},
    {Refused::unknown_case, "casework.unknown_case", "没有这个办件。", "请核对办件编号。", 404},
    {Refused::illegal_act, "casework.illegal_act", "办件目前的状态不能做这一步。", "请刷新页面，按可办步骤继续。", 409},
    {Refused::reason_required, "casework.reason_required", "这一步必须写明理由。", "请填写理由后重新提交。", 422},
    {Refused::unknown_material, "casework.unknown_material", "材料清单中有该事项没有的材料。", "请按事项的材料目录勾选。", 422},
    {Refused::decided_in_future, "casework.decided_in_future", "决定日期晚于今天，或早于受理日期。", "请核对日期。", 422},
    {Refused::foreign_number_taken, "casework.foreign_number_taken", "该部门的这个办件编号已经登记过。", "请查询原办件，不要重复登记。", 409},
    {Refused::serials_exhausted, "casework.serials_exhausted", limits::kCaseSerial.message, "明日零时起可继续收件。", 503},
    {Refused::not_opening_day, "casework.not_opening_day", "只有中心启用当天才能接续以前的办件。", "请按新收件或代颁结果登记。", 409},
    {Refused::not_open_before, "casework.not_open_before", "接续的办件应在启用日之前受理，决定不早于受理。", "请核对日期；尚未受理的，请按新收件登记。", 422},
    {Refused::matter_of_other_department, "casework.matter_of_other_department", "这个事项不属于所填的部门。", "请核对部门或事项。", 422},
    {Refused::text_required, "casework.text_required", "有必填的文字是空的。", "请填写后重新提交。", 422},
    {Refused::not_your_act, "casework.not_your_act", "这一步不由您的岗位办理。", "请交由有权办理的岗位。", 403},
    {Refused::not_your_department, "casework.not_your_department", "这个办件由其他部门办理。", "请由承办部门的人员办理。", 403},
    {Refused::not_your_case, "casework.not_your_case", "这个办件不在您名下。", "请核对办件编号，或请申请人本人、代办人办理。", 403},
    {Refused::version_needed, "casework.version_needed", "没有写明您看到的是办件的哪一版。", "请刷新页面，看过最新情况再办。", 428},
    {Refused::version_conflict, "casework.version_conflict", "您打开之后，这个办件已由他人办理过。", "请先看最新情况，再决定是否提交；您填写的内容没有记入这个办件。", 409},
    {Refused::not_online, "casework.not_online", "网上申报应由申请人本人的账号提交。", "请登录申请人账号；窗口请用收件。", 403},
    {Refused::no_direct_receipt, "casework.no_direct_receipt", "该事项须先预审，再接件。", "请先办理预审。", 409},
    {Refused::papers_missing, "casework.papers_missing", "还缺必要的材料，不能受理。", "请补齐，或一次性告知补正；可以容缺或告知承诺的，请在受理时写明。", 409},
    {Refused::notice_too_late, "casework.notice_too_late", "收到材料已满五个工作日，不能再要求补正（行政许可法第三十二条第一款第四项）。", "自收到材料之日起即为受理，请按受理办理；审查中仍可以告知补正。", 409},
    {Refused::second_notice, "casework.second_notice", "该办件已告知过一次补正，再次告知须写明理由（一次性告知制）。", "请一次列全；确需再次告知的，请填写理由，系统会向督查提示。", 409},
    {Refused::correction_running, "casework.correction_running", "申请人的补正期限还没有届满。", "请等到期限届满；申请人自愿撤回的，请用撤回。", 409},
    {Refused::two_officials, "casework.two_officials", "现场核查应当有两名以上工作人员。", "请填写至少两名核查人员的姓名。", 422},
    {Refused::no_special_procedure, "casework.no_special_procedure", "该事项没有这种特别程序，时间不能扣除。", "行政许可只限第四十五条所列情形；其他事项按其自身依据。", 409},
    {Refused::planned_end_past, "casework.planned_end_past", "计划结束日期早于今天。", "请填写书面告知申请人的结束日期。", 422},
    {Refused::no_extension, "casework.no_extension", "该事项没有延长期限的依据。", "行政许可按第四十二条；其他事项只能按其自身依据延长。", 409},
    {Refused::extended_already, "casework.extended_already", "期限只能延长一次，这个办件已经延长过。", "请在期限内作出决定；超期须公开说明理由。", 409},
    {Refused::wrong_extension, "casework.wrong_extension", "延长的天数超过依据允许的天数。", "请按事项的依据填写。", 422},
    {Refused::no_joint_basis, "casework.no_joint_basis", "没有登记联合办理的依据（行政许可法第二十六条），不能按联合办理延长。", "请按一般延长办理，或先在事项目录中登记依据。", 409},
    {Refused::no_preliminary_review, "casework.no_preliminary_review", "该事项不需要转报上级或其他机关。", "请在本机关作出决定；属于其他机关职权的，code 写 other_authority，并写明转往机关。", 409},
    {Refused::quantity_exhausted, "casework.quantity_exhausted", "本期数量已经用完（行政许可法第五十七条）。", "请作出不予许可决定并说明理由，或等下一期。", 409},
    {Refused::earlier_waits, "casework.earlier_waits", "有受理在先的申请还没有决定，余下的数量先归受理在先者（行政许可法第五十七条）。", "请先决定受理在先的办件。", 409},
    {Refused::deferred_missing, "casework.deferred_missing", "容缺的材料还没有补齐，不能颁发结果。", "请先登记补交的材料。", 409},
    {Refused::not_deferrable, "casework.not_deferrable", "这份材料不在可以容缺的清单内，或已经收到。", "请补齐后受理，或一次性告知补正。", 422},
    {Refused::deferral_too_long, "casework.deferral_too_long", "补交日期晚于允许的期限（不得超过承诺办结时限）。", "请改早补交日期。", 422},
    {Refused::no_commitment, "casework.no_commitment", "这份材料不能用告知承诺代替。", "请补齐材料后受理。", 422},
    {Refused::standing_excluded, "casework.standing_excluded", "申请人目前不能适用容缺受理或告知承诺。", "请按一般程序办理；修复办法见说明。", 409},
    {Refused::something_to_deliver, "casework.something_to_deliver", "该事项有证件或批文要送达，不能直接办结。", "请制证并送达。", 409},
    {Refused::nothing_to_reverse, "casework.nothing_to_reverse", "没有可以冲正的一步：只能冲正今天办理的最后一步，且只能一次。", "以前的错误请按法定程序变更、撤销。", 409},
    {Refused::not_overdue, "casework.not_overdue", "这个办件没有超期。", "不需要说明。", 409},
    {Refused::explained_already, "casework.explained_already", "超过的期限都已经说明过理由。", "每个期限只说明一次。", 409},
    {Refused::evaluated_already, "casework.evaluated_already", "这个办件已经评价过（一事一评）。", "感谢您的评价；如有意见，请到办不成事反映窗口。", 409},
    {Refused::bad_level, "casework.bad_level", "评价等级应为 1（非常满意）到 5（非常不满意）。", "请重新选择。", 422},
    {Refused::no_step_left, "casework.no_step_left", "该事项没有下一个环节。", "请作出决定。", 409},
    {Refused::ordered_already, "casework.ordered_already", "已有一份督办单没有办结。", "请先办结原督办单。", 409},
    {Refused::not_ordered, "casework.not_ordered", "没有等待反馈的督办单。", "请核对办件。", 409},
    {Refused::not_answered, "casework.not_answered", "督办单还没有反馈。", "请等承办部门反馈后再销号。", 409},
    {Refused::authority_required, "casework.authority_required", "请写明转往或有权办理的机关。", "请填写机关名称。", 422},
    {Refused::bad_code, "casework.bad_code", "这一项的代码不在允许的范围内。", "请从列表中选择。", 422},
    {Refused::defects_required, "casework.defects_required", "请至少列出一处问题，并写明错在哪里、怎样才对。", "请逐项填写后一次告知。", 422},
    {Refused::history_behind, "casework.history_behind", "这个办件刚刚办理过，记录还在整理。", "请在几秒后再试。", 503},
    {Refused::real_name_required, "casework.real_name_required", "这个账号还没有实名绑定，不能网上申报。", "请携带证件到窗口绑定，或用统一身份认证登录；也可以到窗口申请。", 403},
    {Refused::not_own_number, "casework.not_own_number", "填写的证件号码不是这个账号绑定的号码。", "请填写本人的号码；为他人申请的，请填写代办人为本人。", 422},
    {Refused::case_needed, "casework.case_needed", "上传的文件没有写明属于哪个办件，没有接收。", "请在地址中写明办件的系统编号：POST /api/files?case=编号。", 422},
    {Refused::file_of_other, "casework.file_of_other", "这个文件不是为这个办件上传的。", "请重新上传，并写明办件：POST /api/files?case=编号。", 422},
    {Refused::no_such_file, "casework.no_such_file", "这个办件没有登记这个文件。", "请在办件的材料文件中选择。", 404},
    {Refused::not_filed_today, "casework.not_filed_today", "只能撤下今天登记的材料文件；申请人只能撤下自己登记的。", "以前登记的请保留，另行登记正确的文件。", 409},
    {Refused::too_many_files, "casework.too_many_files", limits::kCaseFiles.message, "请合并后重新上传，或撤下今天登记错的文件。", 409},
    {Refused::person_erased, "casework.person_erased", "个人信息已经依法删除，不能再登记文件，也不能再出具写有姓名的文书。", "办件的经过仍可查看；确需办理的，请本人重新提出。", 410},
    {Refused::basis_required, "casework.basis_required", "不予受理、不予许可（不予办理）和终止的决定必须写明所依据的条款。", "请写明法律、法规、规章的名称和条款（legal_basis）；技术标准另写在 standard。", 422},
    {Refused::tracking_required, "casework.tracking_required", "邮寄送达要写快递单号。", "请填写快递单号；收件人签收以后另行登记送达。", 422},
    {Refused::answer_running, "casework.answer_running", "利害关系人陈述、申辩和要求听证的期间还没有届满（行政许可法第三十六条、第四十七条）。", "请等期间届满；已经听取意见、举行听证或者书面放弃的，请在 heard 中写明后再决定。", 409},
    {Refused::answer_too_soon, "casework.answer_too_soon", "给利害关系人的时间不足五日（行政许可法第四十七条；五日以工作日计算，第八十二条）。", "请改为更晚的日期，或者不填，由程序计算。", 422},
    {Refused::served_already, "casework.served_already", "结果已经颁发，或者文书已经送达，不能再冲正。", "已送达的，依法撤销、变更。", 409},
    {Refused::reversed_elsewhere, "casework.reversed_elsewhere", "这一步由原中心登记，本中心不能冲正。", "请由原中心冲正后重新导出；在本中心发现的错误，依法更正。", 409},
    {Refused::limit_over, "casework.limit_over", "期限已过，不能再延长。", "请尽快决定并公开说明理由。", 409},
    {Refused::papers_open, "casework.papers_open", "还有必要的材料没有收到，不能准予，也不能办结。", "请先登记补交的材料，或者在审查中告知补正；逾期不补的，依法作出不予决定或者终止。", 409},
    {Refused::offline_only, "casework.offline_only", "该事项不能网上申报。", "请到窗口申请。", 409},
    {Refused::wrong_audience, "casework.wrong_audience", "该事项不向这一类申请人办理。", "请核对事项和申请人类型（自然人、法人或者其他组织）。", 422},
    {Refused::bad_count, "casework.bad_count", "清点的材料要在提交的材料之内，每份写一次，份数为 1 到 999。", "请核对清点的材料和份数。", 422},
    {Refused::overdue_unexplained, "casework.overdue_unexplained", "超过的办理期限还没有公开说明理由，督办不能销号（优化营商环境条例第三十六条）。", "请承办部门先说明超期理由，每个超过的期限各一次。", 409},
    {Refused::commitment_false, "casework.commitment_false", "告知承诺经核查不属实，不能准予。", "请作出不予决定或者终止办理并写明依据；承诺人已经整改、再次核查属实的，先登记核查结果（国办发〔2020〕42号）。", 409},
};
}  // namespace

Refusal refusal(Refused what, std::string detail) {
  for (const auto& t : kTexts)
    if (t.what == what)
      return {t.code, detail.empty() ? t.sentence : std::string(t.sentence) + "（" + detail + "）", t.next_step, t.status, ""};
  return {"casework.illegal_act", "", "", 409, ""};
}

std::string article_of_permits(const CaseState& s, std::string_view article, std::string words) {
  if (!s.permit()) return words;
  return words + (words.empty() ? "" : "；") + "行政许可法" + std::string(article);
}

std::vector<std::string> refusal_codes() {
  std::vector<std::string> out;
  for (const auto& t : kTexts) out.emplace_back(t.code);
  return out;
}

}  // namespace yi::casework
