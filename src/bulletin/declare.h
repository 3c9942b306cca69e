#pragma once
#include "bulletin/item_rules.h"
#include "bulletin/rules.h"
#include "engine/registry.h"

namespace yi::bulletin {

class PeriodGuard;

// What the desk's rules read beside their own guards.
struct Declared {
  PeriodGuard& periods;
  ItemGuard& items;
  IssueGuard& issues;
};

// Commands bulletin.set_period, bulletin.enter_opening_balance, bulletin.enter_news, bulletin.write_section,
// bulletin.set_imprint; views bulletin_mark, bulletin_item, bulletin_issue (guards), bulletin_period, bulletin_opening,
// bulletin_section, bulletin_imprint, bulletin_figure_day, bulletin_figure_unit, bulletin_counted.
Declared declare(engine::Registry& registry, KnownDepartment known);

}  // namespace yi::bulletin
