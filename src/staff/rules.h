#pragma once
#include <functional>
#include <optional>

#include "staff/commands.h"
#include "staff/leave_rules.h"
#include "staff/recorded.h"

namespace yi::staff {

enum class Reason {
  unknown_department, name_missing, span_reversed, span_too_long, days_do_not_fit, bad_rank, other_mode, own_record, not_their_account, unknown_record, of_request, taken_back_already,
  other_department
};
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// Whether the catalogue has the department; wired by app.
using KnownDepartment = std::function<bool(const DepartmentCode&)>;

// The working days of a span, both days included, of the centre's calendar; nothing where the calendar lacks a year of it.
// Wired by app.
using WorkingDaysOf = std::function<std::optional<int>(CivilDay from, CivilDay to)>;

// The longest span that one leave may have, in calendar days; views look no further back than this.
inline constexpr int kLongestLeaveDays = 400;  // 产假 of 158 days with every extension seen stays below

// What staff.record_leave asks of others; wired by app. Without the rules the mode is as it was entered, without the calendar the days
// are, as far as the span has them.
struct RecordGround {
  KnownDepartment known;
  WorkingDaysOf working_days = {};
  std::shared_ptr<const LeaveRules> rules = {};
  std::function<std::optional<Colleague>(const std::string& account)> colleague = {};
};
struct RecordingActor {
  std::string account;
  DepartmentCode department = {};  // empty: the centre's
};
// Whoever belongs to a department enters its people's leave, and nobody their own.
Result<LeaveRecorded> decide(const RecordLeave& c, const RecordGround& ground, const RecordingActor& by);
Result<LeaveTakenBack> decide(const RecordedState* s, const TakeBackLeave& c, const RecordGround& ground, const RecordingActor& by);

}  // namespace yi::staff
