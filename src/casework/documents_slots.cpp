#include <algorithm>

#include "base/text.h"
#include "casework/documents_template.h"

namespace yi::casework {
namespace {

std::string day(const std::optional<CivilDay>& d) { return d ? to_chinese(*d) : std::string(); }

std::string yes(bool b) { return b ? "是" : ""; }

using F = const DocumentFacts&;
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
    {"officer", "经办人", [](F f) { return f.officer; }},
    {"approver", "批准人", [](F f) { return f.approver; }},
    {"receiver", "签收人", [](F f) { return f.receiver; }},
    {"date", "文书日期", [](F f) { return day(f.date); }},
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
    {"permit_accepted", "许可事项，作出了受理决定", [](F f) { return yes(f.permit && !f.deemed_accepted); }},
    {"permit_deemed", "许可事项，逾期视为受理", [](F f) { return yes(f.permit && f.deemed_accepted); }},
    {"permit_elsewhere", "许可事项，由其他机关管辖", [](F f) { return yes(f.permit && !f.competent_authority.empty()); }},
    {"permit_not_needed", "不需要取得许可的事项", [](F f) { return yes(f.permit && f.competent_authority.empty()); }},
    {"no_correct_by", "没有规定补齐期限", [](F f) { return yes(!f.correct_by); }},
    {"reason", "理由", [](F f) { return f.reason; }},
    {"legal_basis", "法律依据", [](F f) { return f.legal_basis; }},
    {"competent_authority", "有权处理的机关", [](F f) { return f.competent_authority; }},
    {"review_body", "行政复议机关", [](F f) { return f.review_body; }},
    {"court", "有管辖权的人民法院", [](F f) { return f.court; }},
    {"result", "办理结果", [](F f) { return f.result; }},
    {"result_number", "结果文号", [](F f) { return f.result_number; }},
    {"procedure", "特别程序种类", [](F f) { return f.procedure; }},
    {"duration", "特别程序所需时间", [](F f) { return f.duration; }},
    {"extended_by", "延长的天数", [](F f) { return f.extended_by; }},
    {"delivered_document", "送达文书", [](F f) { return f.delivered_document; }},
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
