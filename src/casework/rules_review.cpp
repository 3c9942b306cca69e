// 流转、审查、决定、颁发: from the acceptance to the result in the applicant's hand.
#include "casework/rules_shared.h"

namespace yi::casework {
namespace {

// Which of the matter's special procedures this is; permits have the eight of §45, others only what their own basis names.
Result<std::string> suspension_basis(const catalog::SuspensionKind kind, const catalog::Matter& m) {
  for (const auto& s : m.suspensions)
    if (s.kind == kind) return s.basis;
  if (m.kind == catalog::MatterKind::permit) return std::string(calendar::article::kPause);
  return refusal(Refused::no_special_procedure, std::string(catalog::suspension_name(kind)));
}

}  // namespace

std::vector<std::int32_t> open_papers(const CaseState& s) {
  std::vector<std::int32_t> out;
  for (const auto i : s.detail.lacking)
    if (!has(s.detail.commitments, i)) out.push_back(i);
  for (const auto& d : s.detail.deferred)
    if (!has(out, d.material)) out.push_back(d.material);
  return out;
}
Checked check_papers(const CaseState& s, const catalog::Matter& m) {
  const auto open = open_papers(s);
  if (open.empty()) return Done{};
  return refusal(Refused::papers_open, article_of_permits(s, "第三十八条第一款", names_of(open, m)));
}

Result<Transferred> decide(const CaseState* s, const Transfer& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::transfer, x, c.to));
  YI_CHECK(window_for(*s, c.window, c.to == Holder::issue_window, x));
  if (blank(c.signed_by)) return refusal(Refused::text_required, "签收人");
  const bool not_on_the_spot = p.row->condition == Condition::not_on_the_spot;
  if (not_on_the_spot && blank(c.reason)) return refusal(Refused::reason_required, article_of_permits(*s, "第三十四条第二款", "不能当场决定的理由"));
  return Transferred{s->department, c.window, s->at.holder, c.to, c.signed_by, p.next.at, not_on_the_spot ? c.reason : std::nullopt};
}

Result<Suspended> decide(const CaseState* s, const Suspend& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::suspend, x));
  if (blank(c.reason)) return refusal(Refused::reason_required, article_of_permits(*s, "第四十五条"));
  if (blank(c.approver)) return refusal(Refused::text_required, "批准人");
  if (c.planned_end < x.today()) return refusal(Refused::planned_end_past, to_iso(c.planned_end));
  YI_TRY(const auto basis, suspension_basis(c.kind, *p.matter));
  p.next.detail.pauses.push_back({x.today(), {}, catalog::suspension_name(c.kind), Text<200>(basis)});
  p.next.at.resumes_by = c.planned_end;
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  YI_TRY(const auto next_working_day, x.calendar.add_working_days(x.today(), calendar::WorkingDays{1}));
  return Suspended{s->department, c.kind, Text<200>(basis), c.reason, c.approver, c.planned_end, p.next.at, next_working_day + -1};
}

Result<Resumed> decide(const CaseState* s, const Resume& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::resume, x));
  if (blank(c.result)) return refusal(Refused::text_required, "特别程序结果");
  if (!p.next.detail.pauses.empty()) p.next.detail.pauses.back().to = x.today();
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  return Resumed{s->department, c.result, p.next.at};
}

Result<Extended> decide(const CaseState* s, const Extend& c, bool joint, const Context& x) {
  YI_TRY(auto p, permit(s, c, joint ? Act::extend_joint : Act::extend, x));
  const auto& m = *p.matter;
  if (joint && !m.joint) return refusal(Refused::no_joint_basis);
  if (!m.extension) return refusal(Refused::no_extension);
  // §42(2): of joint handling the head of the government decides, and nobody below.
  const bool of_government = m.extension->approver == catalog::Approver::government_head;
  if (of_government != joint) return refusal(joint ? Refused::no_joint_basis : Refused::no_extension, of_government ? "须由本级人民政府负责人批准" : "由本机关负责人批准");
  if (s->detail.extension_days > 0) return refusal(Refused::extended_already);
  // §42 lets who cannot decide within the limit extend it; a limit that has passed is no longer one.
  if (s->at.statutory_due && *s->at.statutory_due < x.today()) return refusal(Refused::limit_over, "期限至 " + to_iso(*s->at.statutory_due));
  if (c.days < 1 || c.days > m.extension->days) return refusal(Refused::wrong_extension, "最多 " + std::to_string(m.extension->days) + " 日");
  if (blank(c.reason)) return refusal(Refused::reason_required, article_of_permits(*s, "第四十二条"));
  if (blank(c.approver)) return refusal(Refused::text_required, "批准人");
  p.next.detail.extension_days = c.days;
  YI_CHECK(set_dues(p.next, m, x.calendar));
  return Extended{s->department, c.days, c.reason, c.approver, Text<200>(m.extension->basis), p.next.at};
}

