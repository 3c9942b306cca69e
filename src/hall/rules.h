#pragma once
#include <functional>

#include "hall/commands.h"

namespace yi::hall {

struct DutyPlanState;
struct DutyNoteState;

enum class Reason { unknown_department, post_missing, name_missing, span_reversed, span_too_long, bad_rank, place_missing, bad_screen_key, screen_known, unknown_screen, screen_closed, screen_not_open,
  screen_place, unknown_window, unknown_plan, plan_over, not_today, unknown_duty, bad_count, reason_missing, duty_taken_back };
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// Whether the catalogue has the department; wired by app.
using KnownDepartment = std::function<bool(const DepartmentCode&)>;

// The longest span of one duty entry, in days; views look no further back than this.
inline constexpr int kLongestDutyDays = 31;

// `plan`: the roster's line that the command names.
Result<DutyRecorded> decide(const RecordDuty& c, const KnownDepartment& known, const DutyPlanState* plan = nullptr);
Result<DutyPlanned> decide(const PlanDuty& c, const KnownDepartment& known, CivilDay today, const std::string& account);
Result<DutyPlanDropped> decide(const DropDutyPlan& c, const DutyPlanState* plan, const std::string& account);
Result<DutyNoted> decide(const NoteDuty& c, const DutyNoteState* duty, const std::string& account);
Result<DutyTakenBack> decide(const TakeBackDuty& c, const DutyNoteState* duty, const std::string& account);

}  // namespace yi::hall
