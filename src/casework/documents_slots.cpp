#include <algorithm>

#include "base/text.h"
#include "casework/documents_template.h"

namespace yi::casework {
namespace {

std::string day(const std::optional<CivilDay>& d) { return d ? to_chinese(*d) : std::string(); }

std::string yes(bool b) { return b ? "是" : ""; }

using F = const DocumentFacts&;

// Every paper was there: nothing deferred, no commitment in the place of a proof.
bool whole(F f) { return f.missing.empty() && f.committed.empty(); }

// "生产场所租赁合同（最迟2024年9月23日）、…"
std::string deferred(F f) {
  std::string out;
  for (const auto& m : f.missing) out += (out.empty() ? "" : "、") + m.name + (m.by ? "（最迟" + to_chinese(*m.by) + "）" : "");
  return out;
}

// Two telephones, or one that serves for both.
std::string hotlines(F f) {
  if (f.complaint_phone.empty() || f.supervision_phone.empty()) return {};
  if (f.complaint_phone == f.supervision_phone) return "投诉、监督电话：" + f.complaint_phone;
  return "投诉电话：" + f.complaint_phone + "；监督电话：" + f.supervision_phone;
}

bool open_until(const std::optional<CivilDay>& due, F f) { return due && f.date && *due >= *f.date; }
bool missed(const std::optional<CivilDay>& due, F f) { return due && f.date && *due < *f.date; }

constexpr SlotRow kSlots[] = {
    {"case_number", "办件编号", [](F f) { return f.case_number; }},
    {"document_number", "文号", [](F f) { return f.document_number; }},
    {"matter", "事项名称", [](F f) { return f.matter; }},
    {"department", "实施部门", [](F f) { return f.department; }},
    {"centre", "政务服务中心名称", [](F f) { return f.centre; }},
    {"window", "窗口", [](F f) { return f.window; }},
    {"applicant", "申请人", [](F f) { return f.applicant; }},
    {"agent", "代办人", [](F f) { return f.agent; }},
    {"contact_person", "联系人", [](F f) { return f.contact_person; }},
    {"contact_phone", "联系电话", [](F f) { return f.contact_phone; }},
    {"contact_address", "联系地址", [](F f) { return f.contact_address; }},
    {"complaint_phone", "投诉电话", [](F f) { return f.complaint_phone; }},
    {"supervision_phone", "监督电话", [](F f) { return f.supervision_phone; }},
    {"hotlines", "投诉电话和监督电话", [](F f) { return hotlines(f); }},
    {"officer", "经办人", [](F f) { return f.officer; }},
    {"approver", "批准人", [](F f) { return f.approver; }},
    {"receiver", "签收人", [](F f) { return f.receiver; }},
    {"date", "文书日期", [](F f) { return day(f.date); }},
    {"applied_on", "申请日期", [](F f) { return day(f.applied_on); }},
    {"received_on", "收件日期", [](F f) { return day(f.received_on); }},
    {"accepted_on", "受理日期", [](F f) { return day(f.accepted_on); }},
    {"decided_on", "决定日期", [](F f) { return day(f.decided_on); }},
    {"closed_on", "办结日期", [](F f) { return day(f.closed_on); }},
    {"correct_by", "补齐期限", [](F f) { return day(f.correct_by); }},
    {"statutory_due", "法定办结日期", [](F f) { return day(f.statutory_due); }},
    {"promised_due", "承诺办结日期", [](F f) { return day(f.promised_due); }},
    {"delivery_due", "送达期限", [](F f) { return day(f.delivery_due); }},
    {"pause_from", "暂停起始日", [](F f) { return day(f.pause_from); }},
    {"pause_to", "预计恢复日", [](F f) { return day(f.pause_to); }},
    {"answer_by", "答复期限", [](F f) { return day(f.answer_by); }},
    {"inspected_on", "现场验收日期", [](F f) { return day(f.inspected_on); }},
    // For `when` alone: which words fit the case.
    {"permit", "行政许可事项", [](F f) { return yes(f.permit); }},
    {"other_kind", "其他种类的事项", [](F f) { return yes(!f.permit); }},
    {"permit_accepted", "许可事项，材料齐全，作出了受理决定", [](F f) { return yes(f.permit && !f.deemed_accepted && whole(f)); }},
    {"permit_partly", "许可事项，容缺或者承诺受理", [](F f) { return yes(f.permit && !f.deemed_accepted && !whole(f)); }},
    {"other_accepted", "其他事项，材料齐全受理", [](F f) { return yes(!f.permit && whole(f)); }},
    {"other_partly", "其他事项，容缺或者承诺受理", [](F f) { return yes(!f.permit && !whole(f)); }},
    {"permit_deemed", "许可事项，逾期视为受理", [](F f) { return yes(f.permit && f.deemed_accepted); }},
    {"permit_elsewhere", "许可事项，由其他机关管辖", [](F f) { return yes(f.permit && f.not_competent); }},
    {"permit_not_needed", "不需要取得许可的事项", [](F f) { return yes(f.permit && f.no_permit_needed); }},
    {"own_ground", "不予受理另有依据", [](F f) { return yes(!f.permit || (!f.not_competent && !f.no_permit_needed)); }},
    {"no_correct_by", "没有规定补齐期限", [](F f) { return yes(!f.correct_by); }},
    {"correction_pauses", "补正期间停止计时", [](F f) { return yes(f.correction_pauses); }},
    {"correction_runs", "补正期间照常计时", [](F f) { return yes(!f.correction_pauses); }},
    {"promise_open", "承诺期限未过", [](F f) { return yes(!f.preliminary && open_until(f.promised_due, f)); }},
    {"promise_missed", "承诺期限已过", [](F f) { return yes(!f.preliminary && missed(f.promised_due, f)); }},
    {"review_open", "本机关只作初审，承诺期限未过", [](F f) { return yes(f.preliminary && open_until(f.promised_due, f)); }},
    {"review_missed", "本机关只作初审，承诺期限已过", [](F f) { return yes(f.preliminary && missed(f.promised_due, f)); }},
    {"statutory_missed", "法定期限已过，还没有作出决定", [](F f) { return yes(f.undecided && missed(f.statutory_due, f)); }},
    {"undecided", "还没有作出决定", [](F f) { return yes(f.undecided); }},
    {"decided_late", "已经作出决定", [](F f) { return yes(!f.undecided && f.decided_on.has_value()); }},
    {"ended_undecided", "没有作出决定就终结了", [](F f) { return yes(!f.undecided && !f.decided_on); }},
    {"overdue_limit", "超过的期限", [](F f) { return f.overdue_limit; }},
    {"may_apply_again", "可以重新申请", [](F f) { return yes(f.may_apply_again); }},
    {"at_window", "在窗口办理", [](F f) { return yes(f.at_window); }},
    {"online", "在网上办理", [](F f) { return yes(!f.at_window); }},
    {"uncounted", "有材料没有清点", [](F f) { return yes(std::any_of(f.materials.begin(), f.materials.end(), [](const auto& m) { return m.copies == 0 || m.form.empty(); })); }},
    {"nothing_missing", "容缺材料已经补齐", [](F f) { return yes(f.missing.empty()); }},
    {"to_sign", "还没有登记送达", [](F f) { return yes(!f.delivered_on); }},
    {"truthful", "承诺属实", [](F f) { return yes(f.truthful); }},
    {"untruthful", "承诺不实", [](F f) { return yes(!f.truthful); }},
    {"reason", "理由", [](F f) { return f.reason; }},
    {"legal_basis", "法律依据", [](F f) { return f.legal_basis; }},
    {"standard", "技术标准、技术规范", [](F f) { return f.standard; }},
    {"pause_basis", "补正期间停止计时的依据", [](F f) { return f.pause_basis; }},
    {"deferred", "容缺的材料", [](F f) { return deferred(f); }},
    {"committed", "以承诺代替的证明", [](F f) { return f.committed; }},
    {"competent_authority", "有权处理的机关", [](F f) { return f.competent_authority; }},
    {"review_body", "行政复议机关", [](F f) { return f.review_body; }},
    {"court", "有管辖权的人民法院", [](F f) { return f.court; }},
    {"result", "办理结果", [](F f) { return f.result; }},
    {"result_number", "结果文号", [](F f) { return f.result_number; }},
    {"procedure", "特别程序种类", [](F f) { return f.procedure; }},
    {"duration", "特别程序所需时间", [](F f) { return f.duration; }},
    {"extended_by", "延长的天数", [](F f) { return f.extended_by; }},
    {"delivered_document", "送达文书", [](F f) { return f.delivered_document; }},
    {"delivered_number", "送达文书编号", [](F f) { return f.delivered_number; }},
    {"delivered_on", "送达日期", [](F f) { return day(f.delivered_on); }},
    {"delivery_remark", "送达情况", [](F f) { return f.delivery_remark; }},
    {"delivery_way", "送达方式", [](F f) { return f.delivery_way; }},
    {"delivery_place", "送达地点", [](F f) { return f.delivery_place; }},
    {"from_holder", "移交方", [](F f) { return f.from_holder; }},
    {"to_holder", "接收方", [](F f) { return f.to_holder; }},
    {"question", "咨询内容", [](F f) { return f.question; }},
    {"answer", "答复内容", [](F f) { return f.answer; }},
    {"channel", "渠道", [](F f) { return f.channel; }},
    {"rule_number", "监察规则编号", [](F f) { return f.rule_number; }},
    {"inspection_place", "现场验收地点", [](F f) { return f.inspection_place; }},
    {"recipient", "被告知人", [](F f) { return f.recipient; }},
    {"step", "环节", [](F f) { return f.step; }},
    {"amount", "缴款金额", [](F f) { return f.amount; }},
    {"checked", "督办的核查意见", [](F f) { return f.checked; }},
    {"unanswered", "督办还没有答复", [](F f) { return yes(f.answer.empty()); }},
    {"unchecked", "督办还没有销号", [](F f) { return yes(f.checked.empty()); }},
    {"authority", "转往机关", [](F f) { return f.authority; }},
    {"inspectors", "核查人员", [](F f) { return f.inspectors; }},
    {"foreign_number", "部门办件编号", [](F f) { return f.foreign_number; }},
    {"reversed_act", "被冲正的记录", [](F f) { return f.reversed_act; }},
};

Refusal bad_braces(std::string_view text, const char* what) {
  return {"casework.bad_document_slot", std::string(what) + "：" + excerpt(text), "请检查花括号，例如 {case_number}。", 422, ""};
}

}  // namespace

std::span<const SlotRow> document_slots() { return kSlots; }

const SlotRow* find_slot(std::string_view name) {
  const auto at = std::find_if(std::begin(kSlots), std::end(kSlots), [&](const SlotRow& s) { return name == s.name; });
  return at == std::end(kSlots) ? nullptr : at;
}

Result<Words> Words::parse(std::string_view text) {
  Words w;
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}') return bad_braces(text, "有多余的“}”");
    if (text[i] != '{') {
      plain += text[i];
      continue;
    }
    const auto end = text.find_first_of("{}", i + 1);
    if (end == std::string_view::npos || text[end] == '{') return bad_braces(text, "“{”没有对应的“}”");
    if (end == i + 1) return bad_braces(text, "花括号里没有名称");
    if (!plain.empty()) w.pieces_.push_back({false, std::exchange(plain, {})});
    w.pieces_.push_back({true, std::string(text.substr(i + 1, end - i - 1))});
    i = end;
  }
  if (!plain.empty()) w.pieces_.push_back({false, std::move(plain)});
  return w;
}

std::vector<std::string> Words::slots() const {
  std::vector<std::string> out;
  for (const auto& p : pieces_)
    if (p.slot) out.push_back(p.text);
  return out;
}

std::string Words::plain() const {
  std::string out;
  for (const auto& p : pieces_)
    if (!p.slot) out += p.text;
  return out;
}

Result<std::string> Words::fill(const DocumentFacts& facts) const {
  std::string out;
  for (const auto& p : pieces_) {
    if (!p.slot) {
      out += p.text;
      continue;
    }
    const auto* slot = find_slot(p.text);  // known since the template was read
    const auto value = slot->value(facts);
    if (value.empty())
      return Refusal{"casework.document_fact_missing", std::string("文书还缺“") + slot->chinese + "”，没有生成。",
                     std::string("请先填写“") + slot->chinese + "”，再生成这份文书。", 422, p.text};
    out += value;
  }
  return out;
}

}  // namespace yi::casework
