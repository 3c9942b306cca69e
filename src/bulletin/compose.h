#pragma once
// From a week's material to its paper.
#include "bulletin/material.h"
#include "publish/document.h"

namespace yi::bulletin {

// What {hall} prints where no name of the hall is given.
inline constexpr const char* kDefaultHall = "省政务服务大厅";

// Pure. Refusal "bulletin.figure_without_facts": an entry has a slot whose facts are not recorded as of the week's last
// day; "bulletin.bad_slot", "bulletin.unknown_slot" cannot come from facts that went through the rules.
Result<publish::Document> compose(const WeekMaterial& m, Edition edition, const Templates& t);

// gather and compose in one snapshot of the reader. Also those refusals.
Result<publish::Document> compose_week(store::Reader& reader, CentreCode centre, const identity::Viewer& viewer,
                                       Edition edition, CivilDay week, const Names& names, const Templates& templates);

}  // namespace yi::bulletin
