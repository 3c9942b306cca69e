#pragma once
// The figures of a bulletin or a report as a workbook: figures, by department, and what each counts.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bulletin/report_material.h"
#include "publish/table.h"

namespace yi::bulletin {

// As the ledger counts them now; `printed`, of an issued week, are those of its paper, by id, and stand beside them. The caller holds
// the snapshot that `m` was gathered in.
Result<std::vector<publish::Sheet>> week_sheets(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer, const WeekMaterial& m, const Names& names,
                                                const std::optional<std::map<std::string, std::string>>& printed = {});
std::vector<publish::Sheet> report_sheets(const ReportMaterial& m, Edition edition);

// The figures that the edition's paper prints, and those that a printed rate is made of, in the template's order.
std::vector<std::string> figures_in_paper(const ReportMaterial& m, Edition edition);

// As the paper's own words have it.
std::int64_t count_of(const WeekMaterial& m, const FigureInfo& info);

}  // namespace yi::bulletin
