#pragma once
#include <functional>

#include "staff/commands.h"

namespace yi::staff {

enum class Reason { unknown_department, name_missing, span_reversed, span_too_long, days_do_not_fit, bad_rank };
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// Whether the catalogue has the department; wired by app.
using KnownDepartment = std::function<bool(const DepartmentCode&)>;

// The longest span that one leave may have, in calendar days; views look no further back than this.
inline constexpr int kLongestLeaveDays = 400;  // 产假 of 158 days with every extension seen stays below

Result<LeaveRecorded> decide(const RecordLeave& c, const KnownDepartment& known);

}  // namespace yi::staff
