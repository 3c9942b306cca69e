#pragma once
#include <string_view>

namespace yi {

// Whether a text can be somebody's telephone number: 7 to 15 digits (ITU-T E.164) that are not all the same, in half or full width,
// with spaces, hyphens, brackets and a plus between. Landlines and foreign numbers too; what says that there is none is no number.
bool is_phone_number(std::string_view text);

}  // namespace yi