Result<Decided> decide(const CaseState* s, const Decide& c, const Context& x) {
  const bool grant = c.decision == Decision::grant;
  YI_TRY(auto p, permit(s, c, grant ? Act::decide_grant : Act::decide_refuse, x));
  if (grant) YI_CHECK(check_papers(*s, *p.matter));  // §38(1): the conditions are met, also where the law accepted the case
  if (!grant && blank(c.reason)) return refusal(Refused::reason_required, article_of_permits(*s, "第三十八条第二款"));
  if (!grant && blank(c.legal_basis)) return refusal(Refused::basis_required);
  if (grant && s->detail.commitment_false.value_or(false)) return refusal(Refused::commitment_false);
  // §§36, 47: who was told of a right to speak or to a hearing has it until the told day, unless they spoke or waived it.
  if (s->detail.answer_by && x.today() <= *s->detail.answer_by && blank(c.heard)) return refusal(Refused::answer_running, "至 " + to_iso(*s->detail.answer_by));
  p.next.decided_on = x.today();
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  Decided f;
  f.department = s->department;
  f.decision = c.decision;
  f.reason = c.reason;
  f.delivery_due = p.next.at.delivery_due;
  const bool certificate = p.matter->result.type == catalog::ResultType::licence || p.matter->result.type == catalog::ResultType::certificate ||
                           p.matter->result.type == catalog::ResultType::approval;
  f.closing = grant && certificate ? Closing::certificate : Closing::completed;
  f.certificate_number = c.certificate_number;
  f.standard = c.standard;
  if (!grant) f.legal_basis = c.legal_basis;
  f.heard = c.heard;
  f.after = p.next.at;
  return f;
}

Result<Issued> decide(const CaseState* s, const Issue& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::issue, x));
  // A case decided on the spot is handed out where it was decided (§34(2)); every other one at an issue window.
  YI_CHECK(window_for(*s, c.window, s->at.holder == Holder::issue_window, x));
  // Only who stands at the window signs at once; what is posted is signed for later (papers.h, 签收).
  if (c.delivery == Delivery::window && blank(c.received_by)) return refusal(Refused::text_required, "签收人");
  if (c.delivery == Delivery::post && blank(c.tracking_number)) return refusal(Refused::tracking_required);
  // Granted before grants asked for every paper: what was deferred then comes before the result goes.
  if (s->at.stage != Stage::refused && !s->detail.deferred.empty()) return refusal(Refused::deferred_missing);
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  Issued f;
  f.department = s->department;
  f.window = c.window;
  f.delivery = c.delivery;
  f.tracking_number = c.tracking_number;
  f.after = p.next.at;
  return f;
}

Result<Withdrawn> decide(const CaseState* s, const Withdraw& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::withdraw, x));
  YI_CHECK(window_if_any(*s, c.window, x));
  if (blank(c.reason)) return refusal(Refused::text_required, "撤回的说明");
  YI_CHECK(set_dues(p.next, *p.matter, x.calendar));
  return Withdrawn{s->department, c.window, c.reason, p.row->closing, p.next.at};
}

Result<Evaluated> decide(const CaseState* s, const Evaluate& c, const Context& x) {
  YI_TRY(auto p, permit(s, c, Act::evaluate, x));
  if (c.level < 1 || c.level > 5) return refusal(Refused::bad_level);
  if (s->detail.evaluated) return refusal(Refused::evaluated_already);
  // From the applicant's own account it is online, whatever is said; only who acts for the whole centre (an import) names another way.
  const bool own = channel_of(std::nullopt, x) == Source::online;
  const auto channel = own ? Channel::online : c.channel.value_or(Channel::window);
  return Evaluated{s->department, own ? std::nullopt : c.window, c.level, channel, c.comment, s->at};
}

}  // namespace yi::casework
