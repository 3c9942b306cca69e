#pragma once
// Why a job is not begun, or has ended without what it was asked for.
#include <string>
#include <vector>

#include "base/result.h"

namespace yi::jobs {

enum class Reason { unknown_job, too_many, not_exportable, no_file, still_running, not_checked, ended_here, storage_unavailable, file_too_large, broken_off, needs_command_line };

Refusal refuse(Reason why);
std::vector<std::string> refusal_codes();

}  // namespace yi::jobs
