#pragma once
// Facts of the catalogue. Stream: "matter:<code>".
#include "base/ids.h"
#include "base/json.h"

namespace yi::catalog {

// An entry of matters.yaml is at most some 6 KB; the longest thinkable one with thirty materials is 15.
using MatterDefinition = Text<40'000>;

// 事项变更: a new version of a matter, in force from `since`. Cases that were received under an earlier version keep it.
struct MatterChanged {
  static constexpr std::string_view kName = "catalog.matter_changed/1";
  MatterCode matter;
  std::int32_t version = 0;     // one above the newest there was
  CivilDay since;
  MatterDefinition definition;  // the whole entry as matters.yaml would have it, without version and since, as one JSON object
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(MatterChanged, (), (matter, version, since, definition, reason))

}  // namespace yi::catalog
