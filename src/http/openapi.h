#pragma once
// Inside the room: the OpenAPI document of a list of doors.
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"

namespace yi::http {

// The first schema of the door that is not a JSON object, "" when all are.
std::string bad_schema(const Door& door);
// OpenAPI 3.1.0, JSON text. Deterministic: paths sorted, doors of a path in the order get, post.
std::string write_openapi(const std::vector<Door>& doors, std::string_view title, std::string_view version);

}  // namespace yi::http
