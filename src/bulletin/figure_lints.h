#pragma once
// Figures that somebody has typed into free text, held against what the ledger counts. A warning, never a change.
#include <map>

#include "bulletin/lints.h"

namespace yi::bulletin {

// What each department has counted of the week's and the year's figures, by its short name.
using DepartmentCounts = std::map<std::string, std::pair<Counts, Counts>>;

// "bulletin.lint.figure": “受理720件” where the week has 700 and the year 14614. A text that says 本周 or 今年以来 is held against that
// one alone; one of a department against its own counts too. Other spans (上周, 去年, 某日) and other halls (全省, 市) are passed over.
std::vector<Warning> lint_figures(std::string_view text, std::string_view where, const WeekMaterial& m, const std::pair<Counts, Counts>* department);

// Every news item, and every entry of a section.
std::vector<Warning> lint_typed_figures(const WeekMaterial& m, const DepartmentCounts& departments);

}  // namespace yi::bulletin
