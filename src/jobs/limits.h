#pragma once
// The limits of long work. One job runs at a time, so that the hall's own work never waits for more than one of them.
#include "base/limits.h"

namespace yi::limits {

inline constexpr Limit kJobs{50, "jobs", "waiting or running, of all accounts", "正在办理和排队的任务已满。"};
inline constexpr Limit kJobsOfAccount{3, "jobs", "waiting or running, of one account", "您已有三项任务在办理或排队，或者全中心的任务已排满，这一项没有开始。"};
inline constexpr Limit kJobsKept{20, "jobs", "of one account that are over; the oldest goes", ""};
inline constexpr Limit kJobHours{24, "h", "a day's exports are fetched on that day", ""};
inline constexpr Limit kJobLines{1'000, "lines", "what a person can read of a list of refusals; the rest is counted", ""};
inline constexpr Limit kJobFileBytes{std::int64_t{2} * 1024 * 1024 * 1024, "bytes", "a year of a large centre in the five tables is under 1 GB", "文件超过 2 GB。"};
inline constexpr Limit kImportBytes{512 * 1024 * 1024, "bytes", "some 100,000 cases of 5 kB", "导入文件超过 512 MB。请按日期分成几个文件；这次的文件没有保存。"};

}  // namespace yi::limits
