#pragma once
// Why a case does not travel.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace yi::exchange {

enum class Refused { broken_row, case_exists, number_taken, unknown_matter, unknown_department, in_future, too_long, too_old, not_exported, bad_period, table_required, not_a_row };

// `detail` completes the sentence; `where` is "process 第4行 yc_extension/body/after".
Refusal refusal(Refused what, std::string detail = {}, std::string where = {});
std::vector<std::string> import_refusal_codes();
std::string excerpt_of(std::string_view text);

}  // namespace yi::exchange
