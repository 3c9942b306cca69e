#pragma once
// The life of a case in one table that a lawyer can read: in which stages, which act, by whom, for which matters, under
// what condition, leads where, with which effect on the clocks, which kind of closing, which paper and which article.
// The server's checks, the acts that a reply offers, the rights of roles, the diagram of docs/casework.md and the tests
// are all made from it. Articles are those of 行政许可法 unless they say otherwise.
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casework/stages.h"
#include "identity/roles.h"

namespace yi::casework {

using identity::Role;
using identity::RoleSet;

// Stages as a set, so that one row can say "any time before the decision".
struct Stages {
  std::uint32_t bits = 0;
  constexpr Stages(Stage s) : bits(1u << static_cast<unsigned>(s)) {}  // NOLINT: a stage is a set of one
  constexpr Stages(std::initializer_list<Stage> all) {
    for (Stage s : all) bits |= 1u << static_cast<unsigned>(s);
  }
  constexpr bool has(Stage s) const { return (bits >> static_cast<unsigned>(s) & 1u) != 0; }
};

// Which matters a row applies to.
enum class Kinds { all, permits, others };
BOOST_DESCRIBE_ENUM(Kinds, all, permits, others)
// Which case types a row applies to.
enum class Types { all, instant_only, promised_only };
BOOST_DESCRIBE_ENUM(Types, all, instant_only, promised_only)

// What must be true beside stage, role, kind, type and papers. The rules check it; a page may ask before it offers.
enum class Condition {
  none,
  online,               // the matter may be applied for online (offline_reason); the applicant's own
  direct_receipt,       // the matter is handled without a pre-review
  papers_complete,      // every required paper is there, deferred or replaced by a commitment
  notice_in_time,       // of a permit: the 5 working days of §32(1)(4) are not over
  notice_missed,        // they are
  correction_over,      // the applicant's time to correct is over
  two_officials,        // at least two, by name (§34(3))
  written_notice,       // reason, approver and planned end, told to the applicant in writing (§45); others: as the matter says
  may_extend,           // permits without joint handling, and matters whose own basis allows it; once
  joint_basis,          // a §26 joint-handling basis is recorded; once
  preliminary_review,   // the matter is reviewed by this level first (§35), or another authority is named
  within_quantity,      // every required paper is there or replaced (§38(1)); a limited number has some left, by the order of acceptance (§57)
  nothing_to_deliver,   // the result is not a licence, certificate or approval; no required paper is open
  same_day,             // on the day of the act that is reversed, by who may do that act, before its paper is served; never an act of the law's or an evaluation
  overdue,              // a running or ended limit was passed and is not explained yet
  once,                 // at most once a case
  deferred_open,        // a deferred paper, or one that the case was accepted by law without, has not come
  commitment_given,     // a commitment replaced a proof
  step_left,            // the matter has a further step
  order_open,           // a supervision order waits for its answer
  order_answered,
  not_on_the_spot,      // a reason why it cannot be decided on the spot (§34(2))
  opening_day,          // only on the day the centre goes live
  rule_broken           // a warning rule says so
};
BOOST_DESCRIBE_ENUM(Condition, none, online, direct_receipt, papers_complete, notice_in_time, notice_missed, correction_over, two_officials,
                    written_notice, may_extend, joint_basis, preliminary_review, within_quantity, nothing_to_deliver,
                    same_day, overdue, once, deferred_open, commitment_given, step_left, order_open, order_answered, not_on_the_spot, opening_day, rule_broken)

enum class ClockEffect {
  none,
  notice_starts,      // 5 working days to accept, correct or refuse (§32)
  notice_stops,       // the applicant has been told; their time to correct runs
  decision_starts,    // statutory and promised limit, from acceptance
  decision_pauses,    // §45
  decision_resumes,
  decision_extends,   // §42
  decision_leaves,    // §43 ends with the hand-over, and the clocks stand still; to another authority they run on (settings: forward_pauses)
  correction_runs,    // in review: the clock runs on or pauses, as the matter's setting says (not in §45's list)
  delivery_starts,    // grants alone: 10 working days for permits (§44), the matter's own limit for other kinds
  restored,           // as before the act that is reversed
  ends                // no clock runs any more; a refusal is still handed out, but no article sets days for it
};
BOOST_DESCRIBE_ENUM(ClockEffect, none, notice_starts, notice_stops, decision_starts, decision_pauses, decision_resumes, decision_extends,
                    decision_leaves, correction_runs, delivery_starts, restored, ends)

struct ActRow {
  Stages from;
  Act act;
  RoleSet roles;
  Kinds kinds = Kinds::all;
  Types types = Types::all;
  std::optional<Holder> holder = {};    // who must hold the papers
  std::optional<Holder> receiver = {};  // and for a transfer who signs for them
  Condition condition = Condition::none;
  std::optional<Stage> to = {};         // none: the case stays where it is
  ClockEffect clock = ClockEffect::none;
  std::optional<Closing> closing = {};
  const char* document = "";            // number and name of the paper, casework.md §1.4
  const char* article = "";
};

namespace rows {
using enum Stage;
using enum Act;
using enum Role;
using C = Condition;
using K = ClockEffect;
inline constexpr auto kReception = Holder::reception_window;
inline constexpr auto kDepartment = Holder::department;
inline constexpr auto kIssueWindow = Holder::issue_window;
inline constexpr Stages kBeforeReceipt{submitted, pre_returned, to_receive};
inline constexpr Stages kReception2{received, correction};
inline constexpr Stages kAccepted{accepted, in_review, correction_in_review, suspended, forwarded};
inline constexpr Stages kOpen{submitted, pre_returned, to_receive, received, correction, accepted, in_review, correction_in_review, suspended, forwarded, granted, refused, certificate_made};
inline constexpr Stages kDecided{granted, refused, certificate_made, issued};
inline constexpr Stages kEvaluated{granted, refused, certificate_made, issued, closed, not_accepted, withdrawn, terminated};
inline constexpr Stages kAny{submitted, pre_returned, to_receive, received, correction, accepted, in_review, correction_in_review, suspended, forwarded, granted, refused, certificate_made, issued, closed, not_accepted, withdrawn, terminated};

inline constexpr ActRow kActs[] = {
    // 网上申报与预审
    {.from = none, .act = submit, .roles = {applicant}, .condition = C::online, .to = submitted, .clock = K::notice_starts, .document = "12 网上申报接收凭证", .article = "§29(3), §33"},
    {.from = submitted, .act = pre_return, .roles = {clerk, handler}, .condition = C::notice_in_time, .to = pre_returned, .clock = K::notice_stops, .document = "02 补正材料通知书（网上）", .article = "§32(1)(4)"},
    {.from = pre_returned, .act = resubmit, .roles = {applicant}, .to = submitted, .clock = K::notice_starts, .document = "13 网上补正接收凭证", .article = "§29(3), §32(1)(5)"},
    {.from = submitted, .act = pre_accept, .roles = {clerk, handler}, .to = to_receive, .article = "本地规则"},
    {.from = to_receive, .act = take_in, .roles = {clerk}, .to = received, .document = "01 申请材料接收凭证", .article = "§29, §32"},
    {.from = submitted, .act = take_in, .roles = {clerk}, .condition = C::direct_receipt, .to = received, .document = "01 申请材料接收凭证", .article = "§29, §32"},
    // 收件、补正、受理
    {.from = none, .act = receive, .roles = {clerk}, .to = received, .clock = K::notice_starts, .document = "01 申请材料接收凭证", .article = "§29, §32"},
    {.from = received, .act = supplement, .roles = {clerk}, .holder = kReception, .document = "01 申请材料接收凭证", .article = "§32(1)(3)"},
    {.from = received, .act = request_correction, .roles = {clerk, handler}, .holder = kReception, .condition = C::notice_in_time, .to = correction, .clock = K::notice_stops, .document = "02 补正材料通知书", .article = "§32(1)(4)"},
    {.from = correction, .act = receive_correction, .roles = {clerk, applicant}, .holder = kReception, .to = received, .clock = K::notice_starts, .document = "05 补正材料接收凭证", .article = "§32(1)(5)"},
    {.from = {correction, pre_returned}, .act = close_uncorrected, .roles = {clerk, supervisor}, .condition = C::correction_over, .to = terminated, .clock = K::ends, .closing = Closing::not_supplied, .document = "终止办理通知书", .article = "本地规则（法律未规定补正期限）"},
    {.from = received, .act = accept, .roles = {clerk, handler}, .holder = kReception, .condition = C::papers_complete, .to = accepted, .clock = K::decision_starts, .document = "04 受理通知书", .article = "§32(1)(5)"},
    {.from = {submitted, to_receive, received}, .act = accept_by_law, .roles = {Role::system}, .kinds = Kinds::permits, .condition = C::notice_missed, .to = accepted, .clock = K::decision_starts, .document = "04 受理通知书（视为受理）", .article = "§32(1)(4)"},
    {.from = {submitted, to_receive, received}, .act = refuse_acceptance, .roles = {clerk, handler}, .holder = kReception, .to = not_accepted, .clock = K::ends, .closing = Closing::returned, .document = "03 不予受理告知书", .article = "§32(1)(1), (2)"},
    // 流转与审查
    {.from = accepted, .act = transfer, .roles = {runner, clerk}, .types = Types::promised_only, .holder = kReception, .receiver = kDepartment, .to = in_review, .document = "流转单", .article = "§26(2)"},
    {.from = accepted, .act = transfer, .roles = {runner, clerk}, .types = Types::instant_only, .holder = kReception, .receiver = kDepartment, .condition = C::not_on_the_spot, .to = in_review, .document = "流转单", .article = "§34(2)（不能当场决定的）"},
    {.from = in_review, .act = transfer, .roles = {runner, handler}, .holder = kDepartment, .receiver = kReception, .document = "流转单（退回补齐）", .article = "§26(2)"},
    {.from = in_review, .act = transfer, .roles = {runner, clerk}, .holder = kReception, .receiver = kDepartment, .document = "流转单", .article = "§26(2)"},
    {.from = in_review, .act = finish_step, .roles = {handler}, .condition = C::step_left, .document = "10 过程受理决定书", .article = "环节时限（事项设定）"},
    {.from = in_review, .act = inspect_site, .roles = {handler}, .condition = C::two_officials, .document = "21 现场核查记录", .article = "§34(3)"},
    {.from = in_review, .act = inform_third_party, .roles = {handler}, .kinds = Kinds::permits, .document = "利害关系人告知书", .article = "§36, §47"},
    {.from = in_review, .act = request_correction, .roles = {handler}, .to = correction_in_review, .clock = K::correction_runs, .document = "06 审查阶段补正材料通知书", .article = "本地规则（不在 §45 之列）"},
    {.from = correction_in_review, .act = receive_correction, .roles = {clerk, handler, applicant}, .to = in_review, .clock = K::decision_resumes, .document = "11 审查阶段补正材料接收凭证", .article = "本地规则"},
    {.from = correction_in_review, .act = close_uncorrected, .roles = {handler, supervisor}, .condition = C::correction_over, .to = terminated, .clock = K::ends, .closing = Closing::not_supplied, .document = "终止办理通知书", .article = "本地规则（法律未规定补正期限）"},
    {.from = in_review, .act = suspend, .roles = {handler}, .condition = C::written_notice, .to = suspended, .clock = K::decision_pauses, .document = "08 特别程序告知书", .article = "§45"},
    {.from = suspended, .act = resume, .roles = {handler}, .to = in_review, .clock = K::decision_resumes, .document = "特别程序结果", .article = "§45"},
    {.from = in_review, .act = extend, .roles = {department_leader}, .condition = C::may_extend, .clock = K::decision_extends, .document = "延长办理期限通知书", .article = "§42(1)；其他事项按其自身依据"},
    {.from = in_review, .act = extend_joint, .roles = {government_leader}, .kinds = Kinds::permits, .condition = C::joint_basis, .clock = K::decision_extends, .document = "延长办理期限通知书", .article = "§26, §42(2)"},
    {.from = in_review, .act = forward, .roles = {handler}, .holder = kDepartment, .condition = C::preliminary_review, .to = forwarded, .clock = K::decision_leaves, .document = "转报单（初审意见）", .article = "§35, §43"},
    {.from = forwarded, .act = take_back, .roles = {handler}, .to = in_review, .clock = K::decision_resumes, .document = "转报结果", .article = "§35"},
    {.from = forwarded, .act = close_forwarded, .roles = {handler}, .to = closed, .clock = K::ends, .closing = Closing::forwarded, .document = "转报单", .article = "§35"},
    // 决定
    {.from = accepted, .act = decide_grant, .roles = {chief_representative}, .types = Types::instant_only, .holder = kReception, .condition = C::within_quantity, .to = granted, .clock = K::delivery_starts, .closing = Closing::certificate, .document = "准予行政许可决定书", .article = "§34(2), §57"},
    {.from = accepted, .act = decide_refuse, .roles = {chief_representative}, .types = Types::instant_only, .holder = kReception, .to = refused, .clock = K::ends, .closing = Closing::completed, .document = "07 不予行政许可决定书", .article = "§38(2)"},
    {.from = in_review, .act = decide_grant, .roles = {chief_representative, department_leader}, .holder = kDepartment, .condition = C::within_quantity, .to = granted, .clock = K::delivery_starts, .closing = Closing::certificate, .document = "准予行政许可决定书", .article = "§38(1), §57"},
    {.from = in_review, .act = decide_refuse, .roles = {chief_representative, department_leader}, .holder = kDepartment, .to = refused, .clock = K::ends, .closing = Closing::completed, .document = "07 不予行政许可决定书", .article = "§38(2)"},
    // 制证、颁发、办结
    {.from = granted, .act = make_certificate, .roles = {issue_clerk, handler, chief_representative}, .to = certificate_made, .document = "许可证件", .article = "§39"},
    {.from = {granted, certificate_made, refused}, .act = transfer, .roles = {runner, handler}, .holder = kDepartment, .receiver = kIssueWindow, .document = "流转单（结果）", .article = "§26(2)"},
    {.from = {granted, certificate_made}, .act = issue, .roles = {issue_clerk}, .holder = kIssueWindow, .to = issued, .clock = K::ends, .document = "09 送达回证", .article = "§44"},
    {.from = refused, .act = issue, .roles = {issue_clerk}, .holder = kIssueWindow, .to = issued, .clock = K::ends, .document = "09 送达回证", .article = "§38(2)"},
    {.from = {granted, certificate_made}, .act = issue, .roles = {clerk, issue_clerk}, .types = Types::instant_only, .holder = kReception, .to = issued, .clock = K::ends, .document = "09 送达回证", .article = "§34(2), §44"},
    {.from = refused, .act = issue, .roles = {clerk, issue_clerk}, .types = Types::instant_only, .holder = kReception, .to = issued, .clock = K::ends, .document = "09 送达回证", .article = "§34(2), §38(2)"},
    {.from = granted, .act = close, .roles = {handler, chief_representative, clerk}, .condition = C::nothing_to_deliver, .to = closed, .clock = K::ends, .closing = Closing::completed, .document = "办结通知", .article = "本地规则"},
    // 撤回与终止
    {.from = kBeforeReceipt, .act = withdraw, .roles = {applicant, clerk}, .to = withdrawn, .clock = K::ends, .closing = Closing::returned, .document = "撤回申请书、退件清单", .article = "申请人撤回"},
    {.from = kReception2, .act = withdraw, .roles = {applicant, clerk}, .to = withdrawn, .clock = K::ends, .closing = Closing::returned, .document = "撤回申请书、退件清单", .article = "申请人撤回"},
    {.from = kAccepted, .act = withdraw, .roles = {applicant, clerk}, .to = withdrawn, .clock = K::ends, .closing = Closing::voided, .document = "撤回申请书、退件清单", .article = "申请人撤回"},
    {.from = kAccepted, .act = terminate, .roles = {handler, chief_representative}, .to = terminated, .clock = K::ends, .closing = Closing::voided, .document = "终止办理通知书", .article = "§78（虚假材料）；本地规则"},
    // 容缺受理与告知承诺
    {.from = {accepted, in_review, correction_in_review, suspended, forwarded, granted, certificate_made}, .act = supply_deferred, .roles = {clerk, applicant}, .condition = C::deferred_open, .document = "05 补正材料接收凭证（容缺）", .article = "容缺受理规则"},
    {.from = {accepted, in_review, correction_in_review, suspended, forwarded, granted, certificate_made, issued, closed}, .act = check_commitment, .roles = {handler}, .condition = C::commitment_given, .document = "告知承诺核查记录", .article = "国办发〔2020〕42号"},
    // 纠错、说明、评价
    {.from = kAny, .act = reverse, .roles = {clerk, runner, handler, chief_representative, department_leader, government_leader, issue_clerk, supervisor, applicant}, .condition = C::same_day, .clock = K::restored, .closing = Closing::deleted, .document = "冲正记录", .article = "当日录入错误更正"},
    {.from = kAny, .act = explain_overdue, .roles = {handler, chief_representative}, .condition = C::overdue, .document = "超期说明", .article = "优化营商环境条例 §36"},
    {.from = kEvaluated, .act = evaluate, .roles = {applicant}, .condition = C::once, .article = "好差评：一事一评"},
    // 监察
    {.from = kAny, .act = give_card, .roles = {Role::system}, .condition = C::rule_broken, .article = "监察规则表"},
    {.from = kAny, .act = order_supervision, .roles = {supervisor, Role::system}, .document = "督办单", .article = "监察规则表"},
    {.from = kAny, .act = answer_supervision, .roles = {handler, chief_representative}, .condition = C::order_open, .document = "督办反馈", .article = "监察规则表"},
    {.from = kAny, .act = close_supervision, .roles = {supervisor}, .condition = C::order_answered, .document = "督办销号", .article = "监察规则表"},
    {.from = kOpen, .act = recount, .roles = {Role::system}, .article = "§82；放假通知公布后重新计算"},
    // 代颁与接续
    {.from = none, .act = receive_result, .roles = {issue_clerk}, .to = granted, .clock = K::delivery_starts, .closing = Closing::certificate, .document = "交接单", .article = "§44"},
    {.from = none, .act = carry_over, .roles = {supervisor}, .condition = C::opening_day, .to = accepted, .clock = K::decision_starts, .article = "启用日接续"},
    {.from = none, .act = carry_over, .roles = {supervisor}, .condition = C::opening_day, .to = granted, .clock = K::delivery_starts, .closing = Closing::certificate, .article = "启用日接续"},
};
}  // namespace rows

inline constexpr std::span<const ActRow> kActs{rows::kActs};
inline constexpr auto kReception = Holder::reception_window;
inline constexpr auto kDepartment = Holder::department;
inline constexpr auto kIssueWindow = Holder::issue_window;

// What a row asks of a case beside its stage.
constexpr bool fits(const ActRow& row, CaseType type, Holder holder, bool permit) {
  if (row.types == Types::instant_only && type != CaseType::instant) return false;
  if (row.types == Types::promised_only && type != CaseType::promised) return false;
  if (row.kinds == Kinds::permits && !permit) return false;
  if (row.kinds == Kinds::others && permit) return false;
  return !row.holder || *row.holder == holder;
}

// Proof that no case can be stuck: from every stage that can be reached, for both types, permits and others, and every
// holder of the papers that can occur there, rows lead on to an end. Withdrawal and termination do not count: an
// applicant who stays must come to an end as well.
constexpr bool every_stage_can_end() {
  constexpr std::size_t kHolders = 3;
  for (CaseType type : {CaseType::instant, CaseType::promised})
    for (bool permit : {true, false}) {
      std::array<std::array<bool, kHolders>, kStages> reachable{}, ends{};
      for (const auto& r : rows::kActs)
        if (r.from.has(Stage::none))  // what is decided already begins at the issue window
          reachable[static_cast<std::size_t>(*r.to)][static_cast<std::size_t>(*r.to == Stage::granted ? kIssueWindow : kReception)] = true;
      // Until nothing new is found: every pass over the rows finds at least one more place, or is the last.
      for (bool found = true; found;) {
        found = false;
        const auto mark = [&found](bool& place) {
          found = found || !place;
          place = true;
        };
        for (const auto& r : rows::kActs) {
          if (r.act == Act::withdraw || r.act == Act::terminate || (!r.to && !r.receiver)) continue;
          for (std::size_t h = 0; h < kHolders; ++h) {
            if (!fits(r, type, static_cast<Holder>(h), permit)) continue;
            const auto after = r.receiver ? static_cast<std::size_t>(*r.receiver) : h;
            for (std::size_t from = 1; from < kStages; ++from) {
              if (!r.from.has(static_cast<Stage>(from))) continue;
              const auto to = r.to ? static_cast<std::size_t>(*r.to) : from;
              if (reachable[from][h]) mark(reachable[to][after]);
              if (is_end(static_cast<Stage>(to)) || ends[to][after]) mark(ends[from][h]);
            }
          }
        }
      }
      for (std::size_t s = 1; s < kStages; ++s)
        for (std::size_t h = 0; h < kHolders; ++h)
          if (reachable[s][h] && !is_end(static_cast<Stage>(s)) && !ends[s][h]) return false;
    }
  return true;
}
static_assert(every_stage_can_end());

// What a row is asked about.
struct Position {
  Stage stage = Stage::none;
  CaseType type = CaseType::promised;
  Holder holder = Holder::reception_window;
  bool permit = true;
};
// The row that permits an act, or nullptr. `receiver` only for a transfer.
const ActRow* find_row(const Position& at, Act act, std::optional<Holder> receiver = {});
// The acts that some of `roles` may do in this position, in the table's order, once each; conditions are not looked at.
std::vector<Act> allowed_acts(const Position& at, RoleSet roles);
// Every role that some row gives the act to.
RoleSet roles_of(Act act);
// The same of the rows that fit a position; of a transfer, whoever receives.
RoleSet roles_of(const Position& at, Act act);

}  // namespace yi::casework
