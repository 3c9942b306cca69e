#pragma once
// Wishes about the catalogue; changes.h says what is refused.
#include "catalog/events.h"

namespace yi::catalog {

// 变更事项. `definition` is the whole entry with the fields of matters.yaml (docs/catalog.md) as one JSON object; version and since are not
// in it, the program gives them.
struct ChangeMatter {
  MatterCode matter;
  std::int32_t base_version = 0;  // the newest version as the editor saw it
  CivilDay since;                 // today or later
  MatterDefinition definition;
  Text<500> reason;
};
BOOST_DESCRIBE_STRUCT(ChangeMatter, (), (matter, base_version, since, definition, reason))

}  // namespace yi::catalog
