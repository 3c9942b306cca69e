#pragma once
// Where, in the order of due days, cases of one light can lie. A light is not a record: it is worked out for the day. So a list by light
// reads the part of each queue in which the light is possible, and looks at every case there.
#include <optional>

#include "casework/declare.h"

namespace yi::casework {

struct LightSpan {
  std::int64_t from = 0, to = 0;  // due days, both included; kNoDue: cases without a running limit too
};
// Nothing where no case of the stage can have the light. Wide where it is not known better: every case with the light lies inside.
std::optional<LightSpan> span_of(Light light, Stage stage, CivilDay today, const Ground& ground);

}  // namespace yi::casework
