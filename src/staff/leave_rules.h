#pragma once
// The rules of leave: pure functions from the present state and a wish to a fact or a refusal.
#include <functional>

#include "calendar/calendar.h"
#include "staff/leave_request.h"

namespace yi::staff {

enum class LeaveRefused {
  unknown, reason_missing, span_reversed, span_too_long, begins_in_the_past, no_working_day, no_calendar, substitute_missing, unknown_substitute, substitute_is_oneself,
  certificate_missing, annual_spent, overlaps, unknown_extended, extension_must_follow, no_account, not_asked, not_this_step, own_leave, other_department, not_yours, begun_already,
  not_substitute, confirmed_already, not_approved, not_begun, not_overdue, extended_gone, approved_before
};
Refusal refusal(LeaveRefused what);
std::vector<std::string> leave_refusal_codes();

struct Colleague {
  std::string name;
  DepartmentCode department;
  std::string pair = {};  // the other of the A/B posts, "" for none
  identity::RoleSet roles = {};
};
struct LeaveGround {
  std::shared_ptr<const LeaveRules> rules;
  std::shared_ptr<const calendar::Calendar> calendar;
  // A member of the staff, not suspended; nothing for others.
  std::function<std::optional<Colleague>(const std::string& account)> colleague;
  // Whether one of these roles, with those that they include, stands for the step; for who reads, the commands have their own rights.
  // None: the department alone tells.
  std::function<bool(identity::RoleSet roles, LeaveStep step)> stands_for = {};
};
struct LeaveContext {
  const LeaveGround& ground;
  CivilDay today;
  const std::string& account;
  const DepartmentCode& department;  // of who acts; empty: the centre's
};

struct AskedContext {
  LeaveId next;
  std::optional<LeaveState> extended;          // of AskLeave::extends
  std::optional<ServiceState> service;
  std::function<YearState(int year)> year_of;  // what was taken in it
  // The first leave of the account, asked or approved, that touches the span and is not the one extended.
  std::function<std::optional<LeaveId>(CivilDay from, CivilDay to)> touching;
  // Those of the same kind next before and next behind the span (LeaveGuard::neighbours).
  std::function<std::vector<LeaveState>(CivilDay from, CivilDay to)> neighbours;
};
// The key of the person's own subject: whose data a request's words are. Kind: BlindKind::external.
std::string subject_number(std::string_view account);
Result<LeaveAsked> decide(const AskLeave& c, const AskedContext& a, const LeaveContext& x);
// `extended`: the state of what it continues; nothing for a first request.
Result<LeaveApproved> decide(const LeaveState* s, const ApproveLeave& c, LeaveStep step, const std::optional<LeaveState>& extended, const LeaveContext& x);
Result<LeaveRejected> decide(const LeaveState* s, const RejectLeave& c, LeaveStep step, const LeaveContext& x);
Result<LeaveWithdrawn> decide(const LeaveState* s, const WithdrawLeave& c, const LeaveContext& x);
Result<HandOverConfirmed> decide(const LeaveState* s, const ConfirmHandOver& c, const LeaveContext& x);
Result<ReturnedFromLeave> decide(const LeaveState* s, const ReturnFromLeave& c, const LeaveContext& x);
Result<OverdueReturnDecided> decide(const LeaveState* s, const DecideOverdueReturn& c, const LeaveContext& x);
Result<ServiceRecorded> decide(const RecordService& c, const LeaveContext& x);
// 逾期未销假: past the last day by more than the table's days, as it counts them. A year that the calendar lacks: calendar days.
bool is_overdue(CivilDay last, CivilDay today, const LeaveRules& rules, const calendar::Calendar& calendar);
// The days of a span by year, years without any left out; nothing where the calendar lacks one.
std::optional<std::vector<YearDays>> days_by_year(CivilDay from, CivilDay to, CountMode mode, const calendar::Calendar& calendar);
// As the bulletin reads it, of a leave whose last step is done: with what it continues, as one, told to those alone to whom both are.
// `now`: what leave.yaml says of the kind.
LeaveRecorded recorded(LeaveId leave, const LeaveState& s, const std::optional<LeaveState>& extended, const Disclosure& now);
// Of one whose extension was withdrawn: as it stood before, and told to whom it was; so below.
LeaveRecorded recorded_again(LeaveId leave, const LeaveState& s);
// Of one who came back on a day before the last: what was taken until then; nothing when no day was.
std::optional<LeaveRecorded> recorded_until(LeaveId leave, const LeaveState& s, CivilDay back_on, const calendar::Calendar& calendar);

}  // namespace yi::staff
