#pragma once
// Versions of a resource on the wire (RFC 9110 §8.8.3, §13.1): whoever changes a thing says which version they saw, so
// that two clerks cannot overwrite each other.
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/router.h"

namespace yi::http {

// "\"v12\"": a strong tag; the same resource with the same version is the same bytes for the same viewer.
std::string etag(std::int64_t version);

// The version that the request's If-Match names. Nothing: the header is absent or "*". Refusals:
// "http.precondition_failed" (412) for one tag that is not of ours (a weak one can never match), "http.bad_if_match"
// (400) for several.
Result<std::optional<std::int64_t>> expected_version(const Request& request);

// For reads and for commands that compare before the lane: done when If-Match is absent, "*", or names `current`.
Checked check_version(const Request& request, std::int64_t current);

// 412: somebody else has changed it since. 428: the door wants If-Match (Door::if_match).
Refusal precondition_failed();
Refusal precondition_required();

}  // namespace yi::http
