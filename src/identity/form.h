#pragma once
// The body of a plain HTML form.
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace yi::identity {

// application/x-www-form-urlencoded (WHATWG URL §5.1) into fields. Refusal "identity.bad_form": a bad escape, text that is not UTF-8,
// a control character, a field twice or more than 32 of them.
Result<std::map<std::string, std::string>> read_form(std::string_view body);

}  // namespace yi::identity
