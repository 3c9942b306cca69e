#pragma once
#include <functional>

#include "hall/commands.h"

namespace yi::hall {

enum class Reason { unknown_department, post_missing, name_missing, span_reversed, span_too_long, bad_rank, place_missing, bad_screen_key, screen_known, unknown_screen, screen_closed, screen_not_open };
Refusal refuse(Reason reason);
std::vector<std::string> refusal_codes();

// Whether the catalogue has the department; wired by app.
using KnownDepartment = std::function<bool(const DepartmentCode&)>;

// The longest span of one duty entry, in days; views look no further back than this.
inline constexpr int kLongestDutyDays = 31;

Result<DutyRecorded> decide(const RecordDuty& c, const KnownDepartment& known);

}  // namespace yi::hall
