#pragma once
#include <functional>
#include <optional>

#include "staff/commands.h"

namespace yi::staff {

enum class Reason { unknown_department, name_missing, span_reversed, span_too_long, days_do_not_fit, bad_rank, other_department };
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// Whether the catalogue has the department; wired by app.
using KnownDepartment = std::function<bool(const DepartmentCode&)>;

// The working days of a span, both days included, of the centre's calendar; nothing where the calendar lacks a year of it.
// Wired by app.
using WorkingDaysOf = std::function<std::optional<int>(CivilDay from, CivilDay to)>;

// The longest span that one leave may have, in calendar days; views look no further back than this.
inline constexpr int kLongestLeaveDays = 400;  // 产假 of 158 days with every extension seen stays below

// A leave counted in working days has no more of them than its span. Without the port, or where the port has no answer,
// only the span bounds it.
Result<LeaveRecorded> decide(const RecordLeave& c, const KnownDepartment& known, const WorkingDaysOf& working_days = {});

}  // namespace yi::staff
