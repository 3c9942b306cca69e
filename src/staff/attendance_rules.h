#pragma once
// The rules of attendance: pure functions from the present state and a wish to a fact or a refusal.
#include <functional>

#include "staff/attendance.h"
#include "staff/leave_rules.h"

namespace yi::staff {

enum class AttendanceRefused {
  no_account, unknown_account, way_closed, own_sign, signed_already, file_empty, file_too_long, file_header, nothing_new, unknown_shift, day_gone, working_day, no_duty, unknown_slot, not_expected,
  future, too_long_ago, reason_missing, asked_already, granted_already, no_correction, own_correction, other_department, no_b_post, b_post_away, away_already, bad_time, too_long,
  not_asked, not_b_post, taken_already, not_away
};
Refusal refusal(AttendanceRefused what);
std::vector<std::string> attendance_refusal_codes();

// What became of the numbers somebody called to a window, over some days; the hall's count.
struct NumbersOf {
  std::string account;
  WindowCode window;
  std::int64_t called = 0, served = 0, no_show = 0, passed_on = 0;
};
struct AttendanceGround {
  std::shared_ptr<const AttendanceRules> rules;
  std::shared_ptr<const calendar::Calendar> calendar;
  std::function<std::optional<Colleague>(const std::string& account)> colleague;  // as LeaveGround
  // Both days included; wired by app, none: no numbers are counted.
  std::function<std::vector<NumbersOf>(store::Reader& reader, CentreCode centre, CivilDay from, CivilDay to)> numbers = {};
};
struct AttendanceContext {
  const AttendanceGround& ground;
  Instant now;
  const std::string& account;
  const DepartmentCode& department;  // of who acts; empty: the centre's
  CivilDay today() const { return civil_day(now); }
};

// A day of rest by the calendar; a year that it lacks: Saturday and Sunday.
bool is_rest(const calendar::Calendar& calendar, CivilDay day);
// The shift of a day: a duty's, else that of the account on a working day. nullptr: nobody is expected.
const Shift* shift_on(const AttendanceGround& ground, CivilDay day, const ShiftState* assigned, const DutyState* duty);

// One line of a device's file. Header: 账号 or account, and 时间 or time ("2024-06-24 08:53" with or without seconds), or 日期 and 时间
// apart. Commas or tabs, quotation marks allowed, a byte order mark too.
struct DeviceLine {
  int line = 0;
  std::string account;
  std::optional<Instant> at;
  std::string why;  // what is wrong with it; "": nothing
};
// Nothing: the header names neither.
std::optional<std::vector<DeviceLine>> read_device_file(std::string_view text);

Result<Signed> decide(const Sign& c, bool known, const AttendanceContext& x);
Result<Signed> decide(const EnterSign& c, bool known, const AttendanceContext& x);
Result<Signed> decide(const SignByCard& c, bool known, const AttendanceContext& x);
// `known`: whether the account has a sign in that minute.
Result<SignsImported> decide(const ImportSigns& c, const std::function<bool(const std::string& account, Instant at)>& known, const AttendanceContext& x);
Result<ShiftAssigned> decide(const AssignShift& c, const AttendanceContext& x);
Result<DutyAssigned> decide(const AssignDuty& c, const AttendanceContext& x);
Result<DutyCancelled> decide(const DutyState* s, const CancelDuty& c, const AttendanceContext& x);
Result<CorrectionAsked> decide(const CorrectionState* s, const AskCorrection& c, const Shift* shift, const AttendanceContext& x);
Result<CorrectionDecided> decide(const CorrectionState* s, const DecideCorrection& c, const AttendanceContext& x);
// `substitute_away`: on leave, or away from their own post.
Result<PostLeavingAsked> decide(const PostState* s, const LeavePost& c, const std::function<bool(const std::string&)>& substitute_away, const AttendanceContext& x);
Result<PostTakenOver> decide(const PostState* s, const TakePost& c, bool away, const AttendanceContext& x);
Result<PostNotTaken> decide(const PostState* s, const RefusePost& c, const AttendanceContext& x);
Result<BackAtPost> decide(const PostState* s, const ReturnToPost& c, const AttendanceContext& x);

}  // namespace yi::staff
