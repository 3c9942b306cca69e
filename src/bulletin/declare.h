#pragma once
#include "bulletin/rules.h"
#include "engine/registry.h"

namespace yi::bulletin {

// Commands bulletin.set_period, bulletin.enter_opening_balance, bulletin.enter_news, bulletin.write_section,
// bulletin.set_imprint; views bulletin_mark (guard), bulletin_period, bulletin_opening, bulletin_news,
// bulletin_section, bulletin_imprint, bulletin_figure_day, bulletin_figure_unit, bulletin_counted.
void declare(engine::Registry& registry, KnownDepartment known);

}  // namespace yi::bulletin
