#include "staff/attendance_declare.h"

#include "identity/bound_department.h"
#include "staff/attendance_views.h"
#include "staff/work_figures.h"

namespace yi::staff {
namespace {
using engine::Turn;

struct Gate {
  AttendanceGround ground;
  identity::Subjects subjects;
  LeaveGuard& leaves;
  SignGuard& signs;
  ShiftGuard& shifts;
  DutyGuard& duties;
  CorrectionGuard& corrections;
  PostGuard& posts;
  AttendanceContext context(const Turn& t) const { return {ground, t.now(), t.actor().account, identity::bound_department(t.actor())}; }
  SubjectId subject_of(Turn& turn, std::string_view account) const { return subjects.subject_of(turn, identity::IdKind::external, subject_number(account)); }
  SubjectId subject(Turn& turn) const { return subject_of(turn, turn.actor().account); }
  bool is_away(const std::string& account, CivilDay today) const {
    const auto* p = posts.find(account);
    return (p && p->day == today && p->left >= 0) || leaves.away_on(account, today);
  }
};

std::string stream_of(std::string_view account) { return "attendance:" + std::string(account); }

template <class C, class Decide>
engine::CommandSpec command(const char* name, const char* summary, Decide decide_one) {
  return engine::command<C>(name, summary, attendance_refusal_codes(), [decide_one](Turn& turn, const C& c) -> Checked {
    YI_TRY(const auto fact, decide_one(turn, c));
    turn.fact(stream_of(fact.account), fact);
    return Done{};
  });
}

}  // namespace

void declare_attendance(engine::Registry& registry, const AttendanceGround& ground, const identity::Subjects& subjects, LeaveGuard& leaves) {
  const Gate g{ground, subjects, leaves, registry.add_guard<SignGuard>(), registry.add_guard<ShiftGuard>(), registry.add_guard<DutyGuard>(), registry.add_guard<CorrectionGuard>(),
               registry.add_guard<PostGuard>()};
  add_attendance_reports(registry);
  add_work_report(registry);
  auto& all = registry.commands;
  all.push_back(command<Sign>("staff.sign", "打卡（在工作台）", [g](Turn& t, const Sign& c) {
    return decide(c, g.signs.find(SignGuard::key(t.actor().account, t.now())) != nullptr, g.context(t));
  }));
  all.push_back(command<EnterSign>("staff.enter_sign", "代为登记到岗、离岗（本人不能打卡时）", [g](Turn& t, const EnterSign& c) {
    return decide(c, g.signs.find(SignGuard::key(c.account, t.now())) != nullptr, g.context(t));
  }));
  auto by_card = command<SignByCard>("staff.sign_by_card", "打卡（在取号机放身份证）", [g](Turn& t, const SignByCard& c) {
    return decide(c, g.signs.find(SignGuard::key(c.account, t.now())) != nullptr, g.context(t));
  });
  by_card.has_door = false;  // the kiosk's door gives it
  all.push_back(std::move(by_card));
  all.push_back(engine::command<ImportSigns>("staff.import_signs", "导入考勤机的打卡记录", attendance_refusal_codes(), [g](Turn& turn, const ImportSigns& c) -> Checked {
    YI_TRY(const auto fact, decide(c, [&](const std::string& account, Instant at) { return g.signs.find(SignGuard::key(account, at)) != nullptr; }, g.context(turn)));
    turn.fact("attendance_file:" + std::to_string(turn.next_position()), fact);
    return Done{};
  }));
  all.back().body_limit = 4 * static_cast<std::int64_t>(kDeviceFileChars);  // UTF-8, escaped
  all.push_back(command<AssignShift>("staff.assign_shift", "排班", [g](Turn& t, const AssignShift& c) { return decide(c, g.context(t)); }));
  all.push_back(command<AssignDuty>("staff.assign_duty", "排休息日值班", [g](Turn& t, const AssignDuty& c) { return decide(c, g.context(t)); }));
  all.push_back(command<CancelDuty>("staff.cancel_duty", "取消休息日值班", [g](Turn& t, const CancelDuty& c) { return decide(g.duties.find(day_key(c.account, c.day)), c, g.context(t)); }));
  all.push_back(engine::command<AskCorrection>("staff.ask_correction", "申请补卡", attendance_refusal_codes(), [g](Turn& turn, const AskCorrection& c) -> Checked {
    const auto& account = turn.actor().account;
    std::optional<ShiftState> assigned;
    if (const auto* s = g.shifts.find(account)) assigned = *s;
    const auto* shift = shift_on(g.ground, c.day, assigned ? &*assigned : nullptr, g.duties.find(day_key(account, c.day)));
    YI_TRY(auto fact, decide(g.corrections.find(CorrectionGuard::key(account, c.day, c.slot)), c, shift, g.context(turn)));
    fact.subject = g.subject(turn);
    const auto subject = fact.subject;
    turn.fact(stream_of(account), turn.now(), std::move(fact), Words{c.reason}, subject);
    return Done{};
  }));
  all.push_back(engine::command<DecideCorrection>("staff.decide_correction", "审核补卡", attendance_refusal_codes(), [g](Turn& turn, const DecideCorrection& c) -> Checked {
    YI_TRY(auto fact, decide(g.corrections.find(CorrectionGuard::key(c.account, c.day, c.slot)), c, g.context(turn)));
    if (c.note && !c.note->empty()) {
      const auto subject = g.subject_of(turn, c.account);
      turn.fact(stream_of(c.account), turn.now(), std::move(fact), Words{*c.note}, subject);
    } else {
      turn.fact(stream_of(c.account), fact);
    }
    return Done{};
  }));
  all.push_back(engine::command<LeavePost>("staff.leave_post", "申请短时离岗（由B岗顶岗）", attendance_refusal_codes(), [g](Turn& turn, const LeavePost& c) -> Checked {
    std::optional<PostState> own;
    if (const auto* p = g.posts.find(turn.actor().account)) own = *p;
    const auto x = g.context(turn);
    YI_TRY(auto fact, decide(own ? &*own : nullptr, c, [&](const std::string& other) { return g.is_away(other, x.today()); }, x));
    fact.subject = g.subject(turn);
    const auto subject = fact.subject;
    turn.fact(stream_of(turn.actor().account), turn.now(), std::move(fact), Words{c.reason}, subject);
    return Done{};
  }));
  all.push_back(command<TakePost>("staff.take_post", "B岗确认顶岗", [g](Turn& t, const TakePost& c) {
    const auto x = g.context(t);
    const bool away = g.is_away(t.actor().account, x.today());
    return decide(g.posts.find(c.account), c, away, x);
  }));
  all.push_back(command<RefusePost>("staff.refuse_post", "不顶岗、撤回离岗申请", [g](Turn& t, const RefusePost& c) { return decide(g.posts.find(c.account), c, g.context(t)); }));
  all.push_back(command<ReturnToPost>("staff.return_to_post", "返岗", [g](Turn& t, const ReturnToPost& c) { return decide(g.posts.find(t.actor().account), c, g.context(t)); }));
}

}  // namespace yi::staff
