#pragma once
// Inside the room: small packages (DOCX, OFD) as a zip in memory.
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace yi::publish {

using PackageParts = std::vector<std::pair<std::string, std::string>>;  // name and bytes, in the order of the zip

struct PackageFailure {
  const char* code;      // "publish.docx_failed"
  const char* sentence;
};
// The same parts and instant give the same bytes. The refusal (500) is `failure`'s; its `where` names the step.
Result<std::string> zip_package(const PackageParts& parts, Instant created, const PackageFailure& failure);

}  // namespace yi::publish
