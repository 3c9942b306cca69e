#pragma once
// Which rows of the table of acts (src/casework/act_table.h) the stories have walked, read from the ledgers that they left.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "casework/stages.h"
#include "stage.h"

namespace yi::story {

// Place of a row in casework::kActs, and the stage that a case left by it.
using Walk = std::pair<std::size_t, casework::Stage>;

// Every fact of the cases that the story has named, as the row of the table that allowed it; what the operator did, who has every
// right, does not count. Throws Broken when a fact fits no
// row, or when a case's last fact and the program's answer disagree about where the case stands.
std::set<Walk> walks_of(Stage& stage);

// What the table allows and `walked` lacks, in words. A row that leads to another stage or hands the papers over is asked for from
// each of its stages; a row that leaves the case where it is, from one of them.
std::vector<std::string> not_walked(const std::set<Walk>& walked);

}  // namespace yi::story
